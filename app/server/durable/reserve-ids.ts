import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

const slotBytes = 256;
const slots = 256;
const blank = ' '.repeat(slotBytes - 1) + '\n';

export type ReserveIds = ReturnType<typeof openReserveIds>;

/**
 * Room for the ids of accepted requests that is on the disk already: writing over it needs none, however full the disk
 * is. An id stands here from the moment it arrives until the job book has it, so a crash between the two costs nothing
 * (M5). A file system that never writes in place may still refuse; then there is nothing left to try.
 */
export function openReserveIds(file: string) {
  const written: (readonly [key: string, requestId: string] | null)[] = readSlots(file);
  while (written.length < slots) written.push(null);
  const isThere = makeRoom(file, written);

  function write(slot: number, text: string): boolean {
    if (!isThere) return false;
    try {
      const descriptor = openSync(file, 'r+');
      try {
        writeSync(descriptor, text.padEnd(slotBytes - 1) + '\n', slot * slotBytes);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      return true;
    } catch {
      // Whoever has the id tries the job book on.
      return false;
    }
  }

  return {
    /** False where it could not be kept. */
    keep(key: string, requestId: string): boolean {
      const text = JSON.stringify([key, requestId]);
      if (written.some((entry) => entry?.[0] === key && entry[1] === requestId)) return true;
      const slot = written.indexOf(null);
      if (slot < 0 || text.length >= slotBytes || !write(slot, text)) return false;
      written[slot] = [key, requestId];
      return true;
    },
    idOf: (key: string): string | null => written.find((entry) => entry?.[0] === key)?.[1] ?? null,
    /** The job book has it. */
    drop(key: string): void {
      written.forEach((entry, slot) => {
        if (entry?.[0] === key && write(slot, blank.trimEnd())) written[slot] = null;
      });
    },
  };
}

function readSlots(file: string): (readonly [string, string] | null)[] {
  let text: string;
  try {
    text = readFileSync(file, 'latin1');
  } catch {
    return [];
  }
  const found: (readonly [string, string] | null)[] = [];
  for (let slot = 0; slot < slots && (slot + 1) * slotBytes <= text.length; slot++) found.push(entryOf(text, slot));
  return found;
}

/** A slot that a crash tore says nothing. */
function entryOf(text: string, slot: number): readonly [string, string] | null {
  try {
    const entry: unknown = JSON.parse(text.slice(slot * slotBytes, (slot + 1) * slotBytes));
    const [key, requestId] = Array.isArray(entry) ? (entry as unknown[]) : [];
    return typeof key === 'string' && typeof requestId === 'string' ? [key, requestId] : null;
  } catch {
    return null;
  }
}

/** Whether the file has its whole size, with what it held before. */
function makeRoom(file: string, entries: readonly (readonly [string, string] | null)[]): boolean {
  const text = entries.map((entry) => (entry ? JSON.stringify(entry) : '').padEnd(slotBytes - 1) + '\n').join('');
  try {
    // In place: what is there must not be cut off by a crash.
    const descriptor = openSync(file, 'a+', 0o600);
    closeSync(descriptor);
    const whole = openSync(file, 'r+');
    try {
      const length = writeSync(whole, text, 0);
      fsyncSync(whole);
      return length === slots * slotBytes;
    } finally {
      closeSync(whole);
    }
  } catch {
    return false;
  }
}
