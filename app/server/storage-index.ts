import type { Job, JobStatus } from '../wire.ts';
import type { JobBook } from './job-book.ts';
import { breathe } from './storage-walk.ts';

/** What the storage needs to know of one job. */
export interface JobNote {
  key: string;
  service: string;
  status: JobStatus;
  input: string;
  pictures: string[];
  resultUrls: string[];
  /** The beginning of it, on one line. */
  prompt: string;
  madeFor: string | null;
  price: number | null;
}

/** So many are parsed in a few milliseconds; the event loop is free in between. */
const pageSize = 100;
const live: ReadonlySet<JobStatus> = new Set(['queued', 'submitting', 'submitted', 'collecting']);

export type StorageIndex = ReturnType<typeof createStorageIndex>;

/**
 * Which jobs made or need which pictures. Reads the job book once in pieces, then only what has changed since, so that it
 * can be asked again right before a file is moved.
 */
export function createStorageIndex(book: Pick<JobBook, 'page' | 'latestSeq'>) {
  const notes = new Map<string, JobNote>();
  const makers = new Map<string, Set<string>>();
  const users = new Map<string, Set<string>>();
  const underway = new Set<string>();
  let seq = 0;

  function take(job: Job): void {
    const before = notes.get(job.key);
    if (before) {
      for (const sha256 of before.pictures) makers.get(sha256)?.delete(job.key);
      users.get(before.input)?.delete(job.key);
    }
    const note = noteOf(job);
    notes.set(job.key, note);
    for (const sha256 of note.pictures) addTo(makers, sha256, job.key);
    addTo(users, note.input, job.key);
    if (live.has(job.status)) underway.add(job.key);
    else underway.delete(job.key);
    seq = job.seq;
  }

  const notesOf = (keys: Set<string> | undefined): JobNote[] =>
    [...(keys ?? [])].flatMap((key) => notes.get(key) ?? []);

  return {
    /** Takes in what has changed, and lets others work in between. */
    async refresh(): Promise<void> {
      while (seq < book.latestSeq()) {
        const jobs = book.page(seq, pageSize);
        if (jobs.length === 0) return;
        for (const job of jobs) take(job);
        await breathe();
      }
    },
    /** The same at once, for the little that has changed since. */
    catchUp(): void {
      while (seq < book.latestSeq()) {
        const jobs = book.page(seq, pageSize);
        if (jobs.length === 0) return;
        for (const job of jobs) take(job);
      }
    },
    all: (): Iterable<JobNote> => notes.values(),
    madeBy: (sha256: string): JobNote[] => notesOf(makers.get(sha256)),
    usedBy: (sha256: string): JobNote[] => notesOf(users.get(sha256)),
    /** Whether a job that has not ended starts from this picture. */
    isNeeded: (sha256: string): boolean => [...(users.get(sha256) ?? [])].some((key) => underway.has(key)),
    /** Whether a result is being brought home: its file is there a moment before its job says so. */
    isCollecting: (): boolean => [...underway].some((key) => notes.get(key)?.status === 'collecting'),
  };
}

function noteOf({ key, service, status, input, artifacts, resultUrls, madeFor, price }: Job): JobNote {
  return {
    key,
    service,
    status,
    input: input.image,
    pictures: artifacts.map(({ sha256 }) => sha256),
    resultUrls,
    prompt: shortened(input.prompt),
    madeFor: madeFor ?? null,
    price,
  };
}

function shortened(prompt: string): string {
  const letters = [...prompt.slice(0, 400).replace(/\s+/g, ' ').trim()];
  return letters.length > 100 ? `${letters.slice(0, 99).join('')}…` : letters.join('');
}

function addTo(map: Map<string, Set<string>>, name: string, key: string): void {
  const keys = map.get(name);
  if (keys) keys.add(key);
  else map.set(name, new Set([key]));
}

export const isOffline = ({ service }: Pick<JobNote, 'service'>): boolean => service.startsWith('offline/');

/** What a picture's jobs cost together; null where one of them does not tell, or where nothing is known of them. */
export function priceOf(paidNotes: readonly JobNote[]): number | null {
  if (paidNotes.length === 0) return null;
  let sum = 0;
  for (const { price } of paidNotes) {
    if (price === null) return null;
    sum += price;
  }
  // Cents add up to 0.15000000000000002 otherwise, and a confirmed price has to be the very same.
  return Math.round(sum * 1e6) / 1e6;
}
