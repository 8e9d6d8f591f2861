import type { z } from 'zod';
import type {
  galleryAskSchema,
  GalleryEntry,
  GalleryFacets,
  GalleryFilter,
  GalleryName,
  GalleryPage,
} from '../../gallery-wire.ts';
import type { Job } from '../../wire.ts';
import { sqliteCode } from '../durable/sqlite-errors.ts';
import type { JobBook } from '../job-book.ts';
import type { PictureStore } from '../pictures.ts';
import { breathe } from '../storage-walk.ts';
import { closeIndexFile, openIndexFile, removeIndexFile } from './index-file.ts';
import { createEntryReader } from './read-entries.ts';
import { createEntryWriter } from './write-entries.ts';

export interface GalleryOptions {
  /** Of the index; it may be removed at any time while the server is down. */
  file: string;
  book: Pick<JobBook, 'page' | 'latestSeq' | 'get' | 'counts'>;
  pictures: Pick<PictureStore, 'missing'>;
  subscribe: (listener: (job: Job) => void) => () => void;
  onBug: (error: unknown) => void;
  /** Calls back once after `ms`; returns how to stop it. */
  setTimer?: (callback: () => void, ms: number) => () => void;
  /** Jobs that are read in one piece. */
  piece?: number;
}

export interface Gallery {
  page: (ask: z.output<typeof galleryAskSchema>) => Promise<GalleryPage>;
  facets: (filter: GalleryFilter) => Promise<GalleryFacets>;
  names: (filter: GalleryFilter) => Promise<GalleryName[]>;
  entries: (keys: readonly string[]) => Promise<GalleryEntry[]>;
  /** Reads the job book to its end. */
  catchUp: () => Promise<void>;
  /** Pictures were removed or brought back: looks which are here. */
  lookAgain: () => Promise<void>;
  close: () => void;
}

/** So often a page is read anew at most, where some of its pictures turned out to be gone. */
const mostLooks = 3;
/** A question waits so long for the index to be whole; then it is answered with what is there. */
const patienceMs = 200;
const afterStartMs = 1500;
const afterChangeMs = 400;
export const mostNames = 200_000;

/**
 * All pictures that were ever made, as an index of its own beside the job book. It follows the book by the number of the
 * last change, writes each piece of it together with that number, and holds nothing that is not in the book: killed at
 * any moment it goes on where it was, and without its file it begins anew.
 */
