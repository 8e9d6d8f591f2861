import { readdir, lstat, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from '../storage-wire.ts';

export interface FoundFile {
  name: string;
  file: string;
  bytes: number;
  changedAt: number;
}

/** Lets what else the server has to do go on between two pieces of long work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const pictureName = /^[0-9a-f]{64}$/;

/** The pictures of a store, folder by folder. Links and names that are no picture's are passed over. */
export async function* walkPictures(folder: string): AsyncGenerator<FoundFile[]> {
  for (const entry of await entriesOf(folder)) {
    if (!entry.isDirectory() || !/^[0-9a-f]{2}$/.test(entry.name)) continue;
    const below = join(folder, entry.name);
    const names = (await entriesOf(below)).filter(
      (found) => found.isFile() && pictureName.test(found.name) && found.name.startsWith(entry.name),
    );
    yield await statAll(names.map(({ name }) => join(below, name)));
    await breathe();
  }
}

/** Pictures that lie directly in a folder, as in the trash. */
export async function picturesIn(folder: string): Promise<FoundFile[]> {
  const names = (await entriesOf(folder)).filter((entry) => entry.isFile() && pictureName.test(entry.name));
  return statAll(names.map(({ name }) => join(folder, name)));
}

/** What all files below a folder take; links are not followed. */
export async function sizeBelow(folder: string): Promise<{ bytes: number; files: number }> {
  const sum = { bytes: 0, files: 0 };
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = await entriesOf(next);
    for (const entry of entries) if (entry.isDirectory()) folders.push(join(next, entry.name));
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(next, name));
    for (const { bytes } of await statAll(files)) {
      sum.bytes += bytes;
      sum.files++;
    }
    await breathe();
  }
  return sum;
}

/** The entries of a folder; none where there is no such folder. */
export const entriesOf = (folder: string) => readdir(folder, { withFileTypes: true }).catch(() => []);

/** Does work on all of these, a few at a time; the first failure ends it. */
export async function inParallel<T>(all: Iterable<T>, atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = all[Symbol.iterator]();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); !next.done && !failed; next = rest.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

const atOnce = 64;

/** Sizes and times; a file that vanished meanwhile is left out. */
export async function statAll(files: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (let at = 0; at < files.length; at += atOnce) {
    const some = files.slice(at, at + atOnce).map(async (file) => {
      const stats = await lstat(file).catch(() => null);
      if (!stats?.isFile()) return null;
      const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
      return { name, file, bytes: stats.size, changedAt: stats.mtimeMs };
    });
    for (const one of await Promise.all(some)) if (one) found.push(one);
  }
  return found;
}

/** The disks on which these folders lie, each once; none where the system does not tell. */
export async function disksOf(folders: readonly string[]): Promise<Disk[]> {
  const disks = new Map<number, Disk>();
  for (const folder of folders) {
    const device = (await stat(folder).catch(() => null))?.dev;
    if (device === undefined || disks.has(device)) continue;
    const system = await statfs(folder).catch(() => null);
    if (!system || system.blocks === 0) continue;
    disks.set(device, { folder, free: system.bavail * system.bsize, total: system.blocks * system.bsize });
  }
  return [...disks.values()];
}
