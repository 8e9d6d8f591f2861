import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isPageSize, readWal } from './wal.ts';

export type RawValue = string | number | null;

export type RawRecord = {
  rowid: number | null;
  values: RawValue[];
  /** It stands where SQLite would look for it; else it is an older state that still lies in the file or its log. */
  isCurrent: boolean;
  /** Else part of a text is missing or is no text. */
  isWhole: boolean;
};

type Page = Uint8Array;
type ReadPage = (page: number) => Page | null;

/**
 * Every record that still lies in the pages of an SQLite file and its log, without asking SQLite: it needs neither the
 * first page nor the inner pages of a table. The same row may come more than once, in different states, and what was
 * deleted may come back. https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
export function rawRecords(file: string): RawBook {
  return { records: () => recordsIn(file), isLogSound: !isLogDamaged(file) };
}

export type RawBook = {
  records: () => Iterable<RawRecord>;
  /** Else the newest states may be missing without a trace. */
  isLogSound: boolean;
};

function isLogDamaged(file: string): boolean {
  const main = openMain(file);
  main.close();
  return readWal(readIfThere(`${file}-wal`), main.pageSize).lostCommits > 0;
}

function* recordsIn(file: string): Generator<RawRecord> {
  const main = openMain(file);
  try {
    const log = readWal(readIfThere(`${file}-wal`), main.pageSize);
    if (log.pageSize !== main.pageSize) main.setPageSize(log.pageSize);
    const newest = new Map(log.committed.map(({ page, bytes }) => [page, bytes]));
    const inFile: ReadPage = (page) => main.read(page);
    const current: ReadPage = (page) => newest.get(page) ?? main.read(page);

    for (let page = 1; page <= main.pages(); page++) {
      const bytes = main.read(page);
      if (bytes) yield* recordsOf(bytes, page, [current, inFile], !newest.has(page));
    }
    for (const { page, bytes } of [...log.committed, ...log.rest]) {
      yield* recordsOf(bytes, page, [current, inFile], newest.get(page) === bytes);
    }
  } finally {
    main.close();
  }
}

function readIfThere(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    return new Uint8Array();
  }
}

/** Page by page, so that a book of any size can be read. A file that is gone has no pages. */
function openMain(file: string) {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    // Its log may still be there.
  }
  const size = descriptor === null ? 0 : fstatSync(descriptor).size;
  const header = new Uint8Array(100);
  if (descriptor !== null) readSync(descriptor, header, 0, 100, 0);
  const told = (header[16]! << 8) | header[17]!;
  let pageSize = isPageSize(told) ? told : told === 1 ? 65536 : 4096;
  return {
    get pageSize() {
      return pageSize;
    },
    setPageSize: (size: number) => (pageSize = size),
    pages: () => Math.ceil(size / pageSize),
    read(page: number): Page | null {
      if (descriptor === null || page < 1 || page > Math.ceil(size / pageSize)) return null;
      const bytes = new Uint8Array(pageSize);
      readSync(descriptor, bytes, 0, pageSize, (page - 1) * pageSize);
      return bytes;
    },
    close: () => descriptor !== null && closeSync(descriptor),
  };
}

const tableLeaf = 0x0d;
const indexLeaf = 0x0a;
const indexInner = 0x02;

function* recordsOf(bytes: Page, number: number, ways: ReadPage[], isCurrent: boolean): Generator<RawRecord> {
  const start = number === 1 ? 100 : 0;
  const type = bytes[start];
  if (type !== tableLeaf && type !== indexLeaf && type !== indexInner) return;
  const cells = (bytes[start + 3]! << 8) | bytes[start + 4]!;
  const pointers = start + (type === indexInner ? 12 : 8);
  for (let i = 0; i < cells; i++) {
    const at = (bytes[pointers + 2 * i]! << 8) | bytes[pointers + 2 * i + 1]!;
    for (const way of ways) {
      const cell = readCell(bytes, at, type, way);
      if (cell) yield { rowid: cell.rowid, values: cell.values, isWhole: cell.isWhole, isCurrent };
      // Only a row that goes on in other pages can read differently another way.
      if (!cell?.hasOverflow) break;
    }
  }
}

