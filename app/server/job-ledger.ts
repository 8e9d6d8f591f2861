import type { Job, JobError } from '../wire.ts';
import type { JobBook, JobPatch } from './job-book.ts';

/** The job book with listeners: nobody hears of a change that is not on disk yet. */
export type JobLedger = {
  get: (key: string) => Job | null;
  create: JobBook['create'];
  change: (key: string, patch: JobPatch) => Job;
  subscribe: (listener: (job: Job) => void) => () => void;
  /** Sets or takes away what the user should know of a live job, where that is news. */
  hint: (key: string, error: JobError | null) => void;
};

export function createLedger(book: JobBook, onBug: (error: unknown) => void): JobLedger {
  const listeners = new Set<(job: Job) => void>();

  function told(job: Job): Job {
    for (const listener of listeners) {
      try {
        listener(job);
      } catch (error) {
        onBug(error);
      }
    }
    return job;
  }

  const change = (key: string, patch: JobPatch): Job => told(book.change(key, patch));

  return {
    get: book.get,
    create: (job) => told(book.create(job)),
    change,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hint(key, error) {
      const before = book.get(key)?.error ?? null;
      if (before?.code !== error?.code) change(key, { error });
    },
  };
}
