import { lstat, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RoomKind, StorageReply } from '../storage-wire.ts';
import { resultFileOf } from './offline/storage.ts';
import type { OutputBook } from './output-book.ts';
import { unfinishedOutputs } from './outputs.ts';
import type { PictureStore } from './pictures.ts';
import { isOffline, type StorageIndex } from './storage-index.ts';
import { entriesOf, sizeBelow, statAll, walkPictures, type FoundFile } from './storage-walk.ts';

interface RoomsOptions {
  dataFolder: string;
  outputsFolder: string;
  index: StorageIndex;
  outputBook: Pick<OutputBook, 'all'>;
  pictures: Pick<PictureStore, 'missing'>;
  now: () => number;
}

export type StorageRooms = ReturnType<typeof createRooms>;

/** A file that is being written is younger than this. */
const unfinishedMs = 60 * 60_000;
const partName = /^\.[0-9a-f-]{36}\.part$/;

/** What each part of the data folder takes, and the removing of what can be made again. */
export function createRooms({ dataFolder, outputsFolder, index, outputBook, pictures, now }: RoomsOptions) {
  const picturesFolder = join(dataFolder, 'pictures');
  const offlineFolder = join(dataFolder, 'offline');

  async function unfinished(): Promise<FoundFile[]> {
    const files: string[] = [];
    for (const folder of [
      dataFolder,
      join(picturesFolder, 'unfinished'),
      join(dataFolder, 'graphs', 'unfinished'),
      unfinishedOutputs(outputsFolder),
    ]) {
      for (const entry of await entriesOf(folder)) if (partName.test(entry.name)) files.push(join(folder, entry.name));
    }
    return (await statAll(files)).filter(({ changedAt }) => changedAt < now() - unfinishedMs);
  }

  /** Results of the offline service that Editloom's own jobs have brought home; other programs' stay theirs. */
  async function offlineCopies(): Promise<FoundFile[]> {
    await index.refresh();
    const jobs = [...index.all()].filter((note) => note.status === 'done' && isOffline(note));
    const missing = await pictures.missing(jobs.flatMap((note) => note.pictures));
    const files = jobs
      .filter((note) => note.pictures.length > 0 && note.pictures.every((sha256) => !missing.has(sha256)))
      .flatMap((note) => note.resultUrls.flatMap((url) => offlineFile(url) ?? []));
    return statAll([...new Set(files)]);
  }

  function offlineFile(url: string): string | null {
    const [, name] = /\/offline-storage\/(.+)$/.exec(URL.canParse(url) ? new URL(url).pathname : '') ?? [];
    return name === undefined ? null : resultFileOf(offlineFolder, name);
  }

  async function outputs(): Promise<{ bytes: number; files: number }> {
    // Only what Editloom wrote: the folder may be one that the user keeps other pictures in.
    return sum(await statAll(outputBook.all().map(({ file }) => join(outputsFolder, file))));
  }

  async function pictureSize(): Promise<{ bytes: number; files: number }> {
    const size = { bytes: 0, files: 0 };
    for await (const files of walkPictures(picturesFolder)) {
      size.files += files.length;
      for (const { bytes } of files) size.bytes += bytes;
    }
    return size;
  }

  return {
    offlineCopies: async () => sum(await offlineCopies()),

    async list(): Promise<StorageReply['rooms']> {
      const rooms = new Map<RoomKind, { bytes: number; files: number }>();
      const add = (kind: RoomKind, size: { bytes: number; files: number }): void => {
        const before = rooms.get(kind) ?? { bytes: 0, files: 0 };
        rooms.set(kind, { bytes: before.bytes + size.bytes, files: before.files + size.files });
      };
      add('pictures', await pictureSize());
      add('thumbnails', await sizeBelow(join(picturesFolder, 'thumbnails')));
      add('outputs', await outputs());
      add('unfinished', sum(await unfinished()));
      for (const entry of await entriesOf(dataFolder)) {
        const path = join(dataFolder, entry.name);
        if (path === picturesFolder || path === outputsFolder || partName.test(entry.name)) continue;
        const kind = kindOf(entry.name);
        if (entry.isDirectory()) add(kind, await sizeBelow(path));
        else add(kind, sum(await statAll([path])));
      }
      return [...rooms].map(([kind, size]) => ({ kind, ...size })).filter(({ files }) => files > 0);
    },

    /** Answers how many bytes are free then. */
    async remove(what: 'thumbnails' | 'offline' | 'unfinished' | 'damaged'): Promise<number> {
      if (what === 'thumbnails' || what === 'damaged') {
        const folder = what === 'damaged' ? join(dataFolder, 'damaged') : join(picturesFolder, 'thumbnails');
        // A link to elsewhere is not ours to empty.
        if (!(await lstat(folder).catch(() => null))?.isDirectory()) return 0;
        const { bytes } = await sizeBelow(folder);
        await rm(folder, { recursive: true, force: true });
        return bytes;
      }
      const files = await (what === 'offline' ? offlineCopies() : unfinished());
      for (const { file } of files) {
        if (what === 'offline') await rm(dirname(dirname(file)), { recursive: true, force: true });
        else await unlink(file).catch(() => {});
      }
      return sum(files).bytes;
    },
  };
}

function kindOf(name: string): RoomKind {
  if (name === 'offline' || name === 'trash' || name === 'damaged' || name === 'graphs') return name;
  if (/^logs?$|\.log(\.\d+)?$/.test(name)) return 'logs';
  return /\.sqlite(-wal|-shm)?\b/.test(basename(name)) ? 'books' : 'other';
}

function sum(files: readonly FoundFile[]): { bytes: number; files: number } {
  return { bytes: files.reduce((bytes, file) => bytes + file.bytes, 0), files: files.length };
}
