import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { link, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The disk refused: full, read-only, or not ours. `message` is a sentence for the user. */
export class StorageError extends Error {
  override name = 'StorageError';
  readonly code: string;
  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

const reasons: Record<string, [code: string, reason: string]> = {
  ENOSPC: ['disk-full', 'the disk is full. Free some space and try again'],
  EDQUOT: ['disk-full', 'your disk quota is used up. Free some space and try again'],
  EROFS: ['not-writable', 'the disk is read-only'],
  EACCES: ['not-writable', 'this folder may not be written to. Check its permissions'],
  EPERM: ['not-writable', 'this folder may not be written to. Check its permissions'],
  EFBIG: ['too-large', 'the file system takes no file of this size'],
};

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export function asStorageError(error: unknown, file: string): StorageError {
  if (error instanceof StorageError) return error;
  const [code, reason] = reasons[errorCode(error) ?? ''] ?? ['storage-failed', `the disk answered ${String(error)}`];
  return new StorageError(code, `${file} could not be written: ${reason}.`, error);
}

interface WriteOptions {
  /** Where the unfinished file lives until it is whole; on the same file system. Default: beside the file. */
  temporaryFolder?: string;
  mode?: number;
}

/** Replaces a file in one step: a reader sees the old bytes or the new ones, after a power cut as well. */
export async function writeWhole(file: string, bytes: Uint8Array | string, options: WriteOptions = {}): Promise<void> {
  try {
    await writeAside(file, bytes, options, (temporary) => rename(temporary, file));
    await syncFolder(dirname(file));
  } catch (error) {
    throw asStorageError(error, file);
  }
}

/** Writes a file that must not exist yet. False, and nothing written, where the name is taken. */
export async function writeNew(file: string, bytes: Uint8Array, options: WriteOptions = {}): Promise<boolean> {
  try {
    await writeAside(file, bytes, options, async (temporary) => {
      try {
        await link(temporary, file);
      } catch (error) {
        // FAT, exFAT and some network shares know no hard links: claim the name, then put the finished file in its place.
        // EISDIR is what libuv makes of Windows' ERROR_INVALID_FUNCTION (src/win/error.c).
        if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EINVAL', 'EISDIR'].includes(errorCode(error) ?? ''))
          throw error;
        await (await open(file, 'wx')).close();
        return rename(temporary, file);
      }
      await unlink(temporary);
    });
    await syncFolder(dirname(file));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw asStorageError(error, file);
  }
}

async function writeAside(
  file: string,
  bytes: Uint8Array | string,
  { temporaryFolder = dirname(file), mode }: WriteOptions,
  settle: (temporary: string) => Promise<void>,
): Promise<void> {
  await makeFolder(dirname(file));
  await mkdir(temporaryFolder, { recursive: true });
  const temporary = join(temporaryFolder, `.${randomUUID()}.part`);
  try {
    const handle = await open(temporary, 'wx', mode ?? 0o666);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await settle(temporary);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

/** A file is only as durable as the names of the folders in which it lies. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** The same as `writeWhole` for the few moments of a start at which nothing else may happen. */
export function writeWholeSync(file: string, text: string): void {
  const temporary = join(dirname(file), `.${randomUUID()}.part`);
  try {
    writeFileSync(temporary, text, { flag: 'wx', flush: true });
    renameSync(temporary, file);
    syncFolderSync(dirname(file));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw asStorageError(error, file);
  }
}

export function syncFolderSync(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Windows can't, and needs not to.
  }
}

/** Makes the new name itself durable. Windows can't sync a folder and needs not to. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}

/** Removes what a killed server left half-written in a folder. Only safe while no other server works there. */
export async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const unfinished = names.filter((name) => /^\.[0-9a-f-]{36}\.part$/.test(name));
  await Promise.all(unfinished.map((name) => unlink(join(folder, name)).catch(() => {})));
}
