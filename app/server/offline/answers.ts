import { modelId, serviceName, statusWord } from './contract.ts';
import type { OfflineRequest } from './requests.ts';

export type AnswerOptions = { origin: () => string; queuePosition: (id: string) => number };

/** What the API says about a request: accepted, its state, its result, and whether it could be cancelled. */
export function createAnswers({ origin, queuePosition }: AnswerOptions) {
  function links(id: string) {
    const request = `${origin()}/v1/requests/${id}`;
    return { status_url: `${request}/status`, result_url: `${request}/result`, cancel_url: `${request}/cancel` };
  }

  function state({ id, status }: OfflineRequest) {
    const { status_url, result_url } = links(id);
    const position = status === 'in_queue' && { queue_position: queuePosition(id) };
    return { request_id: id, status: statusWord(status), ...position, status_url, result_url };
  }

  return {
    accepted: (id: string) => ({ request_id: id, ...links(id) }),
    state,
    /** May be asked for at any time: without a result yet it is the state, so that polling can go on. */
    result(request: OfflineRequest, { withCost }: { withCost: boolean }) {
      const { status, input, seed, result, error, note, createdAt, finishedAt } = request;
      const url = `${origin()}/offline-storage/${result}`;
      return {
        ...state(request),
        status,
        model_id: modelId,
        input,
        // Clients read one or the other; which of the two RunComfy sends for this model is not documented.
        ...(result && { output: { image: url, images: [url] } }),
        ...(error && { error }),
        seed,
        created_at: new Date(createdAt).toISOString(),
        ...(finishedAt && { finished_at: new Date(finishedAt).toISOString() }),
        ...(withCost && finishedAt && { cost: 0 }),
        service: serviceName,
        ...(note && { note }),
      };
    },
    cancel: ({ id, status }: OfflineRequest, cancelled: boolean) => ({
      request_id: id,
      status: statusWord(status),
      outcome: cancelled ? 'cancelled' : 'not_cancellable',
    }),
  };
}

/** A data URI is echoed without its data, which may be as large as the whole request. */
export function shortened(dataUri: string): string {
  const head = /^data:[^,]{0,80},/.exec(dataUri)?.[0] ?? 'data:';
  return `${head}… (${dataUri.length} characters)`;
}
