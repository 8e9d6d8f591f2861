import type { Lookup } from '../../graphs/known.ts';
import { isLive } from '../job-news.ts';
import type { JobFeed } from './job-feed.ts';
import type { Wishes } from './wishes.ts';

/**
 * Wishes for all that a run has yet to come to, from when anybody has begun it until it has ended. Returns how to end
 * them all; a Stop does so, too, before the edits of the run ask whether anybody wants them.
 */
export function wishForRun(
  { wishes, feed }: { wishes: Wishes; feed: Pick<JobFeed, 'subscribe'> },
  keys: ReadonlySet<string>,
  { lookup, signal }: { lookup: Lookup; signal: AbortSignal },
): () => void {
  const wanted = new Map<string, () => void>();

  function want(key: string): void {
    if (!wanted.has(key)) wanted.set(key, wishes.add(key).over);
  }
  function letGo(key: string): void {
    wanted.get(key)?.();
    wanted.delete(key);
  }

  const unsubscribe = feed.subscribe((job) => {
    if (!keys.has(job.key)) return;
    if (isLive(job)) want(job.key);
    else letGo(job.key);
  });
  const end = (): void => {
    unsubscribe();
    signal.removeEventListener('abort', end);
    for (const key of wanted.keys()) letGo(key);
  };
  signal.addEventListener('abort', end);
  for (const key of keys) if (lookup(key)?.status === 'underway') want(key);
  return end;
}
