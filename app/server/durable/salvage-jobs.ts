import { jobSchema, type Job } from '../../wire.ts';
import { damagedEntry } from './damaged-entry.ts';
import type { BookDatabase, Salvaged } from './open-book.ts';
import type { RawBook, RawValue } from './raw-records.ts';

type Found = { number: number; seq: number; text: string; isCurrent: boolean; isWhole: boolean };

/**
 * Fills a new job book with what still lies in the pages of a damaged one. A key is worth most: known, it is never paid
 * for again. So an entry of which only the key is left (it stands in an index as well) is kept as `unknown`.
 */
export function salvageJobs({ records, isLogSound }: RawBook, into: BookDatabase): Salvaged {
  const entries = new Map<string, Found>();
  const keysByNumber = new Map<number, string>();
  let highestNumber = 0;
  for (const { rowid, values, isCurrent, isWhole } of records()) {
    if (isSequence(values)) highestNumber = Math.max(highestNumber, values[1]);
    else if (isIndexEntry(values)) keysByNumber.set(values[1], values[0]);
    else if (rowid !== null && isEntry(values)) {
      const [, key, seq, , text] = values;
      const known = entries.get(key);
      // The same state may lie in several places; the one where SQLite looks says that nothing newer is missing.
      const isBetter =
        !known ||
        seq > known.seq ||
        (seq === known.seq && rank(isWhole, isCurrent) > rank(known.isWhole, known.isCurrent));
      if (isBetter) entries.set(key, { number: rowid, seq, text, isCurrent, isWhole });
    }
  }
  for (const [number, key] of keysByNumber) {
    if (!entries.has(key)) entries.set(key, { number, seq: 0, text: '', isCurrent: false, isWhole: false });
  }

  const numbers = new Set([...entries.values()].map(({ number }) => number));
  const isComplete = isLogSound && highestNumber > 0 && countsUpTo(numbers, highestNumber);
  const insert = into.prepare('INSERT INTO jobs (key, seq, status, job) VALUES (?, ?, ?, ?)');
  into.exec('BEGIN');
  const ordered = [...entries].toSorted(([, a], [, b]) => a.number - b.number);
  let seq = ordered.reduce((most, [, entry]) => Math.max(most, entry.seq), 0);
  const taken = new Set<number>();
  for (const [key, found] of ordered) {
    const job = restored(key, found, isComplete);
    // What only the index knew has no place in the order of changes, and two states may claim the same one.
    if (found.seq === 0 || taken.has(found.seq)) job.seq = ++seq;
    taken.add(job.seq);
    insert.run(job.key, job.seq, job.status, JSON.stringify(job));
  }
  into.exec('COMMIT');
  return { kept: entries.size, isComplete };
}

const rank = (isWhole: boolean, isCurrent: boolean): number => (isWhole ? 2 : 0) + (isCurrent ? 1 : 0);

function restored(key: string, { seq, text, isCurrent, isWhole }: Found, isComplete: boolean): Job {
  const parsed = isWhole ? readJob(text) : null;
  if (!parsed || parsed.key !== key) return damagedEntry(key, seq, text);
  const job = { ...parsed, seq };
  // An older state: what came after it may have been the paid request.
  if (!isCurrent && !job.accepted) return damagedEntry(key, seq, text);
  if (!isComplete && job.status === 'queued' && !job.service.startsWith('offline/')) return { ...job, ...notSent };
  return job;
}

/** What waited in a book of which not everything is known may have been sent after all. */
export const notSent: Pick<Job, 'status' | 'error'> = {
  status: 'failed',
  error: {
    code: 'book-damaged',
    message: 'This edit waited to be sent when part of the job book was lost, so it was not sent by itself. Run again.',
  },
};

function readJob(text: string): Job | null {
  try {
    return jobSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const isKey = (value: RawValue | undefined): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** A row of `jobs`; its number is the rowid and stands there as NULL. */
const isEntry = (values: RawValue[]): values is [null, string, number, string, string] =>
  values.length === 5 && isKey(values[1]) && typeof values[2] === 'number' && typeof values[4] === 'string';

/** An entry of the index by key: the key and the number of its row. */
const isIndexEntry = (values: RawValue[]): values is [string, number] =>
  values.length === 2 && isKey(values[0]) && typeof values[1] === 'number';

/** The row of sqlite_sequence in which SQLite keeps the highest number that it gave away. */
const isSequence = (values: RawValue[]): values is [string, number] =>
  values.length === 2 && values[0] === 'jobs' && typeof values[1] === 'number';

function countsUpTo(numbers: Set<number>, highest: number): boolean {
  if (numbers.size < highest) return false;
  for (let number = 1; number <= highest; number++) if (!numbers.has(number)) return false;
  return true;
}
