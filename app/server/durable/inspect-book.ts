import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isPageSize, readWal } from './wal.ts';

export type Inspection =
  | { state: 'absent' }
  | { state: 'damaged'; reason: string }
  /** `isClean`: it was closed in order the last time. */
  | { state: 'present'; version: number; isClean: boolean };

/** More steps than this no book of ours will ever have: such a version is damage. */
const highestVersion = 1000;

/**
 * What can be said of an SQLite file before SQLite opens it: it would throw away the log of an empty file, and read over
 * a damaged log in silence. https://www.sqlite.org/fileformat2.html#the_database_header
 */
export function inspectBook(file: string, { synchronous }: { synchronous: 'FULL' | 'NORMAL' }): Inspection {
  const header = readHeader(file);
  const wal = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : null;
  const hasLog = wal !== null && wal.length > 32;
  if (header === null || header.length === 0) {
    return hasLog ? { state: 'damaged', reason: 'the file is gone, only its log is there' } : { state: 'absent' };
  }
  if (header.length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    return { state: 'damaged', reason: 'the file does not begin as an SQLite file does' };
  }
  const told = header.readUInt16BE(16);
  const pageSize = told === 1 ? 65536 : told;
  if (!isPageSize(pageSize)) return { state: 'damaged', reason: 'the first page of the file is damaged' };
  const log = hasLog ? readWal(wal, pageSize) : null;
  // One transaction may be torn by a power cut, and nobody was told that it is written. More were lost.
  if (log && log.lostCommits > 1 && synchronous === 'FULL') {
    return { state: 'damaged', reason: `the newest ${log.lostCommits} entries of its log cannot be read` };
  }
  const firstPage = log?.committed.findLast(({ page }) => page === 1)?.bytes ?? header;
  const version = new DataView(firstPage.buffer, firstPage.byteOffset).getUint32(60);
  if (version > highestVersion) return { state: 'damaged', reason: 'the first page of the file is damaged' };
  return { state: 'present', version, isClean: !hasLog };
}

function readHeader(file: string): Buffer | null {
  if (!existsSync(file)) return null;
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(100, fstatSync(descriptor).size));
    readSync(descriptor, bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}
