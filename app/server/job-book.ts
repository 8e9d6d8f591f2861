import { jobSchema, type EditInput, type Job, type JobStatus, type Made } from '../wire.ts';
import { damagedEntry } from './durable/damaged-entry.ts';
import { closeBook, openBook, type BookKind, type OpenBookOptions } from './durable/open-book.ts';
import { salvageJobs } from './durable/salvage-jobs.ts';
import { storing } from './durable/sqlite-errors.ts';
import { looseText, readText } from './durable/text.ts';

export type NewJob = {
  key: string;
  service: string;
  model: string;
  input: EditInput;
  createdAt: number;
  madeFor?: string;
  made?: Made;
};
export type JobPatch = Partial<Omit<Job, 'key' | 'service' | 'input' | 'seq'>>;

/** What was asked of the edit services and what became of it: on disk before anybody acts on it (M2, M5). */
export type JobBook = {
  get: (key: string) => Job | null;
  getMany: (keys: readonly string[]) => Job[];
  /** Adds a queued job. Throws where the key is known already. */
  create: (job: NewJob) => Job;
  /** Durable when it returns. */
  change: (key: string, patch: JobPatch) => Job;
  /** The jobs that changed after `seq`, in the order of their last change. */
  since: (seq: number) => Job[];
  /** The first `limit` of these, for a long walk in pieces. */
  page: (seq: number, limit: number) => Job[];
  latestSeq: () => number;
  /** The highest that stands in the book itself. */
  storedSeq: () => number;
  /** All jobs that have not ended, oldest first. */
  live: () => Job[];
  /** Oldest first. */
  withStatus: (status: JobStatus) => Job[];
  /** The job that a request of the service belongs to. */
  keyOfRequest: (requestId: string) => string | null;
  /** How many jobs there are of each status. */
  counts: () => Partial<Record<JobStatus, number>>;
  close: () => void;
};

export type JobBookOptions = OpenBookOptions & {
  /** The count of changes that this book is known to have reached. */
  leastSeq?: number;
  /** Told where the book has not come so far: it is an old copy. */
  onBehind?: () => void;
  /** Told of a single entry that could not be read: it is kept as an unknown job, and its text beside it. */
  onDamagedEntry?: (key: string) => void;
};

const columns = 'CAST(key AS BLOB) AS key, CAST(job AS BLOB) AS job';
const liveStatuses: JobStatus[] = ['queued', 'submitting', 'submitted', 'collecting'];

export const jobBookKind: BookKind = {
  title: 'job book',
  probe: 'SELECT number, key, seq, status, job FROM jobs LIMIT 0',
  synchronous: 'FULL',
  salvage: salvageJobs,
  migrations: [
    `CREATE TABLE jobs (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     key TEXT NOT NULL UNIQUE,
     seq INTEGER NOT NULL UNIQUE,
     status TEXT NOT NULL,
     job TEXT NOT NULL
   );
   CREATE INDEX jobs_by_status ON jobs (status, number);`,
  ],
};

