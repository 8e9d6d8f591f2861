import { appendFile, copyFile, lstat, mkdir, readFile, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { trashNameSchema } from '../storage-wire.ts';
import { hashFile } from './storage-hash.ts';
import { entriesOf, inParallel, picturesIn, type FoundFile } from './storage-walk.ts';
import { asStorageError, errorCode } from './write-file.ts';

export const trashDays = 30;
const keptMs = trashDays * 24 * 60 * 60 * 1000;

export interface Removal {
  name: string;
  removedAt: number;
  emptiedAt: number;
  files: FoundFile[];
}

interface TrashOptions {
  folder: string;
  /** Where a picture of the store lies. */
  fileOf: (sha256: string) => string;
  now: () => number;
}

export type TrashStore = ReturnType<typeof createTrash>;

/** Removed pictures, in one dated folder for each press of Remove, until they are restored, or gone for good after 30 days. */
export function createTrash({ folder, fileOf, now }: TrashOptions) {
  const removedFile = join(folder, 'removed.txt');

  const names = async (): Promise<string[]> =>
    (await entriesOf(folder))
      .filter((entry) => entry.isDirectory() && trashNameSchema.safeParse(entry.name).success)
      .map(({ name }) => name)
      .sort();

  async function removal(name: string): Promise<Removal> {
    const removedAt = timeOf(name);
    // A link to elsewhere is no removal of ours.
    const isOurs = (await lstat(join(folder, name)).catch(() => null))?.isDirectory() ?? false;
    const files = isOurs ? await picturesIn(join(folder, name)) : [];
    return { name, removedAt, emptiedAt: removedAt + keptMs, files };
  }

  /** Puts one file of the trash back; a sound one in its place is left there. */
  async function putBack({ name: sha256, file }: Pick<FoundFile, 'name' | 'file'>): Promise<boolean> {
    if ((await hashFile(file)) !== sha256) return false;
    const target = fileOf(sha256);
    const there = await hashFile(target).catch(() => null);
    if (there === sha256) await unlink(file);
    else await moveFile(file, target);
    return true;
  }

  async function empty(name: string): Promise<{ bytes: number }> {
    const { files } = await removal(name);
    // Noted first: a check must not fetch again what was removed on purpose.
    if (files.length > 0) await appendFile(removedFile, files.map((file) => `${file.name}\n`).join(''));
    await rm(join(folder, name), { recursive: true, force: true });
    return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  return {
    folder,
    async list(): Promise<Removal[]> {
      return Promise.all((await names()).map(removal));
    },
    removal,
    empty,
    /** A new dated folder. */
    async open(): Promise<string> {
      const stamp = stampOf(now());
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        for (let count = 1; ; count++) {
          const name = count === 1 ? stamp : `${stamp}-${count}`;
          try {
            await mkdir(join(folder, name), { mode: 0o700 });
            return name;
          } catch (error) {
            if (errorCode(error) !== 'EEXIST') throw error;
          }
        }
      } catch (error) {
        throw asStorageError(error, join(folder, stamp));
      }
    },
    put: (name: string, sha256: string): Promise<void> => moveFile(fileOf(sha256), join(folder, name, sha256)),
    /** Takes an empty folder away again. */
    close: (name: string): Promise<void> => rmdir(join(folder, name)).catch(() => {}),

    async restore(name: string): Promise<number> {
      const { files } = await removal(name);
      let count = 0;
      await inParallel(files, 8, async (file) => {
        if (await putBack(file)) count++;
      });
      await rmdir(join(folder, name)).catch(() => {});
      return count;
    },

    /** Puts these back where they are in the trash; answers which came. */
    async bringBack(wanted: readonly string[]): Promise<Set<string>> {
      const back = new Set<string>();
      if (wanted.length === 0) return back;
      for (const name of (await names()).reverse()) {
        for (const sha256 of wanted) {
          const file = join(folder, name, sha256);
          if (back.has(sha256) || !(await isFile(file))) continue;
          if (await putBack({ name: sha256, file })) back.add(sha256);
        }
        await rmdir(join(folder, name)).catch(() => {});
      }
      return back;
    },

    /** What was removed on purpose: what is in the trash, and what was once emptied from it. */
    async removedOnPurpose(): Promise<Set<string>> {
      const removed = new Set((await readFile(removedFile, 'utf8').catch(() => '')).split('\n').filter(Boolean));
      for (const name of await names()) for (const file of await picturesIn(join(folder, name))) removed.add(file.name);
      return removed;
    },

    async emptyExpired(): Promise<void> {
      for (const name of await names()) if (timeOf(name) + keptMs < now()) await empty(name);
    },
  };
}

/** `2026-11-22T21-05-09`, in world time, as a folder's name on every system. */
export const stampOf = (time: number): string => new Date(time).toISOString().slice(0, 19).replaceAll(':', '-');

function timeOf(name: string): number {
  const [, day = '', hours = '', minutes = '', seconds = ''] =
    /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(name) ?? [];
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
}

const isFile = (file: string): Promise<boolean> =>
  lstat(file).then(
    (stats) => stats.isFile(),
    () => false,
  );

/** Also from one disk to another, where the pictures' folder is a link to elsewhere. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw errorCode(error) === 'ENOENT' ? error : asStorageError(error, to);
    await copyFile(from, `${to}.part`);
    await rename(`${to}.part`, to);
    await unlink(from);
  }
}
