import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { originalsOf } from '../embed/originals.ts';
import type { Job } from '../wire.ts';
import type { JobService } from './job-routes.ts';
import type { OutputBook } from './output-book.ts';
import type { JobNote } from './storage-index.ts';
import type { TrashStore } from './storage-trash.ts';
import { writeWhole } from './write-file.ts';

/** How a picture came back, or why it did not. */
export type Repair =
  | { outcome: 'repaired'; from: 'trash' | 'output' | 'service' | 'sample' }
  | { outcome: 'coming' }
  | { outcome: 'not-repaired'; reason: string | null };

export interface RepairOptions {
  jobs: Pick<JobService, 'fetchMissing' | 'get'>;
  subscribe: (listener: (job: Job) => void) => () => void;
  /** Whether the edit service of this id can be asked now. */
  canAsk: (service: string) => boolean;
  trash: TrashStore;
  outputBook: Pick<OutputBook, 'all'>;
  outputsFolder: string;
  fileOf: (sha256: string) => string;
  /** Puts a sample back that is gone; says whether this is one. */
  bringSampleBack: (sha256: string) => Promise<boolean>;
  /** How long a fetch is waited for; it goes on by itself after that. */
  waitMs: number;
  setTimer: (callback: () => void, ms: number) => () => void;
}

const ended: ReadonlySet<Job['status']> = new Set(['done', 'failed', 'cancelled', 'unknown']);

/** Brings back the bytes of a picture whose file is gone or was moved aside, from wherever they still are. Never pays. */
export function createRepair(options: RepairOptions) {
  const { jobs, subscribe, canAsk, trash, outputBook, outputsFolder, fileOf, bringSampleBack } = options;

  async function fromOutput(sha256: string): Promise<boolean> {
    for (const { file } of outputBook.all().filter(({ artifact }) => artifact?.sha256 === sha256)) {
      const bytes = await readFile(join(outputsFolder, file)).catch(() => null);
      const original = bytes && [bytes, ...originalsSafely(bytes)].find((some) => sha256Of(some) === sha256);
      if (!original) continue;
      await writeWhole(fileOf(sha256), original);
      return true;
    }
    return false;
  }

  /** Waits for the end of the fetching, or until the time is up or the check is stopped. */
  async function fetched(key: string, signal: AbortSignal): Promise<Job | null> {
    let settle: (job: Job | null) => void = () => {};
    const end = new Promise<Job | null>((resolve) => (settle = resolve));
    const unsubscribe = subscribe((job) => job.key === key && ended.has(job.status) && settle(job));
    const stopTimer = options.setTimer(() => settle(null), options.waitMs);
    const stop = (): void => settle(null);
    signal.addEventListener('abort', stop);
    try {
      const job = await jobs.fetchMissing(key);
      if (!job || ended.has(job.status)) return job;
      return await end;
    } finally {
      unsubscribe();
      stopTimer();
      signal.removeEventListener('abort', stop);
    }
  }

  async function fromService(sha256: string, makers: readonly JobNote[], signal: AbortSignal): Promise<Repair> {
    let reason: string | null = null;
    for (const { key, service } of makers) {
      if (!canAsk(service)) {
        reason ??= `The edit service ${service.split('/')[0]} that made it is not set up now, so it was not asked.`;
        continue;
      }
      const job = await fetched(key, signal);
      if (job && !ended.has(job.status)) return { outcome: 'coming' };
      if (job === null) return { outcome: 'coming' };
      if (job.status === 'done' && job.artifacts.some((artifact) => artifact.sha256 === sha256)) {
        return { outcome: 'repaired', from: 'service' };
      }
      reason =
        job.status === 'done'
          ? 'The edit service gave another picture for the same request, which is kept in its place.'
          : (job.error?.message ?? null);
    }
    return { outcome: 'not-repaired', reason };
  }

  return async (sha256: string, makers: readonly JobNote[], signal: AbortSignal): Promise<Repair> => {
    if ((await trash.bringBack([sha256])).has(sha256)) return { outcome: 'repaired', from: 'trash' };
    if (await fromOutput(sha256)) return { outcome: 'repaired', from: 'output' };
    if (await bringSampleBack(sha256)) return { outcome: 'repaired', from: 'sample' };
    return fromService(sha256, makers, signal);
  };
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function originalsSafely(bytes: Uint8Array): Uint8Array[] {
  try {
    return originalsOf(bytes);
  } catch {
    // A saved file that is damaged itself.
    return [];
  }
}
