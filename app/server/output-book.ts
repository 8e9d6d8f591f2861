import Database from 'libsql';
import { z } from 'zod';
import { savedOutputSchema, type SavedOutput } from '../wire.ts';

/** Remembers which file was written for which key, so that a save node is never carried out twice. */
export interface OutputBook {
  find: (keys: readonly string[]) => SavedOutput[];
  all: () => SavedOutput[];
  put: (saved: SavedOutput) => void;
  close: () => void;
}

const rowSchema = z.object({ key: z.string(), saved: z.string() });

export function openOutputBook(file: string): OutputBook {
  const database = new Database(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS outputs (key TEXT PRIMARY KEY, saved TEXT NOT NULL) WITHOUT ROWID;
  `);
  const insert = database.prepare('INSERT OR REPLACE INTO outputs (key, saved) VALUES (?, ?)');
  const known = new Map<string, SavedOutput>();
  for (const row of database.prepare('SELECT key, saved FROM outputs').all()) {
    const { key, saved } = rowSchema.parse(row);
    const parsed = savedOutputSchema.safeParse(JSON.parse(saved));
    if (parsed.success) known.set(key, parsed.data);
  }
  return {
    find: (keys) => keys.flatMap((key) => known.get(key) ?? []),
    all: () => [...known.values()],
    put(saved) {
      insert.run(saved.key, JSON.stringify(saved));
      known.set(saved.key, saved);
    },
    close: () => void database.close(),
  };
}
