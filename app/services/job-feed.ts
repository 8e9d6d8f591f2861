import { jobNewsListSchema, type JobNews } from '../job-news.ts';

export type JobFeed = {
  /** Every change of every job, as it happens; returns its own remover. */
  subscribe(listener: (job: JobNews) => void): () => void;
  /** False while the server cannot be reached. */
  subscribeOnline(listener: (online: boolean) => void): () => void;
  close(): void;
};

/**
 * The server's one event stream. The browser reconnects by itself and says where it stopped (`Last-Event-ID`), so no
 * change is missed over a restart of the server.
 */
export function createJobFeed(url = '/api/events'): JobFeed {
  const listeners = new Set<(job: JobNews) => void>();
  const onlineListeners = new Set<(online: boolean) => void>();
  let source = open();
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open(after?: string): EventSource {
    const stream = new EventSource(after === undefined ? url : `${url}?after=${after}`);
    let lastId: string | undefined = after;
    stream.addEventListener('hello', (event) => (lastId = event.lastEventId));
    stream.addEventListener('jobs', (event) => {
      lastId = event.lastEventId;
      for (const job of jobNewsListSchema.parse(JSON.parse(event.data as string)))
        for (const listener of listeners) listener(job);
    });
    stream.addEventListener('open', () => tellOnline(true));
    stream.addEventListener('error', () => {
      tellOnline(false);
      // A refused connection (a proxy's 502, say) ends an EventSource for good: begin a new one where this one stopped.
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(() => (source = open(lastId)), 1000);
    });
    return stream;
  }

  function tellOnline(online: boolean): void {
    for (const listener of onlineListeners) listener(online);
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeOnline(listener) {
      onlineListeners.add(listener);
      return () => onlineListeners.delete(listener);
    },
    close() {
      clearTimeout(retry);
      source.close();
    },
  };
}
