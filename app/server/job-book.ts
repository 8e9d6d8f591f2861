import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { jobSchema, type EditInput, type Job, type JobStatus } from '../wire.ts';

export type NewJob = {
  key: string;
  service: string;
  model: string;
  input: EditInput;
  createdAt: number;
  madeFor?: string;
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
  /** All jobs that have not ended, oldest first. */
  live: () => Job[];
  close: () => void;
};

const liveStatuses: JobStatus[] = ['queued', 'submitting', 'submitted', 'collecting'];

/** Step n takes a book of version n to version n + 1; the length of the list is today's version. */
const migrations = [
  `CREATE TABLE jobs (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     key TEXT NOT NULL UNIQUE,
     seq INTEGER NOT NULL UNIQUE,
     status TEXT NOT NULL,
     job TEXT NOT NULL
   );
   CREATE INDEX jobs_by_status ON jobs (status, number);`,
];

/** The job book in an SQLite file. Only one process may have it open: see data-lock.ts. */
export function openJobBook(file: string): JobBook {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file);
  // FULL syncs the log at each commit, so a job that we say is written survives a power cut.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  migrate(database, file);

  const insert = database.prepare('INSERT INTO jobs (key, seq, status, job) VALUES (?, ?, ?, ?)');
  const update = database.prepare('UPDATE jobs SET seq = ?, status = ?, job = ? WHERE key = ?');
  const byKey = database.prepare('SELECT job FROM jobs WHERE key = ?');
  const byKeys = database.prepare('SELECT job FROM jobs WHERE key IN (SELECT value FROM json_each(?)) ORDER BY number');
  const bySeq = database.prepare('SELECT job FROM jobs WHERE seq > ? ORDER BY seq');
  const somePage = database.prepare('SELECT job FROM jobs WHERE seq > ? ORDER BY seq LIMIT ?');
  const liveOnes = database.prepare(
    'SELECT job FROM jobs WHERE status IN (SELECT value FROM json_each(?)) ORDER BY number',
  );
  const highest = database.prepare('SELECT COALESCE(MAX(seq), 0) AS seq FROM jobs').get() as { seq: number };
  let seq = highest.seq;
  let isOpen = true;

  /** libsql goes on writing after close(), and a stopped runner must not. */
  function stillOpen(): void {
    if (!isOpen) throw new Error('The job book is closed');
  }

  const read = (row: unknown): Job | null => (row ? jobSchema.parse(JSON.parse((row as { job: string }).job)) : null);
  const readAll = (rows: unknown[]): Job[] => rows.flatMap((row) => read(row) ?? []);

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
      insert.run(job.key, job.seq, job.status, JSON.stringify(job));
      seq = job.seq;
      return job;
    },
    change(key, patch) {
      stillOpen();
      const before = read(byKey.get(key));
      if (!before) throw new Error(`Expected a job in the book, got the unknown key ${key}`);
      const job: Job = { ...before, ...patch, seq: seq + 1 };
      update.run(job.seq, job.status, JSON.stringify(job), key);
      seq = job.seq;
      return job;
    },
    since(after) {
      stillOpen();
      return readAll(bySeq.all(after));
    },
    page(after, limit) {
      stillOpen();
      return readAll(somePage.all(after, limit));
    },
    latestSeq: () => seq,
    live() {
      stillOpen();
      return readAll(liveOnes.all(JSON.stringify(liveStatuses)));
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      database.close();
    },
  };
}

function migrate(database: InstanceType<typeof Database>, file: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > migrations.length) {
    throw new Error(
      `The job book ${file} is of version ${version}, but this Editloom knows versions up to ${migrations.length}. Use the newer Editloom that wrote it.`,
    );
  }
  for (let step = version; step < migrations.length; step++) {
    database.exec(`BEGIN; ${migrations[step]} PRAGMA user_version = ${step + 1}; COMMIT`);
  }
}
