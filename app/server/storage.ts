import { join } from 'node:path';
import type { z } from 'zod';
import type { Job, Sample } from '../wire.ts';
import type {
  cleanRequestSchema,
  CleanPlan,
  CleanReply,
  PicturePage,
  planRequestSchema,
  RoomReply,
  StorageReply,
} from '../storage-wire.ts';
import { HttpError } from './http-error.ts';
import type { JobBook } from './job-book.ts';
import type { JobService } from './job-routes.ts';
import type { OutputBook } from './output-book.ts';
import type { PictureStore } from './pictures.ts';
import { createCheck, type Tell } from './storage-check.ts';
import { createCleaning } from './storage-clean.ts';
import { createStorageIndex } from './storage-index.ts';
import { createStoredPictures } from './storage-pictures.ts';
import { createRepair } from './storage-repair.ts';
import { createRooms } from './storage-rooms.ts';
import { createTrash } from './storage-trash.ts';
import { disksOf } from './storage-walk.ts';
import { paidSum, sizeWords } from '../storage-words.ts';

export interface StorageOptions {
  dataFolder: string;
  outputsFolder: string;
  book: Pick<JobBook, 'page' | 'latestSeq'>;
  outputBook: Pick<OutputBook, 'all'>;
  pictures: PictureStore;
  samples: () => Promise<Sample[]>;
  jobs: Pick<JobService, 'fetchMissing' | 'get'>;
  subscribe: (listener: (job: Job) => void) => () => void;
  /** Whether the edit service of this id can be asked now. */
  canAsk: (service: string) => boolean;
  /** Pictures were removed or brought back. */
  onMoved?: () => void;
  now?: () => number;
  setTimer?: (callback: () => void, ms: number) => () => void;
  disks?: typeof disksOf;
  onBug?: (error: unknown) => void;
}

export interface Storage {
  overview: () => Promise<StorageReply>;
  page: (request: { group: string; offset: number; limit: number }) => Promise<PicturePage>;
  /** Is there room for so many edits more? */
  room: (edits: number) => Promise<RoomReply>;
  name: (pictures: readonly string[]) => void;
  plan: (request: z.output<typeof planRequestSchema>) => Promise<CleanPlan>;
  clean: (request: z.output<typeof cleanRequestSchema>) => Promise<CleanReply>;
  restore: (removal: string) => Promise<number>;
  /** Throws at once where another work on the storage is under way; else tells of the check until it has ended. */
  check: () => (tell: Tell, signal: AbortSignal) => Promise<void>;
  /** Puts pictures back that are in the trash: somebody wants them. */
  bringBack: (pictures: readonly string[]) => Promise<void>;
  close: () => void;
}

const lowBytes = 500e6;
const dayMs = 24 * 60 * 60 * 1000;

/** The room that everything takes on the disk, its cleaning, and the check of what is there. */
export function createStorage(options: StorageOptions): Storage {
  const { dataFolder, outputsFolder, book, outputBook, pictures, samples, jobs, onBug = console.error } = options;
  const { now = Date.now, setTimer = systemTimer, disks = disksOf } = options;
  const index = createStorageIndex(book);
  const stored = createStoredPictures({
    folder: join(dataFolder, 'pictures'),
    index,
    outputBook,
    samples,
    uploads: pictures.uploads,
    now,
  });
  const trash = createTrash({ folder: join(dataFolder, 'trash'), fileOf: pictures.file, now });
  const rooms = createRooms({ dataFolder, outputsFolder, index, outputBook, pictures, now });
  const cleaning = createCleaning({ index, stored, trash, pictures, rooms, now });
  const repair = createRepair({
    jobs,
    subscribe: options.subscribe,
    canAsk: options.canAsk,
    trash,
    outputBook,
    outputsFolder,
    fileOf: pictures.file,
    bringSampleBack: async (sha256) => (await samples()).some(({ artifact }) => artifact.sha256 === sha256),
    waitMs: 120_000,
    setTimer,
  });
  const check = createCheck({
    dataFolder,
    outputsFolder,
    index,
    stored,
    trash,
    pictures,
    outputBook,
    repair,
    now,
  });
  let underway: 'check' | 'clean' | null = null;
  const moved = (): void => {
    stored.forget();
    options.onMoved?.();
  };

  const emptyExpired = (): void => void trash.emptyExpired().catch(onBug);
  emptyExpired();
  const everyDay = setInterval(emptyExpired, dayMs);
  everyDay.unref();

  function begin(what: 'check' | 'clean'): void {
    if (underway !== null) {
      const now = underway === 'check' ? 'The pictures are being checked' : 'The storage is being cleaned';
      throw new HttpError(409, 'busy', `${now}. Wait until that has ended.`);
    }
    underway = what;
  }

  async function alone<T>(work: () => Promise<T>): Promise<T> {
    begin('clean');
    try {
      return await work();
    } finally {
      underway = null;
      moved();
    }
  }

  /** What one edit more takes, by the newest pictures: its picture, a file saved from it, small pictures. */
  function bytesOfEdit(): number {
    const sizes = book.page(Math.max(0, book.latestSeq() - 200), 200).flatMap(({ artifacts }) => artifacts);
    if (sizes.length === 0) return 4e6;
    return (sizes.reduce((sum, { bytes }) => sum + bytes, 0) / sizes.length) * 2 + 1e5;
  }

  async function room(edits: number): Promise<RoomReply> {
    const found = await disks([dataFolder, outputsFolder]);
    const free = found.length === 0 ? null : Math.min(...found.map((disk) => disk.free));
    const needed = Math.ceil(edits * bytesOfEdit());
    return { free, needed, warning: free === null ? null : warningOf(free, needed) };
  }

  return {
    room,
    async overview() {
      stored.forget();
      const pictureOf = await stored.classifier();
      const [found, groups, list, offlineCopies, removals, { warning }] = await Promise.all([
        disks([dataFolder, outputsFolder]),
        stored.list(),
        rooms.list(),
        rooms.offlineCopies(),
        trash.list(),
        room(0),
      ]);
      return {
        dataFolder,
        outputsFolder,
        disks: found,
        warning,
        rooms: list,
        groups,
        trash: removals
          .map(({ files, ...removal }) => ({
            ...removal,
            count: files.length,
            bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
            paid: paidSum(files.map(pictureOf)),
          }))
          .reverse(),
        offlineCopies,
        checking: underway === 'check',
      };
    },
    async page({ group, offset, limit }) {
      const all = (await stored.groups()).get(group) ?? [];
      const end = offset + limit;
      return { pictures: all.slice(offset, end), next: end < all.length ? end : null };
    },
    name: (named) => stored.name(named),
    plan: (request) => cleaning.plan(request),
    clean: (request) => alone(() => cleaning.clean(request)),
    restore: (removal) => alone(() => trash.restore(removal)),
    check() {
      begin('check');
      return async (tell, signal) => {
        try {
          await check(tell, signal);
        } finally {
          underway = null;
          moved();
        }
      };
    },
    async bringBack(wanted) {
      const gone = await pictures.missing(wanted);
      if (gone.size > 0 && (await trash.bringBack([...gone])).size > 0) moved();
    },
    close: () => clearInterval(everyDay),
  };
}

function warningOf(free: number, needed: number): string | null {
  if (needed > free) {
    return `This run may need about ${sizeWords(needed)}, but only ${sizeWords(free)} are free on the disk. Free some space first; a picture that cannot be kept is fetched later.`;
  }
  if (free < lowBytes) return `The disk is nearly full: only ${sizeWords(free)} are free. Free some space soon.`;
  return null;
}

function systemTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
