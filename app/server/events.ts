import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Job } from '../wire.ts';

export interface JobFeed {
  /** Calls the listener with every change of a job, in the order of `seq`; returns its remover. */
  subscribe: (listener: (job: Job) => void) => () => void;
  /** All jobs that changed after `seq`, in the order of their last change. */
  since: (seq: number) => Job[];
  latestSeq: () => number;
}

interface EventOptions {
  feed: JobFeed;
  service: () => string;
  /** Told apart by the page: a new one means that the server was started again. */
  startedAt: number;
  heartbeatMs?: number;
}

/**
 * One stream for all jobs. An event's id is the job's `seq`, so a page that comes back (EventSource sends Last-Event-ID
 * by itself) gets what it missed, first from the book, then live.
 */
export function answerEvents(c: Context, { feed, service, startedAt, heartbeatMs = 15_000 }: EventOptions): Response {
  const after = lastSeen(c);
  return streamSSE(c, async (stream) => {
    // Only a job's newest state matters to a slow reader, so what waits for it is one job per key at most.
    const waiting = new Map<string, Job>();
    let wake = () => {};
    let open = true;
    const add = (job: Job) => {
      waiting.delete(job.key);
      waiting.set(job.key, job);
      wake();
    };
    // Listening begins before the book is read: a change in between is sent twice rather than never.
    const unsubscribe = feed.subscribe(add);
    stream.onAbort(() => {
      open = false;
      unsubscribe();
      wake();
    });
    try {
      // The id lets a page that loses the stream before its first job event come back to this very point.
      await stream.writeSSE({
        event: 'hello',
        id: String(after ?? feed.latestSeq()),
        data: JSON.stringify({ seq: feed.latestSeq(), service: service(), startedAt }),
      });
      if (after !== null) {
        // Every change is in the book before anybody hears of it, so the book has what arrived meanwhile too.
        waiting.clear();
        for (const job of feed.since(after)) add(job);
      }
      while (open) {
        const [next] = waiting.values();
        if (next) {
          waiting.delete(next.key);
          await stream.writeSSE({ event: 'job', id: String(next.seq), data: JSON.stringify(next) });
        } else if (!(await wokenWithin(heartbeatMs, (resolve) => (wake = resolve)))) {
          await stream.write(': still here\n\n');
        }
      }
    } finally {
      unsubscribe();
    }
  });
}

function lastSeen(c: Context): number | null {
  const text = c.req.header('last-event-id') ?? c.req.query('after');
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function wokenWithin(ms: number, offer: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    offer(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
