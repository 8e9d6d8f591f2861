import { z } from 'zod';
import { closeBook, openBook, type BookKind, type OpenBookOptions } from '../durable/open-book.ts';
import { storing } from '../durable/sqlite-errors.ts';
import { readText } from '../durable/text.ts';
import { inputSchema, type OfflineInput, type RequestStatus } from './contract.ts';

/** One request to the offline edit service, as it lies on disk. */
export type OfflineRequest = {
  id: string;
  /** SHA-256 of the token that it was sent with; the token itself is nowhere. */
  owner: string;
  /** As sent, except that a data URI is cut short here and lies whole in the storage. */
  input: OfflineInput;
  inputStored: boolean;
  /** What the edit is made with: `input.seed`, or the one drawn in place of 0. */
  seed: number;
  /** Two opaque folder names under which the result is stored. */
  place: string;
  status: RequestStatus;
  /** Address path of the result picture below the storage. */
  result: string | null;
  error: string | null;
  note: string | null;
  createdAt: number;
  finishedAt: number | null;
};

export type NewRequest = Pick<
  OfflineRequest,
  'id' | 'owner' | 'input' | 'inputStored' | 'seed' | 'place' | 'note' | 'createdAt'
>;

export type Outcome = Pick<OfflineRequest, 'result' | 'error' | 'note'> & { status: 'succeeded' | 'failed' };

export type Requests = ReturnType<typeof openRequests>;

/** What was once accepted is never refused later, however the limits for new requests may change. */
const storedInputSchema = inputSchema.extend({
  prompt: z.string(),
  image_url: z.string(),
  negative_prompt: z.string(),
});

const text = z.preprocess(readText, z.string());
const textOrNothing = z.preprocess((bytes) => bytes && readText(bytes), z.string().nullable());

const rowSchema = z.object({
  id: text,
  owner: text,
  input: text,
  input_stored: z.number(),
  seed: z.number(),
  place: text,
  status: z.preprocess(readText, z.enum(['in_queue', 'in_progress', 'succeeded', 'failed', 'cancelled'])),
  result: textOrNothing,
  error: textOrNothing,
  note: textOrNothing,
  created_at: z.number(),
  finished_at: z.number().nullable(),
});

const texts = ['id', 'owner', 'input', 'place', 'status', 'result', 'error', 'note'];
const columns = `${texts.map((name) => `CAST(${name} AS BLOB) AS ${name}`).join(', ')}, input_stored, seed, created_at, finished_at`;

/** An edit that brings the server down (by its memory, say) must not do so at every start from then on. */
const mostCrashes = 3;
const unreadable = 'The entry of this request could not be read. Run it again.';
const crashed =
  `The server went down ${mostCrashes} times while it worked on this edit, so it is not begun again. ` +
  'Try it with a smaller picture.';

/** Nothing is paid here, so what cannot be read is not dug out: who asks for it is told that it is gone, and asks again. */
export const requestsKind: BookKind = {
  title: 'book of offline requests',
  probe: 'SELECT * FROM requests LIMIT 0',
  // Safe against a killed process, not against a power cut: flushing each row would hold up the whole server, of which
  // this is only one part.
  synchronous: 'NORMAL',
  salvage: () => ({ kept: 0, isComplete: false }),
  migrations: [
    `CREATE TABLE IF NOT EXISTS requests (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      owner TEXT NOT NULL,
      input TEXT NOT NULL,
      input_stored INTEGER NOT NULL,
      seed INTEGER NOT NULL,
      place TEXT NOT NULL,
      status TEXT NOT NULL,
      crashes INTEGER NOT NULL DEFAULT 0,
      result TEXT,
      error TEXT,
      note TEXT,
      created_at INTEGER NOT NULL,
      finished_at INTEGER
    );
    CREATE INDEX IF NOT EXISTS requests_by_status ON requests (status, number);
    CREATE INDEX IF NOT EXISTS requests_by_end ON requests (finished_at);`,
  ],
};

/**
 * The requests in an SQLite file. The queue is the rows `in_queue` by `number`, so it survives a restart; what a server
 * that went down had begun goes back to where it stood.
 */
