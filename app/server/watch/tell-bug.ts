import { StorageError } from '../write-file.ts';

const quietMs = 60_000;

/**
 * Tells faults on the console. What the disk refuses is no fault of ours: one calm line says so, and not again for a
 * while, because everything that has to be written tries again.
 */
export function createBugTeller(print: (what: unknown) => void, now: () => number): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    if (!(error instanceof StorageError)) return print(error);
    const last = told.get(error.code);
    if (last !== undefined && now() - last < quietMs) return;
    told.set(error.code, now());
    print(error.message);
  };
}
