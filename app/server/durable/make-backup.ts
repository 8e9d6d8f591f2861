import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readFile, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import Database from 'libsql';
import { StartRefused } from '../environment.ts';
import { asStorageError, errorCode, syncFolderSync } from '../write-file.ts';
import { writeWitness } from './witness.ts';

interface BackupOptions {
  dataFolder: string;
  outputsFolder: string;
  /** Gets a new folder inside for each backup. */
  target: string;
  now: () => Date;
}

export interface Backup {
  folder: string;
  /** What was done, for the console. */
  lines: string[];
  /** What is damaged already in what was copied. */
  problems: string[];
}

const books = [
  { file: 'jobs.sqlite', table: 'jobs', title: 'job book', unit: 'edit' },
  { file: 'outputs.sqlite', table: 'outputs', title: 'book of saved files', unit: 'file' },
  { file: join('offline', 'requests.sqlite'), table: 'requests', title: 'book of offline requests', unit: 'request' },
];

/**
 * A copy of the data folder in which everything fits together, made while the server may go on working: the books first,
 * each as of one moment, then the pictures, which are never changed. Only what is listed here is copied, so no token ever
 * is. The folder has its final name only when all of it is there and was read back.
 */
export async function makeBackup({ dataFolder, outputsFolder, target, now }: BackupOptions): Promise<Backup> {
  refuseNesting(dataFolder, outputsFolder, target);
  if (!existsSync(join(dataFolder, 'jobs.sqlite'))) {
    throw new StartRefused(`There is nothing to back up: ${dataFolder} has no job book. Is EDITLOOM_DATA set right?`);
  }
  const began = now();
  const folder = join(target, `editloom-${began.toISOString().slice(0, 19).replace(/[:.]/g, '-')}`);
  const unfinished = `${folder}.unfinished`;
  const lines: string[] = [];
  const problems: string[] = [];
  try {
    await mkdir(join(unfinished, 'offline'), { recursive: true, mode: 0o700 });
    for (const { file, table, title, unit } of books) {
      if (!existsSync(join(dataFolder, file))) continue;
      const rows = copyBook(join(dataFolder, file), join(unfinished, file), table);
      lines.push(`${title}: ${rows} ${unit}${rows === 1 ? '' : 's'}`);
    }
    for (const name of ['settings.json', 'set-aside.json', join('pictures', 'uploads.txt')]) {
      if (existsSync(join(dataFolder, name))) await copyWhole(join(dataFolder, name), join(unfinished, name));
    }
    const jobsSeq = highestSeq(join(unfinished, 'jobs.sqlite'));
    writeWitness(unfinished, { jobsSeq, restoredFrom: began.toISOString() });

    const pictures = await copyPictures(join(dataFolder, 'pictures'), join(unfinished, 'pictures'), problems);
    lines.push(`pictures: ${amount(pictures)}`);
    // After the pictures: what is being cleaned up moves from there to here.
    for (const name of ['graphs', 'trash', join('offline', 'inputs'), join('offline', 'results')]) {
      await copyFolder(join(dataFolder, name), join(unfinished, name));
    }
    const outputs = await copyFolder(outputsFolder, join(unfinished, 'outputs'));
    lines.push(`saved files: ${amount(outputs)}`);
    await rename(unfinished, folder);
    syncFolderSync(target);
  } catch (error) {
    throw error instanceof StartRefused ? error : asStorageError(error, unfinished);
  }
  return { folder, lines, problems };
}

/** Copied into itself it would never end. */
function refuseNesting(dataFolder: string, outputsFolder: string, target: string): void {
  for (const folder of [dataFolder, outputsFolder]) {
    const place = relative(resolve(folder), resolve(target));
    if (place === '' || !(place.startsWith('..') || resolve(target) === place)) {
      throw new StartRefused(
        `The backup cannot be put into ${folder} itself. Choose another folder, best on another disk.`,
      );
    }
  }
}

/** As of one moment, also while the server writes; then read back and checked. */
function copyBook(from: string, to: string, table: string): number {
  const source = new Database(from);
  source.exec('PRAGMA busy_timeout = 10000');
  source.prepare('VACUUM INTO ?').run(to);
  source.close();
  const copy = new Database(to);
  const { verdict } = copy.prepare('SELECT integrity_check AS verdict FROM pragma_integrity_check(1)').get() as {
    verdict: string;
  };
  const { count } = copy.prepare(`SELECT COUNT(*) AS count FROM ${table}`).get() as { count: number };
  copy.close();
  if (verdict !== 'ok') {
    throw new StartRefused(
      `The copy of ${from} is damaged (${verdict}), so the book itself may be. Start Editloom once: it saves what can be read.`,
    );
  }
  return count;
}

function highestSeq(file: string): number {
  const database = new Database(file);
  const { seq } = database.prepare('SELECT COALESCE(MAX(seq), 0) AS seq FROM jobs').get() as { seq: number };
  database.close();
  return seq;
}

type Amount = { files: number; bytes: number };

/** Each is named by its own bytes, so a damaged one shows. Thumbnails are left out: they are made again. */
async function copyPictures(from: string, to: string, problems: string[]): Promise<Amount> {
  const total = { files: 0, bytes: 0 };
  for (const prefix of await namesIn(from)) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    for (const name of await namesIn(join(from, prefix))) {
      if (!/^[0-9a-f]{64}$/.test(name)) continue;
      const copy = join(to, prefix, name);
      if (!(await addTo(total, join(from, prefix, name), copy))) continue;
      const sha256 = createHash('sha256')
        .update(await readFile(copy))
        .digest('hex');
      if (sha256 !== name) problems.push(`The picture ${name} is damaged in the data folder; it was copied as it is.`);
    }
  }
  return total;
}

/** Everything in a folder but hidden files: those are unfinished. */
async function copyFolder(from: string, to: string): Promise<Amount> {
  const total = { files: 0, bytes: 0 };
  for (const name of await namesIn(from)) {
    if (name.startsWith('.')) continue;
    const found = await stat(join(from, name)).catch(() => null);
    if (found?.isDirectory()) {
      const inner = await copyFolder(join(from, name), join(to, name));
      total.files += inner.files;
      total.bytes += inner.bytes;
    } else if (found?.isFile()) {
      await addTo(total, join(from, name), join(to, name));
    }
  }
  return total;
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** False where it was removed meanwhile. */
async function addTo(total: Amount, from: string, to: string): Promise<boolean> {
  try {
    total.bytes += await copyWhole(from, to);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && !existsSync(from)) return false;
    throw error;
  }
  total.files++;
  return true;
}

/** On the disk when it returns. Answers its size. */
async function copyWhole(from: string, to: string): Promise<number> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const before = await stat(from);
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
    const { size } = await handle.stat();
    // It may have grown meanwhile; what has become shorter is another file.
    if (size < before.size) throw new Error(`${basename(from)} changed while it was copied. Try again.`);
    return size;
  } finally {
    await handle.close();
  }
}

function amount({ files, bytes }: Amount): string {
  return `${files} ${files === 1 ? 'file' : 'files'}, ${(bytes / 1e6).toFixed(1)} MB`;
}