export function openRequests(file: string, openedAt: number, options: OpenBookOptions = {}) {
  const database = openBook(file, requestsKind, options);
  database.exec("UPDATE requests SET crashes = crashes + 1 WHERE status = 'in_progress'");
  database
    .prepare(
      `UPDATE requests SET status = 'failed', error = ?, finished_at = ? WHERE status = 'in_progress' AND crashes >= ?`,
    )
    .run(crashed, openedAt, mostCrashes);
  const putBack = database.prepare(`UPDATE requests SET status = 'in_queue' WHERE status = 'in_progress'`);
  putBack.run();
  const insert = database.prepare(
    `INSERT INTO requests (id, owner, input, input_stored, seed, place, status, note, created_at)
     VALUES (?, ?, ?, ?, ?, ?, 'in_queue', ?, ?)`,
  );
  const byId = database.prepare(`SELECT ${columns} FROM requests WHERE id = ?`);
  const first = database.prepare(
    `SELECT number, ${columns} FROM requests WHERE status = 'in_queue' ORDER BY number LIMIT 1`,
  );
  const start = database.prepare(`UPDATE requests SET status = 'in_progress' WHERE id = ? AND status = 'in_queue'`);
  const finish = database.prepare(
    `UPDATE requests SET status = ?, result = ?, error = ?, note = ?, finished_at = ? WHERE id = ?`,
  );
  const giveUp = database.prepare(`UPDATE requests SET status = 'failed', error = ?, finished_at = ? WHERE number = ?`);
  const cancel = database.prepare(
    `UPDATE requests SET status = 'cancelled', finished_at = ? WHERE id = ? AND status = 'in_queue'`,
  );
  const ahead = database.prepare(
    `SELECT COUNT(*) AS count FROM requests
     WHERE status = 'in_queue' AND number < (SELECT number FROM requests WHERE id = ?)`,
  );
  const old = database.prepare(`SELECT ${columns} FROM requests WHERE finished_at < ?`);
  const remove = database.prepare('DELETE FROM requests WHERE id = ?');
  const unfinished = database.prepare('SELECT CAST(id AS BLOB) AS id FROM requests WHERE finished_at IS NULL');

  return {
    add(request: NewRequest): void {
      const { id, owner, input, inputStored, seed, place, note, createdAt } = request;
      storing('book of offline requests', () =>
        insert.run(id, owner, JSON.stringify(input), inputStored ? 1 : 0, seed, place, note, createdAt),
      );
    },
    find: (id: string): OfflineRequest | null => readRow(byId.get(id)),
    /** Takes the oldest waiting request out of the queue. */
    startNext(): OfflineRequest | null {
      for (let row = first.get(); row; row = first.get()) {
        const next = readRow(row);
        if (next) {
          start.run(next.id);
          return { ...next, status: 'in_progress' };
        }
        // One that cannot be read must not hold up all behind it.
        giveUp.run(unreadable, openedAt, (row as { number: number }).number);
      }
      return null;
    },
    finish(id: string, outcome: Outcome, at: number): void {
      finish.run(outcome.status, outcome.result, outcome.error, outcome.note, at, id);
    },
    /** Whether it was still waiting, and now never starts. */
    cancel: (id: string, at: number): boolean => cancel.run(at, id).changes > 0,
    /** 1 = the next to be started. */
    queuePosition: (id: string): number => z.object({ count: z.number() }).parse(ahead.get(id)).count + 1,
    finishedBefore: (time: number): OfflineRequest[] => old.all(time).flatMap((row) => readRow(row) ?? []),
    remove: (id: string): void => void remove.run(id),
    unfinished: (): string[] =>
      z
        .array(z.object({ id: text }))
        .parse(unfinished.all())
        .map(({ id }) => id),
    /** What is in progress now will be the first to be started next time. */
    close(): void {
      putBack.run();
      closeBook(database);
    },
  };
}

/** Null as well for a row that cannot be read: to whoever asks for it, it is gone. */
function readRow(row: unknown): OfflineRequest | null {
  const parsed = rowSchema.safeParse(row);
  const stored = parsed.success ? readInput(parsed.data.input) : null;
  if (!parsed.success || !stored) return null;
  const { input: _, input_stored, created_at, finished_at, ...same } = parsed.data;
  return { ...same, input: stored, inputStored: input_stored === 1, createdAt: created_at, finishedAt: finished_at };
}

function readInput(text: string): OfflineInput | null {
  try {
    return storedInputSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
