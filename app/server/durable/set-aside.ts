import { existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { setAsideSchema, type SetAside } from '../../wire-care.ts';
import { errorCode, writeWholeSync } from '../write-file.ts';
import { asideName } from './aside-name.ts';

const recordSchema = setAsideSchema.omit({ files: true }).extend({ files: z.array(z.string()), seen: z.boolean() });
type Record = z.infer<typeof recordSchema>;

export interface SetAsideList {
  /** On disk when it returns. */
  add: (entry: Pick<SetAside, 'what' | 'message' | 'keysMayBeLost'> & { files: string[] }) => void;
  /** What the user has not put away yet, newest first. */
  list: () => SetAside[];
  /** The user has read it; for lost keys: accepts that edits may be paid for again. Null where there is none. */
  markSeen: (id: string) => SetAside | null;
  /** The path of a file that may be downloaded, or null. */
  file: (name: string) => string | null;
  /** Until the user has said that it is all right, nothing may be submitted that costs money. */
  keysMayBeLost: () => boolean;
}

/** No other name is ever given away; the token's is not among them. */
const offered =
  /^(settings|jobs|outputs|set-aside|offline\/requests)\.unreadable-\d{4}-\d\d-\d\dT[\d-]{12}Z\.(json|sqlite)(-wal)?$/;

/** What could not be read and was kept under another name, until the user has seen it. */
export function openSetAside(folder: string, now: () => number): SetAsideList {
  const file = join(folder, 'set-aside.json');
  let records = readRecords(file, folder, now);

  function write(next: Record[]): void {
    writeWholeSync(file, `${JSON.stringify(next, null, 2)}\n`);
    records = next;
  }

  const shown = ({ seen: _, ...record }: Record): SetAside => ({
    ...record,
    files: record.files
      .filter((name) => offered.test(name) && existsSync(join(folder, name)))
      .map((name) => ({ name, bytes: statSync(join(folder, name)).size }))
      .filter(({ bytes }) => bytes > 0),
  });

  return {
    add(entry) {
      const at = now();
      write([...records, { ...entry, id: `${at}-${records.length + 1}`, at, seen: false }]);
    },
    list: () =>
      records
        .filter(({ seen }) => !seen)
        .map(shown)
        .toReversed(),
    markSeen(id) {
      const found = records.find((record) => record.id === id);
      if (!found) return null;
      write(records.map((record) => (record.id === id ? { ...record, seen: true } : record)));
      return shown(found);
    },
    file(name) {
      const isListed = records.some(({ files }) => files.includes(name));
      return isListed && offered.test(name) && existsSync(join(folder, name)) ? join(folder, name) : null;
    },
    keysMayBeLost: () => records.some(({ seen, keysMayBeLost }) => keysMayBeLost && !seen),
  };
}

function readRecords(file: string, folder: string, now: () => number): Record[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  try {
    return z.array(recordSchema).parse(JSON.parse(text));
  } catch {
    const aside = asideName(file, new Date(now()));
    renameSync(file, aside);
    return foundInFolder(folder, basename(aside), now());
  }
}

/** The list itself is gone, so what had been seen is not known: all that lies there is told once more. */
function foundInFolder(folder: string, aside: string, at: number): Record[] {
  const names = readdirSync(folder).filter((name) => offered.test(name));
  const lost = names.some((name) => name.startsWith('jobs.'));
  const message =
    `The list of what was set aside could not be read. It was kept as ${aside}.` +
    (lost ? ' A job book that was set aside earlier lies in the data folder.' : '');
  const record = { id: `${at}-1`, what: 'list' as const, at, message, keysMayBeLost: lost, seen: false };
  return [{ ...record, files: [...new Set([aside, ...names])] }];
}
