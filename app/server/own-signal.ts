import { setMaxListeners } from 'node:events';
import type { Remote } from './remote.ts';

/**
 * Each request gets a signal of its own, which follows the given one for as long as the request lasts. `AbortSignal.any`
 * and `fetch` leave a little at every signal that they are given, and ours is that of the whole server's life.
 */
export function withOwnSignals(remote: Remote): Remote {
  return {
    submit: (input, signal) => own(signal, (its) => remote.submit(input, its)),
    look: (requestId, signal) => own(signal, (its) => remote.look(requestId, its)),
    cancel: (requestId, signal) => own(signal, (its) => remote.cancel(requestId, its)),
    price: (signal) => own(signal, (its) => remote.price(its)),
    fetchResult: (url, signal) => own(signal, (its) => remote.fetchResult(url, its)),
  };
}

async function own<T>(signal: AbortSignal, work: (own: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal.reason);
  // As many as there are requests at once; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', follow, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    signal.removeEventListener('abort', follow);
  }
}
