import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { BookRepair } from '../../../../app/server/durable/open-book.ts';
import { openJobBook, type JobBook } from '../../../../app/server/job-book.ts';
import { openOutputBook } from '../../../../app/server/output-book.ts';
import { inputOf, keyOf } from '../../../support/job-world.ts';
import { temporaryFolder } from '../../../support/pictures.ts';

const now = () => new Date('2031-02-03T04:05:06.007Z');
const asideFile = 'jobs.unreadable-2031-02-03T04-05-06-007Z.sqlite';
const pageSize = 4096;

/** Long prompts need more than one page, so a book has all kinds of pages that there are. */
const promptOf = (i: number) => `edit ${i}${i % 7 === 0 ? ' word'.repeat(1200) : ''}`;

function fill(book: JobBook, count: number, from = 0): void {
  for (let i = from; i < from + count; i++) {
    const key = keyOf(promptOf(i));
    book.create({ key, service: 'test/m', model: 'm', input: inputOf(promptOf(i)), createdAt: 1000 + i });
    if (i % 3 === 0) book.change(key, { status: 'submitted', accepted: true, requestId: `request-${i}` });
    if (i % 3 === 1) book.change(key, { status: 'done', accepted: true, requestId: `request-${i}` });
  }
}

async function closedBook(count: number): Promise<string> {
  const file = join(await temporaryFolder(), 'jobs.sqlite');
  const book = openJobBook(file);
  fill(book, count);
  book.close();
  return file;
}

function reopen(file: string) {
  const repairs: BookRepair[] = [];
  const book = openJobBook(file, { now, isExpected: true, onRepair: (repair) => repairs.push(repair) });
  return { book, repairs };
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const content = readFileSync(file);
  content.set(bytes, at);
  writeFileSync(file, content);
}

const noise = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + 1, 2654435761 + seed * 977) >>> 13) & 255);

/** What SQLite still reads of a copy of the file: row by row, by every number. */
function readableBySqlite(file: string, count: number): Map<string, string> {
  const copy = `${file}.copy`;
  for (const ending of ['', '-wal']) if (existsSync(file + ending)) copyFileSync(file + ending, copy + ending);
  const rows = new Map<string, string>();
  const database = new Database(copy);
  for (let number = 1; number <= count; number++) {
    try {
      const row = database
        .prepare('SELECT CAST(key AS BLOB) AS key, CAST(job AS BLOB) AS job FROM jobs WHERE number = ?')
        .get(number) as { key: Uint8Array; job: Uint8Array } | undefined;
      if (row) rows.set(Buffer.from(row.key).toString(), Buffer.from(row.job).toString());
    } catch {
      // This one is gone.
    }
  }
  database.close();
  for (const ending of ['', '-wal', '-shm']) rmSync(copy + ending, { force: true });
  return rows;
}

