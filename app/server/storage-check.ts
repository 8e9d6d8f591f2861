import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckEvent, Finding, StoredPicture } from '../storage-wire.ts';
import { existingFiles } from './existing-files.ts';
import type { OutputBook } from './output-book.ts';
import type { PictureStore } from './pictures.ts';
import { hashFile } from './storage-hash.ts';
import { isOffline, priceOf, type StorageIndex } from './storage-index.ts';
import type { StoredPictures } from './storage-pictures.ts';
import type { createRepair, Repair } from './storage-repair.ts';
import { moveFile, stampOf, type TrashStore } from './storage-trash.ts';
import { breathe, inParallel, walkPictures, type FoundFile } from './storage-walk.ts';
import { foundSentence } from './storage-words.ts';
import { PictureRefused, verifyPicture } from './verify-picture.ts';
import { errorCode } from './write-file.ts';

interface CheckOptions {
  dataFolder: string;
  outputsFolder: string;
  index: StorageIndex;
  stored: StoredPictures;
  trash: TrashStore;
  pictures: Pick<PictureStore, 'file' | 'removeThumbnails' | 'missing'>;
  outputBook: Pick<OutputBook, 'all'>;
  repair: ReturnType<typeof createRepair>;
  now: () => number;
}

export type Tell = (event: CheckEvent) => void | Promise<void>;
type About = Pick<StoredPicture, 'prompt' | 'madeFor' | 'paid' | 'price'>;

const mostFetchesAtOnce = 4;
const mostReadsAtOnce = 4;
const unreadable = ['damaged', 'empty', 'not-a-picture'];

/**
 * Reads every picture again and compares it with its name, which is its SHA-256; looks for those that are missing, and
 * decodes the saved files. What is damaged is moved aside and brought back from where it still is. Never pays.
 */
export function createCheck(options: CheckOptions) {
  const { dataFolder, outputsFolder, index, stored, trash, pictures, outputBook, repair, now } = options;

  return async (tell: Tell, signal: AbortSignal): Promise<void> => {
    const aside = join(dataFolder, 'damaged', stampOf(now()));
    const sum = { checked: 0, bytes: 0, found: 0, repaired: 0, removed: 0, outputsGone: 0 };
    const repairs = new Set<Promise<void>>();
    let failure: unknown = null;
    let told = 0;

    const files: FoundFile[] = [];
    for await (const some of walkPictures(join(dataFolder, 'pictures'))) files.push(...some);
    const pictureOf = await stored.classifier();
    const missing = await missingPictures();
    const outputs = outputBook.all();
    const total = files.length + outputs.length + missing.size;
    await progress(0, true);

    /** Not for each of 20,000 files: the page wants to see that it goes on, no more. */
    async function progress(bytes: number, always = false): Promise<void> {
      sum.bytes += bytes;
      if (!always && ++told % 50 !== 0) return;
      await tell({ type: 'progress', checked: sum.checked, total, bytes: sum.bytes });
    }

    async function found(finding: Omit<Finding, 'message'>, repaired: Repair): Promise<void> {
      sum.found++;
      if (repaired.outcome === 'repaired') sum.repaired++;
      await tell({ type: 'found', ...finding, message: foundSentence(finding, repaired) });
    }

    /** Goes on with the next file while this one is being fetched. */
    async function startRepair(what: 'damaged' | 'missing', sha256: string, about: About): Promise<void> {
      while (repairs.size >= mostFetchesAtOnce) await Promise.race(repairs);
      const makers = index.madeBy(sha256);
      const work = repair(sha256, makers, signal)
        .then(async (repaired) => {
          await pictures.removeThumbnails(sha256);
          await found({ what, sha256, file: null, ...about, outcome: repaired.outcome }, repaired);
        })
        .catch((error: unknown) => void (failure ??= error))
        .finally(() => repairs.delete(work));
      repairs.add(work);
    }

    async function checkPicture(file: FoundFile): Promise<void> {
      let sha256: string;
      try {
        sha256 = await hashFile(file.file, signal);
        // Once more before it is called damaged: a bad cable or memory may have read it wrongly.
        if (sha256 !== file.name) sha256 = await hashFile(file.file, signal);
      } catch (error) {
        signal.throwIfAborted();
        // Removed meanwhile, by the user.
        if (errorCode(error) === 'ENOENT') return;
        if (errorCode(error) !== 'EIO') throw error;
        sha256 = 'unreadable';
      }
      if (sha256 === file.name) return;
      const { prompt, madeFor, paid, price } = pictureOf(file);
      await moveFile(file.file, join(aside, file.name));
      await startRepair('damaged', file.name, { prompt, madeFor, paid, price });
    }

    async function missingPictures(): Promise<Map<string, About>> {
      const wanted = new Map<string, About>();
      for (const note of index.all()) {
        const remote = isOffline(note) ? [] : [note];
        const { prompt, madeFor } = note;
        if (note.status === 'done') {
          const about = { prompt, madeFor, paid: remote.length > 0, price: priceOf(remote) };
          for (const sha256 of note.pictures) wanted.set(sha256, about);
        }
      }
      for (const { input, madeFor } of index.all()) {
        if (!wanted.has(input)) wanted.set(input, { prompt: null, madeFor, paid: false, price: null });
      }
      await breathe();
      const gone = await pictures.missing([...wanted.keys()]);
      const removed = await trash.removedOnPurpose();
      for (const sha256 of wanted.keys()) {
        if (gone.has(sha256) && removed.has(sha256)) sum.removed++;
        if (!gone.has(sha256) || removed.has(sha256)) wanted.delete(sha256);
      }
      return wanted;
    }

    async function checkOutput({ file, artifact }: ReturnType<OutputBook['all']>[number]): Promise<void> {
      const path = join(outputsFolder, file);
      const bytes = await readFile(path).catch(() => null);
      if (!bytes) return;
      try {
        // A sheet of many pictures may be a PDF, or larger than a picture may be; it can be written again.
        if (artifact) await verifyPicture(bytes);
      } catch (error) {
        if (!(error instanceof PictureRefused) || !unreadable.includes(error.code)) throw error;
        await moveFile(path, join(aside, 'outputs', ...file.split('/')));
        const { prompt = null, madeFor = null } = index.madeBy(artifact!.sha256)[0] ?? {};
        const about = { prompt, madeFor, paid: false, price: null };
        const finding = { what: 'output' as const, sha256: artifact!.sha256, file, ...about };
        await found({ ...finding, outcome: 'not-repaired' }, { outcome: 'not-repaired', reason: null });
      }
      sum.bytes += bytes.length;
    }

    try {
      await readAll();
    } finally {
      // Also where it was stopped: nothing of it goes on behind the next work on the storage.
      await Promise.all(repairs);
    }
    if (failure) throw failure instanceof Error ? failure : new Error('The check failed.', { cause: failure });
    await progress(0, true);
    await tell({ type: 'end', ...sum });

    async function readAll(): Promise<void> {
      await inParallel(files, mostReadsAtOnce, async (file) => {
        signal.throwIfAborted();
        await checkPicture(file);
        sum.checked++;
        await progress(file.bytes);
      });
      for (const [sha256, about] of missing) {
        signal.throwIfAborted();
        await startRepair('missing', sha256, about);
        sum.checked++;
        await progress(0);
      }
      const present = await existingFiles(outputs.map(({ file }) => join(outputsFolder, file)));
      for (const output of outputs) {
        signal.throwIfAborted();
        if (present.has(join(outputsFolder, output.file))) await checkOutput(output);
        else sum.outputsGone++;
        sum.checked++;
        await progress(0);
        await breathe();
      }
    }
  };
}
