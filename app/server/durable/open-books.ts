import { join } from 'node:path';
import { galleryFile, removeIndexFile } from '../gallery/index-file.ts';
import { openJobBook, type JobBook } from '../job-book.ts';
import { openOutputBook, type OutputBook } from '../output-book.ts';
import type { BookRepair, OpenBookOptions } from './open-book.ts';
import { notSent } from './salvage-jobs.ts';
import type { SetAsideList } from './set-aside.ts';
import { readWitness, writeWitness } from './witness.ts';

export interface Books {
  book: JobBook;
  outputBook: OutputBook;
  /** For the book that the offline service opens for itself. */
  requestsOptions: OpenBookOptions;
  close: () => void;
}

interface BooksOptions {
  dataFolder: string;
  setAside: SetAsideList;
  now: () => number;
  onBug: (error: unknown) => void;
}

/** So often it is written down how far the job book has come. */
const witnessEveryMs = 60_000;

/** Opens the books, and tells the user whatever could not be read of them. */
export function openBooks({ dataFolder, setAside, now, onBug }: BooksOptions): Books {
  const witness = readWitness(dataFolder);
  const date = () => new Date(now());
  let isEntryTold = false;
  const book = openJobBook(join(dataFolder, 'jobs.sqlite'), {
    now: date,
    isExpected: witness !== null,
    leastSeq: witness?.jobsSeq ?? 0,
    onRepair(repair) {
      // What it was made from is another book now.
      removeIndexFile(galleryFile(dataFolder));
      setAside.add({
        what: 'job-book',
        message: sentences.jobs(repair),
        files: filesOf(repair),
        keysMayBeLost: !repair.isComplete,
      });
    },
    onBehind() {
      removeIndexFile(galleryFile(dataFolder));
      setAside.add({ what: 'job-book', message: sentences.behind, files: [], keysMayBeLost: true });
    },
    onDamagedEntry() {
      if (!isEntryTold) setAside.add({ what: 'entry', message: sentences.entry, files: [], keysMayBeLost: false });
      isEntryTold = true;
    },
  });
  if (witness?.restoredFrom) {
    const message = sentences.restored(witness.restoredFrom);
    setAside.add({ what: 'job-book', message, files: [], keysMayBeLost: true });
  }
  // The book may be an old one, and what waits in it was sent and paid for since: then only Run sends it (M1).
  if (setAside.keysMayBeLost()) {
    for (const { key, service, status } of book.live())
      if (status === 'queued' && !service.startsWith('offline/')) book.change(key, { ...notSent, finishedAt: now() });
  }
  const outputBook = openOutputBook(join(dataFolder, 'outputs.sqlite'), {
    now: date,
    onRepair: (repair) =>
      setAside.add({
        what: 'output-book',
        message: sentences.outputs(repair),
        files: filesOf(repair),
        keysMayBeLost: false,
      }),
  });

  let witnessed = -1;
  function bearWitness(): void {
    const jobsSeq = book.storedSeq();
    if (jobsSeq === witnessed) return;
    try {
      writeWitness(dataFolder, { jobsSeq });
      witnessed = jobsSeq;
    } catch (error) {
      onBug(error);
    }
  }
  bearWitness();
  const timer = setInterval(bearWitness, witnessEveryMs);
  timer.unref();

  return {
    book,
    outputBook,
    requestsOptions: {
      now: date,
      onRepair: (repair) =>
        setAside.add({
          what: 'requests-book',
          message: sentences.requests(repair),
          files: filesOf(repair).map((name) => `offline/${name}`),
          keysMayBeLost: false,
        }),
    },
    close() {
      clearInterval(timer);
      book.close();
      bearWitness();
      outputBook.close();
    },
  };
}

/** Its log belongs to it: only with it can somebody else dig on. */
const filesOf = ({ aside }: BookRepair): string[] => (aside ? [aside, `${aside}-wal`] : []);

const kept = ({ aside }: BookRepair): string => (aside ? ` The damaged file was kept as ${aside}.` : '');
const edits = (count: number): string => (count === 1 ? '1 edit' : `${count} edits`);
const mayBePaidAgain =
  'An edit that was made before may be asked for, and paid for, again, because Editloom may not know it any more.';

const sentences = {
  jobs(repair: BookRepair): string {
    const what = `The job book, which remembers every edit that was paid for, could not be used: ${repair.reason}.`;
    if (repair.isComplete)
      return `${what} All of it (${edits(repair.kept)}) was carried over into a new one.${kept(repair)}`;
    const rest =
      repair.kept > 0
        ? `${edits(repair.kept)} could be carried over into a new one; others may be missing.`
        : 'Nothing in it could be read, so a new one was begun.';
    return `${what} ${rest} ${mayBePaidAgain}${kept(repair)}`;
  },
  behind: `The job book is older than it should be: its newest entries are missing, as after an old copy of it was put in its place. ${mayBePaidAgain}`,
  restored: (date: string): string =>
    `This data folder was restored from a backup of ${date.slice(0, 16).replace('T', ' ')} UTC. ` +
    `Edits that were made after that are not in it. ${mayBePaidAgain}`,
  entry:
    'One entry of the job book, or more, could not be read. Each is kept as an edit of which it is not known whether it was made, so it is not sent again by itself.',
  outputs: (repair: BookRepair): string =>
    `The book of saved files could not be used: ${repair.reason}. ${repair.kept} of its entries were carried over. ` +
    `A save node may write a file once more, under a new name.${kept(repair)}`,
  requests: (repair: BookRepair): string =>
    `The offline edit service’s book could not be used: ${repair.reason}. A new one was begun. ` +
    `Offline edits that were still waiting have to be run again, which costs nothing.${kept(repair)}`,
};
