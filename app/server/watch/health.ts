import { statfs } from 'node:fs/promises';
import type { Health } from '../../wire-care.ts';
import type { JobStatus } from '../../wire.ts';
import type { SetAsideList } from '../durable/set-aside.ts';
import { StorageError } from '../write-file.ts';

interface HealthOptions {
  version: string;
  startedAt: number;
  now: () => number;
  dataFolder: string;
  serviceKind: () => 'offline' | 'remote';
  jobCounts: () => Partial<Record<JobStatus, number>>;
  setAside: Pick<SetAsideList, 'list' | 'keysMayBeLost'>;
  storageTrouble: StorageTrouble;
}

/** What the disk refused counts for so long. */
const troubleMs = 60_000;

export type StorageTrouble = ReturnType<typeof createStorageTrouble>;

/** Remembers what the disk refused last. */
export function createStorageTrouble(now: () => number) {
  let last: { code: string; at: number } | null = null;
  return {
    note(error: unknown): void {
      if (error instanceof StorageError) last = { code: error.code, at: now() };
    },
    /** `ok`, or the code of the refusal. */
    code: (): string => (last && now() - last.at < troubleMs ? last.code : 'ok'),
  };
}

/** How the server is, in a few words that anybody may hear. */
export function createHealth(options: HealthOptions): () => Promise<Health> {
  const { version, startedAt, now, dataFolder, serviceKind, jobCounts, setAside, storageTrouble } = options;
  return async () => {
    const disk = storageTrouble.code();
    const aside = new Set(setAside.list().map(({ what }) => what));
    const counts = jobCounts();
    const live = (['queued', 'submitting', 'submitted', 'collecting'] as const).map((status) => counts[status] ?? 0);
    return {
      ok: disk === 'ok' && !setAside.keysMayBeLost(),
      version,
      startedAt,
      uptimeMs: now() - startedAt,
      disk,
      freeBytes: await freeBytes(dataFolder),
      books: {
        jobs: aside.has('job-book') || aside.has('list') ? 'set-aside' : 'ok',
        outputs: aside.has('output-book') ? 'set-aside' : 'ok',
        requests: aside.has('requests-book') ? 'set-aside' : 'ok',
      },
      service: serviceKind(),
      liveJobs: live.reduce((sum, count) => sum + count, 0),
    };
  };
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
