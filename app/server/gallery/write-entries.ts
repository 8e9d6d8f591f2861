import type { GalleryEntry } from '../../gallery-wire.ts';
import type { Job } from '../../wire.ts';
import type { BookDatabase } from '../durable/open-book.ts';

/** What is told of a picture apart from what changes later. */
export type StoredEntry = Omit<GalleryEntry, 'rating' | 'here'>;

const promptLength = 300;

/** Writes what the job book says into the index; each piece together with how far the book was read. */
export function createEntryWriter(database: BookDatabase) {
  const numberOf = database.prepare('SELECT number FROM entries WHERE key = ?');
  const insert = database.prepare(
    'INSERT INTO entries (key, sha256, made_at, title, node, service, rating, here, entry) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)',
  );
  const update = database.prepare(
    'UPDATE entries SET sha256 = ?, made_at = ?, rating = ?, here = MAX(here, sha256 <> ? OR made_at <> ?), entry = ? WHERE number = ?',
  );
  const addPoint = database.prepare('INSERT OR IGNORE INTO points (title, value, number) VALUES (?, ?, ?)');
  const addWords = database.prepare('INSERT INTO words (rowid, prompt) VALUES (?, ?)');
  const mark = database.prepare('INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)');
  const readMark = database.prepare('SELECT value FROM marks WHERE name = ?');
  const setHere = database.prepare('UPDATE entries SET here = ? WHERE number = ?');

  function write(job: Job): void {
    const entry = entryOf(job);
    if (!entry) return;
    const { key, sha256, madeAt, title, made, service } = entry;
    const rating = job.rating ?? 0;
    const text = JSON.stringify(entry);
    const known = numberOf.get(key) as { number: number } | undefined;
    if (known) return void update.run(sha256, madeAt, rating, sha256, madeAt, text, known.number);
    insert.run(key, sha256, madeAt, title ?? '', made?.nodeTitle ?? '', service, rating, text);
    // What runs for another statement in between would change last_insert_rowid(), but nothing does.
    const { number } = numberOf.get(key) as { number: number };
    // As the words that are looked for are written, too.
    addWords.run(number, plain(job.input.prompt.normalize('NFKC')));
    for (const { title: axis, value } of made?.point ?? []) addPoint.run(plain(axis), plain(value), number);
  }

  function together(work: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      try {
        database.exec('ROLLBACK');
      } catch {
        // SQLite has done so itself.
      }
      throw error;
    }
  }

  return {
    /** Up to this change of the job book everything is in the index. */
    seq: (): number => (readMark.get('seq') as { value: number } | undefined)?.value ?? 0,
    /** All of these or none. */
    take(jobs: readonly Job[]): void {
      together(() => {
        for (const job of jobs) write(job);
        mark.run('seq', jobs.at(-1)?.seq ?? 0);
      });
    },
    setHere(changed: readonly { number: number; here: boolean }[]): void {
      if (changed.length > 0) together(() => changed.forEach(({ number, here }) => setHere.run(here ? 1 : 0, number)));
    },
  };
}

/** Null for a job of which there never was a picture. */
function entryOf({ artifacts, ...job }: Job): StoredEntry | null {
  const [picture] = artifacts;
  if (!picture) return null;
  return {
    key: job.key,
    ...picture,
    prompt: shortened(job.input.prompt),
    seed: job.input.seed,
    service: job.service,
    price: job.price,
    madeAt: Math.max(0, Math.round(job.finishedAt ?? job.submittedAt ?? job.createdAt)),
    title: job.madeFor === undefined ? null : plain(job.madeFor),
    made: job.made ?? null,
  };
}

const shortened = (prompt: string): string =>
  plain(prompt.length > promptLength ? `${prompt.slice(0, promptLength - 1)}…` : prompt);

/** Half a sign, which a cut leaves, is no UTF-8. */
const plain = (text: string): string => Buffer.from(text).toString();
