import { randomFillSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';

/** Room on the disk that is held for the moment when it is full and something must be written all the same. */
export interface Reserve {
  /** Gives the room free; false where there is none to give. */
  release: () => boolean;
  /** Takes the room again, a while after it was given free; does nothing where it is held. */
  hold: () => void;
}

interface ReserveOptions {
  file: string;
  bytes?: number;
  now: () => number;
}

/** So long after it was given free it is tried to take the room again. */
const pauseMs = 60_000;

/**
 * A file that only takes room. When the disk is full, the id of a request that was just accepted is worth more than
 * anything else (M5): the file goes, the id is written, and the room is taken again when there is some.
 */
export function openReserve({ file, bytes = 1_000_000, now }: ReserveOptions): Reserve {
  let freeSince: number | null = null;

  function take(): void {
    freeSince = fill(file, bytes) ? null : now();
  }

  take();
  return {
    release() {
      if (freeSince !== null) return false;
      freeSince = now();
      try {
        rmSync(file, { force: true });
        return true;
      } catch {
        return false;
      }
    },
    hold() {
      if (freeSince !== null && Math.abs(now() - freeSince) >= pauseMs) take();
    },
  };
}

/** Whether the file has its whole size. Where there is no room for it, nothing is left of it. */
function fill(file: string, bytes: number): boolean {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.size === bytes) return true;
    const descriptor = openSync(file, 'w', 0o600);
    try {
      // A file of zeros takes no room on some file systems.
      const written = writeSync(descriptor, randomFillSync(new Uint8Array(bytes)));
      fsyncSync(descriptor);
      if (written === bytes) return true;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // No room to hold is no fault of its own: whoever has to write says so.
  }
  try {
    rmSync(file, { force: true });
  } catch {
    // A disk that may only be read. It holds nothing for us then.
  }
  return false;
}
