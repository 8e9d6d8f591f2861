import type { Context, MiddlewareHandler } from 'hono';
import type { Session } from './access/sessions.ts';
import { refusal } from './http-error.ts';

interface RateOptions {
  now: () => number;
  addressOf: (c: Context) => string;
  perSecond?: number;
  burst?: number;
}

/** A page that puts 10,000 jobs at once stays far below; a program gone wild does not take the whole machine. */
export function limitRate({ now, addressOf, perSecond = 500, burst = 20_000 }: RateOptions): MiddlewareHandler {
  const buckets = new Map<string, { left: number; at: number }>();
  return async (c, next) => {
    if (['GET', 'HEAD'].includes(c.req.method)) return next();
    const address = addressOf(c);
    const at = now();
    const bucket = buckets.get(address) ?? { left: burst, at };
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) / 1000) * perSecond);
    bucket.at = at;
    buckets.delete(address);
    buckets.set(address, bucket);
    for (const oldest of buckets.keys()) {
      if (buckets.size <= 10_000) break;
      buckets.delete(oldest);
    }
    if (bucket.left < 1) {
      c.header('retry-after', '1');
      return refusal(c, 429, 'too-many-requests', 'Too many requests at once. Try again in a second.');
    }
    bucket.left--;
    return next();
  };
}

interface AtOnceOptions {
  atOnce: number;
  waiting: number;
}

/** Lets a few in at a time: the others wait, their bodies unread, and beyond `waiting` of them they are sent away. */
export function limitAtOnce({ atOnce, waiting }: AtOnceOptions): MiddlewareHandler {
  const queue: (() => void)[] = [];
  let inside = 0;
  return async (c, next) => {
    if (inside >= atOnce && queue.length >= waiting) {
      c.header('retry-after', '5');
      return refusal(c, 429, 'too-many-requests', 'Too many pictures at once. Try again in a few seconds.');
    }
    if (inside >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
    else inside++;
    try {
      await next();
    } finally {
      const following = queue.shift();
      if (following) following();
      else inside--;
    }
  };
}

/** At most so many event streams; each ends with the session that it was opened in. */
export function limitStreams(most: number): MiddlewareHandler {
  let count = 0;
  return async (c, next) => {
    if (count >= most) {
      c.header('retry-after', '5');
      return refusal(c, 429, 'too-many-streams', 'Too many pages of Editloom are open at once. Close some of them.');
    }
    count++;
    let counted = true;
    const release = () => {
      if (counted) count--;
      counted = false;
    };
    try {
      await next();
    } catch (error) {
      release();
      throw error;
    }
    const { body } = c.res;
    if (!body) return release();
    c.res = new Response(whileOpen(body, c.get('session') as Session | undefined, release), c.res);
  };
}

function whileOpen(
  body: ReadableStream<Uint8Array>,
  session: Session | undefined,
  release: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let loggedOut = () => {};
  const close = () => {
    session?.ended.removeEventListener('abort', loggedOut);
    release();
  };
  return new ReadableStream({
    start(controller) {
      loggedOut = () => {
        close();
        controller.close();
        void reader.cancel();
      };
      session?.ended.addEventListener('abort', loggedOut);
    },
    async pull(controller) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        close();
        throw error;
      });
      if (session?.ended.aborted) return;
      if (done || (session && !session.isAlive())) {
        close();
        controller.close();
        if (!done) await reader.cancel();
      } else {
        controller.enqueue(value);
      }
    },
    async cancel(reason) {
      close();
      await reader.cancel(reason);
    },
  });
}
