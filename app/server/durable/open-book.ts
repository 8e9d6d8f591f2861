import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'libsql';
import { StartRefused } from '../environment.ts';
import { errorCode, syncFolderSync } from '../write-file.ts';
import { asideName } from './aside-name.ts';
import { inspectBook, type Inspection } from './inspect-book.ts';
import { rawRecords, type RawBook } from './raw-records.ts';
import { sqliteCode } from './sqlite-errors.ts';

export type BookDatabase = InstanceType<typeof Database>;

export type BookKind = {
  /** For sentences: "job book". */
  title: string;
  /** Step n takes a book of version n to version n + 1; the length of the list is today's version. */
  migrations: readonly string[];
  /** A question that only a sound book of today's version answers. */
  probe: string;
  /** FULL syncs the log at each commit, so what we say is written survives a power cut. */
  synchronous: 'FULL' | 'NORMAL';
  /** Writes what could still be read into a new book. */
  salvage: (from: RawBook, into: BookDatabase) => Salvaged;
};

export type Salvaged = {
  kept: number;
  /** Nothing that was in the book can be missing from the new one. */
  isComplete: boolean;
};

/** What became of a book that could not be used as it was. */
export type BookRepair = Salvaged & {
  /** Where the old one lies now, beside the new one; null where there was none to keep. */
  aside: string | null;
  reason: string;
};

export type OpenBookOptions = {
  now?: () => Date;
  /** There was a book here before, so that a missing or empty one is a loss. */
  isExpected?: boolean;
  /** Called before the new book takes the place of the old one, so that what it says is on disk first. */
  onRepair?: (repair: BookRepair) => void;
};

/**
 * Opens one of our SQLite files: checks it, brings it to today's version, and where it is damaged sets it aside, makes a
 * new one of all that can still be read, and says so. A book of a newer version is refused and not touched at all.
 */
export function openBook(file: string, kind: BookKind, options: OpenBookOptions = {}): BookDatabase {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  finishRepair(file);
  const found = inspectBook(file, kind);
  if (found.state === 'present' && found.version > kind.migrations.length) throw tooNew(file, kind, found.version);
  const damage =
    damageOf(found, options.isExpected ?? false) ?? (found.state === 'present' && check(file, kind, found));
  if (damage) repair(file, kind, damage, options);
  const database = new Database(file);
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${kind.synchronous}`);
    migrate(database, kind);
    return database;
  } catch (error) {
    database.close();
    throw unusable(file, kind, error);
  }
}

/** Leaves an empty log behind, by which the next start knows that this book was closed in order. */
export function closeBook(database: BookDatabase): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Somebody else reads it, or the disk is full: then the next start checks it more thoroughly, that is all.
  }
  database.close();
}

function damageOf(found: Inspection, isExpected: boolean): string | null {
  if (found.state === 'damaged') return found.reason;
  if (found.state === 'absent' && isExpected) return 'the file is gone or empty';
  return null;
}

/** What SQLite finds wrong with it; false = nothing. */
function check(file: string, kind: BookKind, { isClean }: { isClean: boolean }): string | false {
  const database = new Database(file);
  try {
    const pragma = isClean ? 'quick_check' : 'integrity_check';
    // With exec alone nothing holds the file open afterwards, so that it can be renamed on Windows, too.
    database.exec(`
      CREATE TEMP TABLE verdict (said TEXT CHECK (said = 'ok'));
      INSERT INTO verdict SELECT * FROM pragma_${pragma}(1);
      DROP TABLE verdict;
    `);
    const isOfToday = inspectBook(file, kind);
    if (isOfToday.state === 'present' && isOfToday.version === kind.migrations.length) database.exec(kind.probe);
    return false;
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 'CONSTRAINT') return 'SQLite’s check of the file found damage';
    if (['CORRUPT', 'NOTADB', 'ERROR'].includes(code)) return error instanceof Error ? error.message : String(error);
    throw unusable(file, kind, error);
  } finally {
    database.close();
  }
}

/**
 * The new book is whole before the old one is moved, and the last step is a rename: killed in between, the next start
 * either begins again or finishes it.
 */
function repair(file: string, kind: BookKind, reason: string, { now = () => new Date(), onRepair }: OpenBookOptions) {
  try {
    const building = `${file}.salvaging`;
    removeBook(building);
    const database = new Database(building);
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
    migrate(database, kind);
    const salvaged = kind.salvage(rawRecords(file), database);
    database.close();

    const hasOld = existsSync(file) || existsSync(`${file}-wal`);
    const aside = hasOld ? asideName(file, now()) : null;
    onRepair?.({ ...salvaged, aside: aside && basename(aside), reason });
    renameSync(building, `${file}.salvaged`);
    syncFolderSync(dirname(file));
    if (aside) for (const ending of endings) renameIfThere(file + ending, aside + ending);
    syncFolderSync(dirname(file));
    finishRepair(file);
  } catch (error) {
    throw unusable(file, kind, error);
  }
}

function finishRepair(file: string): void {
  removeBook(`${file}.salvaging`);
  if (!existsSync(`${file}.salvaged`)) return;
  // Killed before the old book was moved: it is repaired from the beginning.
  if (existsSync(file)) return removeBook(`${file}.salvaged`);
  for (const ending of ['-wal', '-shm']) renameIfThere(file + ending, asideName(file, new Date()) + ending);
  renameSync(`${file}.salvaged`, file);
  syncFolderSync(dirname(file));
}

const endings = ['', '-wal', '-shm', '-journal'];

function renameIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

function removeBook(file: string): void {
  for (const ending of endings) rmSync(file + ending, { force: true });
}

function migrate(database: BookDatabase, { migrations }: BookKind): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  for (let step = version; step < migrations.length; step++) {
    database.exec(`BEGIN; ${migrations[step]}; PRAGMA user_version = ${step + 1}; COMMIT`);
  }
}

function tooNew(file: string, { title, migrations }: BookKind, version: number): StartRefused {
  return new StartRefused(
    `The ${title} ${file} is of version ${version}, but this Editloom knows versions up to ${migrations.length}. ` +
      'Use the newer Editloom that wrote it. Nothing in it was touched.',
  );
}

function unusable(file: string, { title }: BookKind, error: unknown): unknown {
  const sentences: Record<string, string> = {
    FULL: 'the disk is full. Free some space and start again',
    READONLY: 'it may only be read. Check its permissions',
    CANTOPEN: 'it cannot be opened. Check its permissions',
    PERM: 'it may not be opened. Check its permissions',
    IOERR: 'the disk does not read or write it',
    BUSY: 'another program has it open. Close that one',
    LOCKED: 'another program has it open. Close that one',
  };
  const system = errorCode(error) ?? '';
  const why =
    sentences[sqliteCode(error)] ??
    (system === 'ENOSPC' || system === 'EDQUOT' ? sentences.FULL : /^E[A-Z]+$/.test(system) ? system : null);
  return why ? new StartRefused(`The ${title} ${file} cannot be used: ${why}.`) : error;
}