/** The job book in an SQLite file. Only one process may have it open: see data-lock.ts. */
export function openJobBook(file: string, options: JobBookOptions = {}): JobBook {
  let isRepaired = false;
  const database = openBook(file, jobBookKind, {
    ...options,
    onRepair(repair) {
      isRepaired = true;
      options.onRepair?.(repair);
    },
  });

  const insert = database.prepare('INSERT INTO jobs (key, seq, status, job) VALUES (?, ?, ?, ?)');
  const update = database.prepare('UPDATE jobs SET seq = ?, status = ?, job = ? WHERE key = ?');
  const byKey = database.prepare(`SELECT ${columns} FROM jobs WHERE key = ?`);
  const byKeys = database.prepare(
    `SELECT ${columns} FROM jobs WHERE key IN (SELECT value FROM json_each(?)) ORDER BY number`,
  );
  const bySeq = database.prepare(`SELECT ${columns} FROM jobs WHERE seq > ? ORDER BY seq`);
  const somePage = database.prepare(`SELECT ${columns} FROM jobs WHERE seq > ? ORDER BY seq LIMIT ?`);
  const byStatus = database.prepare(
    `SELECT ${columns} FROM jobs WHERE status IN (SELECT value FROM json_each(?)) ORDER BY number`,
  );
  const byRequest = database.prepare(
    "SELECT CAST(key AS BLOB) AS key FROM jobs WHERE CASE WHEN json_valid(job) THEN json_extract(job, '$.requestId') = ? END LIMIT 1",
  );
  const countByStatus = database.prepare(
    'SELECT CAST(status AS BLOB) AS status, COUNT(*) AS count FROM jobs GROUP BY 1',
  );
  const highest = database.prepare('SELECT COALESCE(MAX(seq), 0) AS seq FROM jobs').get() as { seq: number };
  const { leastSeq = 0 } = options;
  if (highest.seq < leastSeq && !isRepaired) options.onBehind?.();
  // Goes on from where it was known to be: a page that remembers later numbers would miss what gets lower ones.
  let seq = Math.max(highest.seq, leastSeq);
  let isOpen = true;

  /** libsql goes on writing after close(), and a stopped runner must not. */
  function stillOpen(): void {
    if (!isOpen) throw new Error('The job book is closed');
  }

  function read(row: unknown): Job | null {
    if (!row) return null;
    const { key, job } = row as { key: unknown; job: unknown };
    try {
      return jobSchema.parse(JSON.parse(readText(job) ?? ''));
    } catch {
      return mend(looseText(key), looseText(job));
    }
  }

  /** One entry that cannot be read neither stops the others nor becomes a key that may be bought again. */
  function mend(key: string, text: string): Job {
    const job = damagedEntry(key, seq + 1, text);
    storing('job book', () => {
      database.exec('CREATE TABLE IF NOT EXISTS unreadable_entries (key TEXT NOT NULL, job TEXT NOT NULL)');
      database.prepare('INSERT INTO unreadable_entries (key, job) VALUES (?, ?)').run(key, text);
      update.run(job.seq, job.status, JSON.stringify(job), key);
    });
    seq = job.seq;
    options.onDamagedEntry?.(key);
    return job;
  }

  const readAll = (rows: unknown[]): Job[] => rows.flatMap((row) => read(row) ?? []);

  /** An entry that had to be mended on the way has changed just now, so it comes last: the order is asked for anew. */
  function readInOrder(ask: () => unknown[]): Job[] {
    const before = seq;
    const jobs = readAll(ask());
    return seq === before ? jobs : readAll(ask());
  }

  return {
    get(key) {
      stillOpen();
      return read(byKey.get(key));
    },
    getMany(keys) {
      stillOpen();
      return readAll(byKeys.all(JSON.stringify(keys)));
    },
    create(request) {
      stillOpen();
      const job: Job = {
        ...request,
        status: 'queued',
        accepted: false,
        requestId: null,
        remoteStatus: null,
        queuePosition: null,
        artifacts: [],
        resultUrls: [],
        note: null,
        error: null,
        price: null,
        submittedAt: null,
        finishedAt: null,
        seq: seq + 1,
      };
      storing('job book', () => insert.run(job.key, job.seq, job.status, JSON.stringify(job)));
      seq = job.seq;
      return job;
    },
    change(key, patch) {
      stillOpen();
      const before = read(byKey.get(key));
      if (!before) throw new Error(`Expected a job in the book, got the unknown key ${key}`);
      const job: Job = { ...before, ...patch, seq: seq + 1 };
      storing('job book', () => update.run(job.seq, job.status, JSON.stringify(job), key));
      seq = job.seq;
      return job;
    },
    since(after) {
      stillOpen();
      return readInOrder(() => bySeq.all(after));
    },
    page(after, limit) {
      stillOpen();
      return readInOrder(() => somePage.all(after, limit));
    },
    latestSeq: () => seq,
    storedSeq: () => (seq > leastSeq ? seq : highest.seq),
    live() {
      stillOpen();
      const rows = byStatus.all(JSON.stringify(liveStatuses));
      // One that could not be read is not followed: it has become `unknown` on the way.
      return readAll(rows).filter(({ status }) => liveStatuses.includes(status));
    },
    withStatus(status) {
      stillOpen();
      return readAll(byStatus.all(JSON.stringify([status])));
    },
    keyOfRequest(requestId) {
      stillOpen();
      return readText((byRequest.get(requestId) as { key: unknown } | undefined)?.key);
    },
    counts() {
      stillOpen();
      const rows = countByStatus.all() as { status: unknown; count: number }[];
      return Object.fromEntries(rows.map(({ status, count }) => [looseText(status), count]));
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      closeBook(database);
    },
  };
}