describe('a damaged job book', () => {
  it.each<[string, (file: string) => void]>([
    ['whose first page is overwritten', (file) => overwrite(file, 0, noise(pageSize, 1))],
    ['whose table of contents is overwritten', (file) => overwrite(file, 100, noise(pageSize - 100, 2))],
    ['that begins with other bytes', (file) => overwrite(file, 0, Buffer.from('<!doctype html>\n'))],
  ])('%s keeps every entry, and is kept itself', async (_, damage) => {
    const file = await closedBook(60);
    damage(file);
    const damaged = readFileSync(file);
    const { book, repairs } = reopen(file);
    expect(repairs).toMatchObject([{ kept: 60, aside: asideFile }]);
    expect(readFileSync(join(file, '..', asideFile)).equals(damaged)).toBe(true);
    for (let i = 0; i < 60; i++) {
      const requestId = i % 3 === 2 ? null : `request-${i}`;
      expect(book.get(keyOf(promptOf(i)))).toMatchObject({ requestId, input: inputOf(promptOf(i)) });
    }
    book.close();
    expect(reopen(file).repairs).toEqual([]);
  });

  it('that is cut off keeps what is left of it, and says that keys may be lost', async () => {
    const file = await closedBook(200);
    truncateSync(file, Math.floor(statSync(file).size / 2 / pageSize) * pageSize + 100);
    const { book, repairs } = reopen(file);
    expect(repairs).toMatchObject([{ isComplete: false, aside: asideFile }]);
    expect(repairs[0]!.kept).toBeGreaterThan(50);
    expect(repairs[0]!.kept).toBeLessThan(200);
    expect(book.since(0)).toHaveLength(repairs[0]!.kept);
    // It was there to be sent, but what came after is not known: nothing is sent by itself.
    expect(book.live().every(({ status }) => status !== 'queued')).toBe(true);
  });

  it.each<[string, (file: string) => void]>([
    ['empty', (file) => writeFileSync(file, '')],
    ['gone', (file) => rmSync(file)],
    ['no database at all', (file) => writeFileSync(file, 'nothing like a book '.repeat(1000))],
    ['shorter than its own header', (file) => truncateSync(file, 50)],
  ])('that is %s is never replaced by an empty one in silence', async (_, damage) => {
    const file = await closedBook(5);
    for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
    damage(file);
    const { book, repairs } = reopen(file);
    expect(repairs).toMatchObject([{ kept: 0, isComplete: false }]);
    expect(book.latestSeq()).toBe(0);
  });

  it('of which only the index by status is damaged loses nothing, and says so', async () => {
    const file = await closedBook(100);
    const database = new Database(file);
    const { rootpage } = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'jobs_by_status'").get() as {
      rootpage: number;
    };
    database.close();
    overwrite(file, (rootpage - 1) * pageSize, noise(pageSize, 3));
    const { book, repairs } = reopen(file);
    expect(repairs).toMatchObject([{ kept: 100, isComplete: true }]);
    // Nothing is in doubt, so what waited still waits.
    expect(book.counts()).toEqual({ queued: 33, submitted: 34, done: 33 });
  });

  it('keeps keys of which only the index knows, as unknown jobs that are never sent again by themselves', async () => {
    const file = await closedBook(100);
    const all = readFileSync(file);
    // Every page with rows of the table, but none of an index.
    for (let page = 1; page < all.length / pageSize; page++) {
      if (all[page * pageSize] === 0x0d && all.indexOf('"service"', page * pageSize) < (page + 1) * pageSize)
        overwrite(file, page * pageSize, noise(pageSize, page));
    }
    const { book } = reopen(file);
    const lost = book.withStatus('unknown');
    expect(lost.length).toBeGreaterThan(50);
    for (const job of lost) expect(job).toMatchObject({ accepted: true, error: { code: 'entry-damaged' } });
    expect(lost.map(({ key }) => key)).toContain(keyOf(promptOf(1)));
  });

  it('keeps every row that SQLite itself can still read, whatever was overwritten', async () => {
    const count = 60;
    const whole = readFileSync(await closedBook(count));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 3 * pageSize }), fc.nat(99)), {
          minLength: 1,
          maxLength: 12,
        }),
        async (damages) => {
          const file = join(await temporaryFolder(), 'jobs.sqlite');
          writeFileSync(file, whole);
          for (const [at, length, seed] of damages)
            overwrite(file, at, noise(Math.min(length, whole.length - at), seed));
          const readable = readableBySqlite(file, count);
          const { book } = reopen(file);
          for (const [key, text] of readable) {
            const before = parsed(text);
            const kept = book.get(key);
            if (kept === null && !/^[0-9a-f]{64}$/.test(key)) continue;
            expect(kept?.key).toBe(key);
            expect(kept?.requestId ?? null).toBe(before?.requestId ?? kept?.requestId ?? null);
          }
          book.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});

function parsed(text: string): { requestId: string | null } | null {
  try {
    return JSON.parse(text) as { requestId: string | null };
  } catch {
    return null;
  }
}

