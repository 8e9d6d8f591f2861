import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { openJobBook } from '../../../app/server/job-book.ts';
import { inputOf, keyOf } from '../../support/job-world.ts';

function bookFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'editloom-book-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data', 'jobs.sqlite');
}

const newJob = (prompt: string) => ({
  key: keyOf(prompt),
  service: 'test/m',
  model: 'm',
  input: inputOf(prompt),
  createdAt: 1000,
});

it('another reader of the file sees each entry as soon as the call returns [M2]', () => {
  const file = bookFile();
  const writer = openJobBook(file);
  const reader = openJobBook(file);
  const job = writer.create(newJob('a'));
  expect(reader.get(job.key)).toEqual(job);
  const changed = writer.change(job.key, { status: 'submitting', accepted: true });
  expect(reader.get(job.key)).toEqual({ ...job, status: 'submitting', accepted: true, seq: 2 });
  expect(changed.seq).toBe(2);
});

it('keeps jobs and the count of changes over a restart', () => {
  const file = bookFile();
  const book = openJobBook(file);
  book.create(newJob('a'));
  book.create(newJob('b'));
  book.change(keyOf('a'), { status: 'failed', error: { code: 'input', message: 'Größe 橙色' } });
  book.close();
  const again = openJobBook(file);
  expect(again.latestSeq()).toBe(3);
  expect(again.since(0).map(({ key }) => key)).toEqual([keyOf('b'), keyOf('a')]);
  expect(again.since(2)).toMatchObject([{ status: 'failed', error: { message: 'Größe 橙色' }, seq: 3 }]);
  expect(again.live()).toMatchObject([{ key: keyOf('b'), status: 'queued' }]);
  expect(again.getMany([keyOf('b'), keyOf('none')])).toMatchObject([{ key: keyOf('b') }]);
  expect(again.create(newJob('c')).seq).toBe(4);
});

it('refuses a second entry for a key, and a change of none', () => {
  const book = openJobBook(bookFile());
  book.create(newJob('a'));
  expect(() => book.create(newJob('a'))).toThrow(/UNIQUE/);
  expect(() => book.change(keyOf('b'), { status: 'done' })).toThrow(/unknown key/);
  expect(book.latestSeq()).toBe(1);
});

it('a walk in pieces meets all entries, also where the last one of a piece cannot be read', () => {
  const file = bookFile();
  const book = openJobBook(file);
  for (const name of ['a', 'b', 'c']) book.create(newJob(name));
  const database = new Database(file);
  database.prepare('UPDATE jobs SET job = ? WHERE key = ?').run('{"damaged', keyOf('b'));
  database.close();
  const met: string[] = [];
  for (let at = 0; ;) {
    const jobs = book.page(at, 2);
    met.push(...jobs.map(({ key }) => key));
    if (jobs.length < 2) break;
    at = jobs.at(-1)!.seq;
  }
  expect(met).toEqual(['a', 'c', 'b'].map(keyOf));
});

it('writes nothing after it was closed', () => {
  const file = bookFile();
  const book = openJobBook(file);
  book.create(newJob('a'));
  book.close();
  expect(() => book.change(keyOf('a'), { status: 'done' })).toThrow(/closed/);
  expect(openJobBook(file).get(keyOf('a'))?.status).toBe('queued');
});

it('leaves a book of a newer version alone', () => {
  const file = bookFile();
  openJobBook(file).close();
  const database = new Database(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => openJobBook(file)).toThrow(/version 99.*newer Editloom/);
});