export function createGallery(options: GalleryOptions): Gallery {
  const { file, book, pictures, onBug, setTimer = systemTimer, piece = 100 } = options;
  let open: ReturnType<typeof openIndex> | null = null;
  let isClosed = false;
  let catching: Promise<void> | null = null;
  let looking: Promise<void> | null = null;
  /** How many changes were to be read when this began; null while the index is in step. */
  let behind: { from: number; of: number } | null = null;
  let stopTimer = setTimer(follow, afterStartMs);
  let isFollowing = true;

  const unsubscribe = options.subscribe(() => {
    if (isFollowing || isClosed) return;
    isFollowing = true;
    stopTimer = setTimer(follow, afterChangeMs);
  });

  function follow(): void {
    isFollowing = false;
    catchUp().catch(onBug);
  }

  function openIndex() {
    const database = openIndexFile(file);
    return { database, reader: createEntryReader(database), writer: createEntryWriter(database) };
  }

  function index() {
    if (isClosed) throw new Error('The gallery is closed');
    return (open ??= openIndex());
  }

  function beginAnew(): void {
    if (open) closeIndexFile(open.database);
    open = null;
    removeIndexFile(file);
  }

  /** The index is of this very job book, and has all that the book has. */
  function isOfThisBook(): boolean {
    const { reader, writer } = index();
    // Something changed just now: then there is nothing to compare yet.
    if (book.page(writer.seq(), 1).length > 0) return true;
    return reader.count() >= (book.counts().done ?? 0) && reader.ends().every((key) => book.get(key) !== null);
  }

  async function read(): Promise<void> {
    if (index().writer.seq() > book.latestSeq()) beginAnew();
    const from = index().writer.seq();
    behind = { from, of: book.latestSeq() - from };
    for (;;) {
      const jobs = book.page(index().writer.seq(), piece);
      if (jobs.length > 0) index().writer.take(jobs);
      if (jobs.length < piece) return;
      await breathe();
      if (isClosed) return;
    }
  }

  let isChecked = false;

  async function readAll(): Promise<void> {
    try {
      await read();
      if (isClosed || isChecked) return;
      isChecked = true;
      if (!isOfThisBook()) {
        beginAnew();
        await read();
      }
      if (!isClosed) await look();
    } catch (error) {
      if (!['CORRUPT', 'NOTADB'].includes(sqliteCode(error))) throw error;
      beginAnew();
      await read();
    }
  }

  function catchUp(): Promise<void> {
    catching ??= readAll().finally(() => {
      catching = null;
      behind = null;
    });
    return catching;
  }

  async function look(): Promise<void> {
    const all = index().reader.pictures();
    const missing = await pictures.missing(all.map(({ sha256 }) => sha256));
    if (isClosed) return;
    index().writer.setHere(
      all.flatMap(({ number, sha256, here }) => (here === missing.has(sha256) ? [{ number, here: !here }] : [])),
    );
  }

  /** In step, or not quite where that takes long. */
  async function soon(): Promise<void> {
    let stop = () => {};
    const caught = catchUp();
    const patience = new Promise<void>((resolve) => (stop = setTimer(resolve, patienceMs)));
    await Promise.race([caught, patience]).finally(() => stop());
    // Who goes on meanwhile is told of by whoever waits for the whole.
    caught.catch(onBug);
  }

  function rebuilding(): GalleryPage['rebuilding'] {
    return behind === null ? null : { done: index().writer.seq() - behind.from, of: behind.of };
  }

  /** With what is here now; the index learns of it. */
  async function checked(found: readonly { number: number; entry: GalleryEntry }[]) {
    const missing = await pictures.missing(found.map(({ entry }) => entry.sha256));
    const wrong = found.filter(({ entry }) => entry.here === missing.has(entry.sha256));
    if (wrong.length > 0 && !isClosed)
      index().writer.setHere(wrong.map(({ number, entry }) => ({ number, here: !entry.here })));
    const entries = found.map(({ entry }) => ({ ...entry, here: !missing.has(entry.sha256) }));
    return { entries, isNews: wrong.length > 0 };
  }

  async function page(ask: Parameters<Gallery['page']>[0]): Promise<GalleryPage> {
    await soon();
    // What was removed just now is neither shown nor counted. Further down all stays at its place.
    for (let again = ask.offset === 0 ? mostLooks : 0; ; again--) {
      const { found, ...rest } = index().reader.page(ask);
      const { entries, isNews } = await checked(found);
      if (!isNews || again === 0 || isClosed) return { ...rest, entries, rebuilding: rebuilding() };
    }
  }

  /** Pictures are waited for by whoever types; what is counted beside them comes after. */
  const pagesUnderway = new Set<Promise<GalleryPage>>();

  async function count(filter: GalleryFilter): Promise<GalleryFacets> {
    const { reader } = index();
    const counting = reader.facets(filter);
    for (;;) {
      const part = counting.next();
      if (part.done) return part.value;
      await breathe();
      while (pagesUnderway.size > 0) await Promise.allSettled(pagesUnderway);
      // The index was made anew meanwhile.
      if (index().reader !== reader) return count(filter);
    }
  }

  return {
    catchUp,
    page(ask) {
      const asked = page(ask).finally(() => pagesUnderway.delete(asked));
      pagesUnderway.add(asked);
      return asked;
    },
    async entries(keys) {
      await soon();
      return (await checked(index().reader.entries(keys))).entries;
    },
    async facets(filter) {
      await soon();
      return count(filter);
    },
    async names(filter) {
      await soon();
      return index().reader.names(filter, mostNames);
    },
    lookAgain() {
      looking ??= look().finally(() => (looking = null));
      return looking;
    },
    close() {
      isClosed = true;
      unsubscribe();
      stopTimer();
      if (open) closeIndexFile(open.database);
      open = null;
    },
  };
}

function systemTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