describe('after a power cut', () => {
  /** What lies on the disk while the book is open: the file, and the log with what was written since. */
  async function openCopy(): Promise<{ file: string; log: Buffer; frames: number }> {
    const file = await closedBook(20);
    const book = openJobBook(file);
    fill(book, 20, 20);
    const copy = join(await temporaryFolder(), 'jobs.sqlite');
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    const log = readFileSync(`${copy}-wal`);
    return { file: copy, log, frames: (log.length - 32) / (pageSize + 24) };
  }

  it('everything that was said to be written is there', async () => {
    const { file } = await openCopy();
    const { book, repairs } = reopen(file);
    expect(repairs).toEqual([]);
    for (let i = 0; i < 40; i++) expect(book.get(keyOf(promptOf(i)))).not.toBeNull();
  });

  it('a last entry that is torn off is not there, and nothing is wrong with that', async () => {
    const { file, log } = await openCopy();
    writeFileSync(`${file}-wal`, log.subarray(0, log.length - 1000));
    const { book, repairs } = reopen(file);
    expect(repairs).toEqual([]);
    expect(book.get(keyOf(promptOf(38)))).not.toBeNull();
  });

  it('a log that is damaged in the middle loses nothing in silence: what lies behind the damage is found', async () => {
    const { file, log, frames } = await openCopy();
    const at = 32 + Math.floor(frames / 2) * (pageSize + 24) + 24;
    log.set(noise(64, 5), at + 200);
    writeFileSync(`${file}-wal`, log);
    const { book, repairs } = reopen(file);
    expect(repairs).toMatchObject([{ isComplete: false }]);
    expect(repairs[0]!.reason).toMatch(/log cannot be read/);
    expect(readdirSync(join(file, '..'))).toContain(`${asideFile}-wal`);
    for (let i = 0; i < 40; i++) expect(book.get(keyOf(promptOf(i)))).not.toBeNull();
  });

  it('a log without its file is worth as much as the file', async () => {
    const { file } = await openCopy();
    rmSync(file);
    const { book } = reopen(file);
    expect(book.get(keyOf(promptOf(39)))).toMatchObject({ requestId: 'request-39' });
  });

  it('a repair that was cut off is finished, or done again', async () => {
    const file = await closedBook(30);
    overwrite(file, 0, noise(pageSize, 1));
    const damaged = readFileSync(file);
    reopen(file).book.close();
    const repaired = readFileSync(file);
    const folder = join(file, '..');
    rmSync(join(folder, asideFile));

    // Cut off before the old book was moved …
    writeFileSync(file, damaged);
    writeFileSync(`${file}.salvaged`, repaired);
    writeFileSync(`${file}.salvaging`, 'half');
    const again = reopen(file);
    expect(again.repairs).toMatchObject([{ kept: 30 }]);
    again.book.close();
    // … and after.
    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
    writeFileSync(`${file}.salvaged`, repaired);
    const finished = reopen(file);
    expect(finished.repairs).toEqual([]);
    expect(finished.book.since(0)).toHaveLength(30);
    expect(readdirSync(folder).filter((name) => name.includes('.salvag'))).toEqual([]);
  });
});

describe('a book', () => {
  it('of a newer version is not touched by a single byte', async () => {
    const file = await closedBook(3);
    overwrite(file, 60, Uint8Array.of(0, 0, 0, 99));
    const before = readFileSync(file);
    expect(() => reopen(file)).toThrow(/version 99.*newer Editloom/);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(file, '..')).filter((name) => name.includes('unreadable'))).toEqual([]);
  });

  it('that may not be read is no damaged one: the start is refused with a sentence, and nothing is moved', async () => {
    const file = await closedBook(1);
    rmSync(file);
    mkdirSync(file);
    expect(() => reopen(file)).toThrow(/job book .* cannot be used|EISDIR/);
    expect(statSync(file).isDirectory()).toBe(true);
  });

  it('keeps an entry that cannot be read as an unknown job, with its text beside it', async () => {
    const file = await closedBook(4);
    const database = new Database(file);
    const set = database.prepare('UPDATE jobs SET job = ? WHERE key = ?');
    set.run('{"status":"done","requestId":"abc-1","input":', keyOf(promptOf(1)));
    set.run(JSON.stringify({ service: 'test/m', requestId: 'abc-2', input: inputOf('kept') }), keyOf(promptOf(2)));
    database.close();
    const told: string[] = [];
    const book = openJobBook(file, { onDamagedEntry: (key) => told.push(key) });
    expect(book.live().map(({ key }) => key)).toEqual([keyOf(promptOf(0)), keyOf(promptOf(3))]);
    expect(book.get(keyOf(promptOf(1)))).toMatchObject({ status: 'unknown', accepted: true, requestId: 'abc-1' });
    expect(book.get(keyOf(promptOf(2)))).toMatchObject({
      service: 'test/m',
      input: inputOf('kept'),
      requestId: 'abc-2',
    });
    expect(told.toSorted()).toEqual([keyOf(promptOf(1)), keyOf(promptOf(2))].toSorted());
    expect(book.counts()).toMatchObject({ unknown: 2 });
    book.close();
  });

  it('of saved files gives back what can still be read', async () => {
    const file = join(await temporaryFolder(), 'outputs.sqlite');
    const book = openOutputBook(file);
    const saved = Array.from({ length: 50 }, (_, i) => ({
      key: keyOf(`file ${i}`),
      file: `folder/${i}.png`,
      url: `/api/outputs/folder/${i}.png`,
      artifact: { sha256: keyOf(`picture ${i}`), width: 8, height: 8, mediaType: 'image/png' as const, bytes: 100 },
      bytes: 120,
      savedAt: 1000 + i,
    }));
    for (const one of saved) book.put(one);
    book.close();
    overwrite(file, 0, noise(pageSize, 9));
    const repairs: BookRepair[] = [];
    const again = openOutputBook(file, { now, onRepair: (repair) => repairs.push(repair) });
    expect(repairs).toMatchObject([{ kept: 50 }]);
    expect(again.find(saved.map(({ key }) => key))).toEqual(saved);
    again.close();
  });
});
