import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { closeBook, type BookDatabase } from '../durable/open-book.ts';

export const galleryFile = (dataFolder: string): string => join(dataFolder, 'gallery.sqlite');

/** Another number than that of the file: it is thrown away, and all of it is read from the job book again. */
const version = 2;

const tables = `
  CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    node TEXT NOT NULL,
    service TEXT NOT NULL,
    rating INTEGER NOT NULL,
    here INTEGER NOT NULL,
    entry TEXT NOT NULL
  );
  CREATE INDEX entries_by_time ON entries (made_at DESC, key DESC, here, title, node, service, rating);
  CREATE TABLE points (title TEXT NOT NULL, value TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (title, value, number)) WITHOUT ROWID;
  CREATE VIRTUAL TABLE words USING fts5(prompt, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', detail = none);
  CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${version};
`;

/**
 * Opens the gallery's index, or begins a new one: everything in it stands in the job book too, so a file that is damaged,
 * or of another version, is worth nothing and is replaced without a word.
 */
export function openIndexFile(file: string): BookDatabase {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return openSound(file) ?? beginAnew(file);
}

export function closeIndexFile(database: BookDatabase): void {
  closeBook(database);
}

export function removeIndexFile(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(file + ending, { force: true });
}

function openSound(file: string): BookDatabase | null {
  let database: BookDatabase | null = null;
  try {
    database = new Database(file);
    const { user_version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (user_version !== version) throw new Error('Of another version');
    const verdict = database.prepare("SELECT quick_check = 'ok' AS ok FROM pragma_quick_check(1)").get() as {
      ok: number;
    };
    if (!verdict.ok) throw new Error('Damaged');
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    return database;
  } catch {
    database?.close();
    return null;
  }
}

function beginAnew(file: string): BookDatabase {
  removeIndexFile(file);
  const database = new Database(file);
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN; ${tables} COMMIT`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
