import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { sqliteCode } from './durable/sqlite-errors.ts';
import { StartRefused } from './environment.ts';

/**
 * Holds the data folder for this process: two servers would both follow, and might both pay for, the same jobs.
 * An SQLite lock belongs to the process, so the system gives it back however the process ends.
 */
export function lockDataFolder(folder: string): () => void {
  try {
    // Prompts, pictures and the token are the user's own.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartRefused(
      `The data folder ${folder} cannot be made (${String(error)}). Set EDITLOOM_DATA to a folder that can be written to.`,
    );
  }
  const database = openLock(folder);
  return () => database.close();
}

function openLock(folder: string, mayMend = true): InstanceType<typeof Database> {
  let database: InstanceType<typeof Database> | null = null;
  try {
    database = new Database(join(folder, 'lock.sqlite'));
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    // Damaged, nobody can hold it, and there is nothing in it.
    if (mayMend && ['CORRUPT', 'NOTADB'].includes(sqliteCode(error))) {
      rmSync(join(folder, 'lock.sqlite'), { force: true });
      return openLock(folder, false);
    }
    const text = String(error);
    throw new StartRefused(
      /locked|busy/i.test(text)
        ? `The data folder ${folder} is in use by another Editloom. Close that one, or give this one a folder of its own with EDITLOOM_DATA.`
        : `The data folder ${folder} cannot be used (${text}). Set EDITLOOM_DATA to a folder that can be written to.`,
    );
  }
}
