import { costsReplySchema, type CostsReply, type CostsRequest } from '../costs-wire.ts';
import type { Api } from '../api.ts';

/** What today and a graph have cost; loaded when somebody asks. */
export async function askCosts(api: Pick<Api, 'ask'>, request: CostsRequest): Promise<CostsReply> {
  const reply = await api.ask('/api/costs', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  return costsReplySchema.parse(await reply.json());
}