type Cell = Pick<RawRecord, 'rowid' | 'values' | 'isWhole'> & { hasOverflow: boolean };

/** Null for what is no record. */
function readCell(bytes: Page, at: number, type: number, readPage: ReadPage): Cell | null {
  const reader = createReader(bytes, at + (type === indexInner ? 4 : 0));
  const length = reader.varint();
  const rowid = type === tableLeaf ? reader.varint() : null;
  // A damaged length must not make us ask for gigabytes.
  if (!(length >= 2 && length <= 100_000_000)) return null;
  const local = localBytes(length, bytes.length, type);
  if (reader.at + local > bytes.length) return null;
  const payload = new Uint8Array(length);
  payload.set(bytes.subarray(reader.at, reader.at + local));
  const hasOverflow = local < length;
  const there = hasOverflow ? readOverflow(payload, local, uint32(bytes, reader.at + local), readPage) : length;
  const read = readValues(payload, there);
  return read && { ...read, rowid, hasOverflow };
}

/** How much of a record stands in its own page; the numbers are those of the file format. */
function localBytes(length: number, usable: number, type: number): number {
  const most = type === tableLeaf ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (length <= most) return length;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = least + ((length - least) % (usable - 4));
  return wanted <= most ? wanted : least;
}

/** How far the record could be put together. */
function readOverflow(payload: Uint8Array, from: number, first: number, readPage: ReadPage): number {
  let filled = from;
  let next = first;
  while (filled < payload.length) {
    const page = next === 0 ? null : readPage(next);
    if (!page) return filled;
    const part = page.subarray(4, 4 + payload.length - filled);
    if (part.length === 0) return filled;
    payload.set(part, filled);
    filled += part.length;
    next = uint32(page, 0);
  }
  return filled;
}

const strictText = new TextDecoder('utf-8', { fatal: true });
const looseText = new TextDecoder();

/** `there`: how many bytes of the payload could be read. */
function readValues(payload: Uint8Array, there: number): Pick<RawRecord, 'values' | 'isWhole'> | null {
  const header = createReader(payload, 0);
  const headerLength = header.varint();
  if (!(headerLength >= 2 && headerLength <= there)) return null;
  const values: RawValue[] = [];
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let isWhole = true;
  let at = headerLength;
  while (header.at < headerLength) {
    const type = header.varint();
    const length = type >= 12 ? Math.floor((type - 12) / 2) : (fixedLengths[type] ?? NaN);
    if (!(at + length <= payload.length)) return null;
    const isThere = at + length <= there;
    isWhole &&= isThere;
    if (type >= 13 && type % 2 === 1) {
      const bytes = payload.subarray(at, Math.min(at + length, there));
      try {
        values.push(strictText.decode(bytes));
      } catch {
        isWhole = false;
        values.push(looseText.decode(bytes));
      }
    } else values.push(isThere ? fixedValue(view, at, type) : null);
    at += length;
  }
  return { values, isWhole };
}

/** Numbers; bytes stand in none of our books. */
function fixedValue(view: DataView, at: number, type: number): RawValue {
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return view.getFloat64(at);
  if (type === 0 || type > 9) return null;
  return integer(view, at, fixedLengths[type] ?? 0);
}

const fixedLengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function integer(view: DataView, at: number, length: number): number {
  if (length === 8) return Number(view.getBigInt64(at));
  let value = view.getInt8(at);
  for (let i = 1; i < length; i++) value = value * 256 + view.getUint8(at + i);
  return value;
}

const uint32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

function createReader(bytes: Uint8Array, start: number) {
  let at = start;
  return {
    get at() {
      return at;
    },
    /** NaN behind the end, which no comparison lets pass. */
    varint(): number {
      let value = 0;
      for (let i = 0; i < 9; i++) {
        const byte = bytes[at++];
        if (byte === undefined) return NaN;
        if (i === 8) return value * 256 + byte;
        value = value * 128 + (byte & 0x7f);
        if (byte < 0x80) return value;
      }
      return value;
    },
  };
}
