import { Hono } from 'hono';
import { costsRequestSchema, type CostsReply } from '../../costs-wire.ts';
import { limitBody, parseBody } from '../http-error.ts';
import { costOf, type Spending } from './spending.ts';

/** So many days are told. */
const mostDays = 14;

/** What today and a graph have cost, from the job book. */
export function costRoutes(options: {
  spending: Spending;
  price: (service: string) => Promise<number | null>;
  now: () => number;
}): Hono {
  const { spending, price, now } = options;
  const app = new Hono();
  app.post('/', limitBody(10_000_000), async (c) => {
    const { keys, title } = await parseBody(c, costsRequestSchema);
    await spending.refresh();
    const graph = spending.ofGraph(new Set(keys), title.trim().slice(0, 200));
    const days = spending.days().slice(0, mostDays);
    const today = spending.ofDay(spending.dayOf(now()));
    const prices = new Map<string, number | null>();
    for (const { untold } of [graph, today, ...days.map(spending.ofDay)])
      for (const service of untold.keys()) if (!prices.has(service)) prices.set(service, await price(service));
    const priceNow = (service: string): number | null => prices.get(service) ?? null;
    const reply: CostsReply = {
      today: costOf(today, priceNow),
      graph: costOf(graph, priceNow),
      days: days.map((day) => ({ day, ...costOf(spending.ofDay(day), priceNow) })),
    };
    return c.json(reply);
  });
  return app;
}
