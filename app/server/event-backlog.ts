import type { Job } from '../wire.ts';

export type Backlog = ReturnType<typeof createBacklog>;

/**
 * What one page has not been told yet: the newest state of each job that changed. Holds a few messages' worth at most;
 * a page that falls further behind, or comes back after a while, is told from the book, piece by piece.
 */
export function createBacklog(options: {
  /** Up to here it knows everything. */
  after: number;
  page: (seq: number, limit: number) => Job[];
  /** In one piece. */
  most: number;
}) {
  const { page, most } = options;
  const waiting = new Map<string, Job>();
  let told = options.after;
  let isBehind = true;

  /** Every change is in the book before anybody hears of it, so a book without more has been read to its end. */
  function readOn(): Job[] {
    const jobs = page(told, most);
    told = jobs.at(-1)?.seq ?? told;
    if (jobs.length < most) isBehind = false;
    return jobs;
  }

  return {
    add(job: Job): void {
      if (isBehind) return;
      waiting.delete(job.key);
      waiting.set(job.key, job);
      if (waiting.size <= most * 5) return;
      told = firstOf(waiting) - 1;
      waiting.clear();
      isBehind = true;
    },

    /** What is to be told next: all of it, or only what is wanted already. */
    take(isWanted: (job: Job) => boolean = () => true): Job[] {
      if (isBehind) return readOn();
      const taken: Job[] = [];
      for (const job of waiting.values()) {
        if (taken.length >= most) break;
        if (isWanted(job)) taken.push(job);
      }
      for (const { key, seq } of taken) {
        waiting.delete(key);
        told = Math.max(told, seq);
      }
      return taken;
    },

    isEmpty: (): boolean => !isBehind && waiting.size === 0,

    /** Everything up to this was told, and perhaps some that is later. */
    toldUpTo: (): number => (waiting.size > 0 ? Math.min(told, firstOf(waiting) - 1) : told),
  };
}

/** They stand in the order of their changes. */
const firstOf = (jobs: ReadonlyMap<string, Job>): number => jobs.values().next().value?.seq ?? 0;
