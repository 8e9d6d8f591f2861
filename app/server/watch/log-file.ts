import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LogFile {
  /** Never throws: a disk that is full must not stop what is logged. */
  write: (line: string) => void;
  /** The files that there may be, newest first. */
  files: () => string[];
  close: () => void;
}

interface LogFileOptions {
  file: string;
  /** Reached, the file becomes <name>.1, and that one <name>.2. */
  maxBytes?: number;
  /** How many older files are kept. */
  keep?: number;
}

/** A file that does not grow for ever. Lines that the disk refuses are lost, and counted in the next that it takes. */
export function openLogFile({ file, maxBytes = 4_000_000, keep = 3 }: LogFileOptions): LogFile {
  let descriptor: number | null = null;
  let size = 0;
  let lost = 0;
  let isClosed = false;

  function open(): number {
    if (descriptor !== null) return descriptor;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const opened = openSync(file, 'a', 0o600);
    size = fstatSync(opened).size;
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
        if (lost > 0) size += writeSync(target, `${JSON.stringify({ event: 'lines lost', lost })}\n`);
        lost = 0;
        size += writeSync(target, line);
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
