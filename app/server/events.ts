import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { isEnd, newsOf } from '../job-news.ts';
import type { Job } from '../wire.ts';
import { createBacklog } from './event-backlog.ts';

export interface JobFeed {
  /** Calls the listener with every change of a job, in the order of `seq`; returns its remover. */
  subscribe: (listener: (job: Job) => void) => () => void;
  /** The first `limit` jobs that changed after `seq`, in the order of their last change. */
  page: (seq: number, limit: number) => Job[];
  latestSeq: () => number;
}

interface EventOptions {
  feed: JobFeed;
  service: () => string;
  /** Told apart by the page: a new one means that the server was started again. */
  startedAt: number;
  heartbeatMs?: number;
  /** How long news of what goes on may wait for more of its kind. An end never waits: the next edit waits for it. */
  gatherMs?: number;
  /** Jobs in one message. */
  most?: number;
}

/**
 * One stream for all jobs. The id of an event is a `seq` up to which everything was told, so a page that comes back
 * (EventSource sends Last-Event-ID by itself) gets what it missed, first from the book, then live. What waits for a page
 * is only the newest state of each job, and not more of them than fit into a few messages: a page that is behind reads
 * on from the book.
 */
export function answerEvents(c: Context, options: EventOptions): Response {
  const { feed, service, startedAt, heartbeatMs = 15_000, gatherMs = 500, most = 200 } = options;
  const after = lastSeen(c);
  return streamSSE(c, async (stream) => {
    const backlog = createBacklog({ after: after ?? feed.latestSeq(), page: feed.page, most });
    let wake = () => {};
    let open = true;
    // Listening begins before the book is read: a change in between is sent twice rather than never.
    const unsubscribe = feed.subscribe((job) => {
      backlog.add(job);
      wake();
    });
    stream.onAbort(() => {
      open = false;
      unsubscribe();
      wake();
    });
    try {
      // The id lets a page that loses the stream before its first job event come back to this very point.
      await stream.writeSSE({
        event: 'hello',
        id: String(after ?? backlog.toldUpTo()),
        data: JSON.stringify({ seq: feed.latestSeq(), service: service(), startedAt }),
      });
      let gatheredAt = 0;
      while (open) {
        const isDue = gatheredAt + gatherMs <= performance.now();
        const jobs = isDue ? backlog.take() : backlog.take(isEnd);
        if (isDue && jobs.length > 0) gatheredAt = performance.now();
        if (jobs.length > 0) {
          const data = JSON.stringify(jobs.map(newsOf));
          await stream.writeSSE({ event: 'jobs', id: String(backlog.toldUpTo()), data });
          continue;
        }
        const pause = backlog.isEmpty() ? heartbeatMs : gatheredAt + gatherMs - performance.now();
        const woken = await wokenWithin(pause, (resolve) => (wake = resolve));
        if (!woken && backlog.isEmpty()) await stream.write(': still here\n\n');
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
