/** One page as it was written to the log: https://www.sqlite.org/fileformat2.html#walformat */
export type WalFrame = { page: number; bytes: Uint8Array; isCommit: boolean };

export type Wal = {
  pageSize: number;
  /** What SQLite itself would read: whole transactions, in the order in which they were written. */
  committed: WalFrame[];
  /** What lies behind them: torn off, damaged, or left from before the log was last begun anew. */
  rest: WalFrame[];
  /** Transactions of the present log that SQLite would leave out in silence, because something before them is damaged. */
  lostCommits: number;
};

const headerBytes = 32;
const frameHeaderBytes = 24;

export function readWal(bytes: Uint8Array, usualPageSize: number): Wal {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes) return { pageSize: usualPageSize, committed: [], rest: [], lostCommits: 0 };
  const magic = view.getUint32(0);
  const littleEndian = magic === 0x377f0682;
  const told = view.getUint32(8);
  const sum = checksum(view, 0, 24, [0, 0], littleEndian);
  const soundHeader =
    (magic | 1) === 0x377f0683 && isPageSize(told) && sum[0] === view.getUint32(24) && sum[1] === view.getUint32(28);
  const pageSize = soundHeader ? told : usualPageSize;
  const length = frameHeaderBytes + pageSize;
  if (bytes.length < headerBytes + length) return { pageSize, committed: [], rest: [], lostCommits: 0 };

  const saltAt = (at: number) => `${view.getUint32(at)} ${view.getUint32(at + 4)}`;
  // Where the header is gone, the first frame tells which log is the present one.
  const salt = saltAt(soundHeader ? 16 : headerBytes + 8);
  let running: Sums | null = soundHeader ? sum : null;
  const committed: WalFrame[] = [];
  let open: WalFrame[] = [];
  const rest: WalFrame[] = [];
  let lostCommits = 0;
  for (let at = headerBytes; at + length <= bytes.length; at += length) {
    const frame: WalFrame = {
      page: view.getUint32(at),
      bytes: bytes.subarray(at + frameHeaderBytes, at + length),
      isCommit: view.getUint32(at + 4) !== 0,
    };
    const isPresent = saltAt(at + 8) === salt;
    running = running && isPresent ? nextSums(view, at, pageSize, running, littleEndian) : null;
    if (running) {
      open.push(frame);
      if (!frame.isCommit) continue;
      committed.push(...open);
      open = [];
    } else {
      rest.push(frame);
      if (isPresent && frame.isCommit) lostCommits++;
    }
  }
  return { pageSize, committed, rest: [...open, ...rest], lostCommits };
}

export const isPageSize = (size: number): boolean => size >= 512 && size <= 65536 && (size & (size - 1)) === 0;

type Sums = [number, number];

/** The running checksum after this frame, or null where the frame doesn't have it. */
function nextSums(view: DataView, at: number, pageSize: number, before: Sums, littleEndian: boolean): Sums | null {
  const afterHeader = checksum(view, at, 8, before, littleEndian);
  const sums = checksum(view, at + frameHeaderBytes, pageSize, afterHeader, littleEndian);
  return sums[0] === view.getUint32(at + 16) && sums[1] === view.getUint32(at + 20) ? sums : null;
}

function checksum(view: DataView, from: number, length: number, [a, b]: Sums, littleEndian: boolean): Sums {
  for (let at = from; at < from + length; at += 8) {
    a = (a + view.getUint32(at, littleEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, littleEndian) + a) >>> 0;
  }
  return [a, b];
}
