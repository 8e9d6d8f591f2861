import { z } from 'zod';
import { keySchema, savedOutputSchema, type SavedOutput } from '../wire.ts';
import { closeBook, openBook, type BookKind, type OpenBookOptions } from './durable/open-book.ts';
import { storing } from './durable/sqlite-errors.ts';
import { readText } from './durable/text.ts';

/** Remembers which file was written for which key, so that a save node is never carried out twice. */
export interface OutputBook {
  find: (keys: readonly string[]) => SavedOutput[];
  all: () => SavedOutput[];
  put: (saved: SavedOutput) => void;
  close: () => void;
}

const rowSchema = z.object({ saved: z.unknown() });

export const outputBookKind: BookKind = {
  title: 'book of saved files',
  probe: 'SELECT key, saved FROM outputs LIMIT 0',
  synchronous: 'FULL',
  migrations: [
    // Books from before versions were counted have the table already.
    'CREATE TABLE IF NOT EXISTS outputs (key TEXT PRIMARY KEY, saved TEXT NOT NULL) WITHOUT ROWID',
  ],
  salvage({ records }, into) {
    const newest = new Map<string, SavedOutput>();
    for (const { values } of records()) {
      const [key, saved] = values;
      if (values.length !== 2 || !keySchema.safeParse(key).success || typeof saved !== 'string') continue;
      const output = readOutput(saved);
      if (!output || output.key !== key) continue;
      if (output.savedAt >= (newest.get(output.key)?.savedAt ?? 0)) newest.set(output.key, output);
    }
    const insert = into.prepare('INSERT INTO outputs (key, saved) VALUES (?, ?)');
    into.exec('BEGIN');
    for (const [key, output] of newest) insert.run(key, JSON.stringify(output));
    into.exec('COMMIT');
    return { kept: newest.size, isComplete: false };
  },
};

export function openOutputBook(file: string, options: OpenBookOptions = {}): OutputBook {
  const database = openBook(file, outputBookKind, options);
  const insert = database.prepare('INSERT OR REPLACE INTO outputs (key, saved) VALUES (?, ?)');
  const known = new Map<string, SavedOutput>();
  for (const row of database.prepare('SELECT CAST(saved AS BLOB) AS saved FROM outputs').all()) {
    const output = readOutput(readText(rowSchema.parse(row).saved) ?? '');
    if (output) known.set(output.key, output);
  }
  return {
    find: (keys) => keys.flatMap((key) => known.get(key) ?? []),
    all: () => [...known.values()],
    put(saved) {
      storing('book of saved files', () => insert.run(saved.key, JSON.stringify(saved)));
      known.set(saved.key, saved);
    },
    close: () => closeBook(database),
  };
}

function readOutput(text: string): SavedOutput | null {
  try {
    return savedOutputSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
