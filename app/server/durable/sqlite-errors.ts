import { StorageError } from '../write-file.ts';

/** SQLite's own word for what happened (`FULL`, `CORRUPT`, …), without its finer distinctions; '' for other errors. */
export function sqliteCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^SQLITE_([A-Z]+)/.exec(code)?.[1] ?? '';
}

const refusals: Record<string, [code: string, reason: string]> = {
  FULL: ['disk-full', 'the disk is full. Free some space and try again'],
  IOERR: ['storage-failed', 'the disk does not take it. It may be full or broken'],
  READONLY: ['not-writable', 'the disk is read-only'],
  CANTOPEN: ['not-writable', 'its file cannot be opened. Check the data folder and its permissions'],
  CORRUPT: ['book-damaged', 'its file is damaged. Start Editloom again: it then saves what can be read'],
  NOTADB: ['book-damaged', 'its file is damaged. Start Editloom again: it then saves what can be read'],
};

/** Writes into a book; what the disk refuses is a sentence for the user and no bug. */
export function storing<T>(title: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const [code, reason] = refusals[sqliteCode(error)] ?? [];
    if (!code) throw error;
    throw new StorageError(code, `The ${title} could not be written: ${reason}.`, error);
  }
}
