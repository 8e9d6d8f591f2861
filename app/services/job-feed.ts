import { jobNewsListSchema, type JobNews } from '../job-news.ts';
import { openStream, type StreamMessage } from './event-stream.ts';
import { shareStream, type Sharing } from './shared-stream.ts';

export type JobFeed = {
  /** Every change of every job, as it happens; returns its own remover. */
  subscribe(listener: (job: JobNews) => void): () => void;
  /** False while the server cannot be reached. True also tells that something may have been missed until now. */
  subscribeOnline(listener: (online: boolean) => void): () => void;
  close(): void;
};

/** What the server tells of jobs. All tabs of this browser share one stream where it lets them; else each has its own. */
export function createJobFeed({
  url = '/api/events',
  sharing = null,
}: { url?: string; sharing?: Sharing | null } = {}): JobFeed {
  const listeners = new Set<(job: JobNews) => void>();
  const onlineListeners = new Set<(online: boolean) => void>();

  function hear(message: StreamMessage): void {
    if (message.type === 'online') for (const listener of onlineListeners) listener(message.online);
    if (message.type !== 'jobs') return;
    for (const job of jobNewsListSchema.parse(JSON.parse(message.text)))
      for (const listener of listeners) listener(job);
  }

  const open = (after: string | undefined, tell: (message: StreamMessage) => void) => openStream({ url, after, tell });
  const stream = sharing ? shareStream({ sharing, open, hear }) : open(undefined, hear);

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeOnline(listener) {
      onlineListeners.add(listener);
      return () => onlineListeners.delete(listener);
    },
    close: () => stream.close(),
  };
}
