import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LogFile {
  /** Never throws: a disk that is full must not stop what is logged. */
  write: (line: string) => void;
  /** The files that there may be, newest first. */
  files: () => string[];
  close: () => void;
}

const newline = 10;

interface LogFileOptions {
  file: string;
  /** Reached, the file becomes <name>.1, and that one <name>.2. */
  maxBytes?: number;
  /** How many older files are kept. */
  keep?: number;
  /** How many of the bytes were taken; a full disk takes fewer, or throws. */
  put?: (descriptor: number, bytes: Uint8Array) => number;
}

/** A file that does not grow for ever. Lines that the disk refuses are lost, and counted in the next that it takes. */
export function openLogFile({ file, maxBytes = 4_000_000, keep = 3, put = writeSync }: LogFileOptions): LogFile {
  let descriptor: number | null = null;
  let size = 0;
  let lost = 0;
  let isClosed = false;
  /** The disk took the beginning of a line and not its end, now or before a crash. */
  let isTorn = false;

  function writeAll(target: number, text: string): void {
    const bytes = Buffer.from(isTorn ? `\n${text}` : text);
    const written = put(target, bytes);
    size += written;
    isTorn = written > 0 ? bytes[written - 1] !== newline : isTorn;
    if (written < bytes.length) throw new Error('The disk took only a part.');
  }

  function open(): number {
    if (descriptor !== null) return descriptor;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const opened = openSync(file, 'a', 0o600);
    size = fstatSync(opened).size;
    isTorn = size > 0 && lastByteOf(file, size) !== newline;
    return (descriptor = opened);
  }

  function close(): void {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  }

  function rotate(): void {
    close();
    rmSync(`${file}.${keep}`, { force: true });
    for (let number = keep - 1; number >= 0; number--) {
      try {
        renameSync(number === 0 ? file : `${file}.${number}`, `${file}.${number + 1}`);
      } catch {
        // There are not so many yet.
      }
    }
  }

  return {
    write(line) {
      if (isClosed) return;
      try {
        const bytes = Buffer.byteLength(line);
        open();
        if (size > 0 && size + bytes > maxBytes) rotate();
        const target = open();
        if (lost > 0) writeAll(target, `${JSON.stringify({ event: 'lines lost', lost })}\n`);
        lost = 0;
        writeAll(target, line);
      } catch {
        lost++;
      }
    },
    files: () => [file, ...Array.from({ length: keep }, (_, i) => `${file}.${i + 1}`)],
    close() {
      isClosed = true;
      close();
    },
  };
}

function lastByteOf(file: string, size: number): number | undefined {
  const last = new Uint8Array(1);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, last, 0, 1, size - 1);
  } finally {
    closeSync(opened);
  }
  return last[0];
}
