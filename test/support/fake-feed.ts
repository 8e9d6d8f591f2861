import type { JobFeed } from '../../app/services/job-feed.ts';
import type { JobNews } from '../../app/job-news.ts';
import type { Job } from '../../app/wire.ts';

/** An event stream that tells what the test says. */
export function fakeFeed() {
  const listeners = new Set<(job: JobNews) => void>();
  const onlineListeners = new Set<(online: boolean) => void>();
  const feed: JobFeed = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeOnline: (listener) => {
      onlineListeners.add(listener);
      return () => onlineListeners.delete(listener);
    },
    close: () => undefined,
  };
  return {
    feed,
    tell: (job: Job) => listeners.forEach((listener) => listener(job)),
    tellOnline: (online: boolean) => onlineListeners.forEach((listener) => listener(online)),
    listening: () => listeners.size + onlineListeners.size,
  };
}

export function jobOf(key: string, seq: number, change: Partial<Job>): Job {
  return {
    key,
    seq,
    service: 'test',
    model: 'm',
    input: {
      image: 'a'.repeat(64),
      prompt: 'x',
      negative_prompt: '',
      seed: 1,
      enable_thinking_mode: true,
      enable_reflection_mode: true,
      output_format: 'jpeg',
    },
    status: 'queued',
    accepted: false,
    requestId: null,
    remoteStatus: null,
    queuePosition: null,
    artifacts: [],
    resultUrls: [],
    note: null,
    error: null,
    price: null,
    createdAt: 0,
    submittedAt: null,
    finishedAt: null,
    ...change,
  };
}
