import { sha256 } from '@noble/hashes/sha2.js';

/** [K1] JSON with sorted object keys; undefined is left out, and what JSON cannot say is an error. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`Expected a finite number in a key, got ${value}`);
    return String(value === 0 ? 0 : value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`Expected plain data in a key, got ${typeof value}`);
  const record = value as Record<string, unknown>;
  const names = Object.keys(record).sort();
  let text = '';
  for (const name of names) {
    const item = record[name];
    if (item === undefined) continue;
    text += `${text ? ',' : ''}${JSON.stringify(name)}:${canonical(item)}`;
  }
  return `{${text}}`;
}

/** SHA-256 of a text's UTF-8 bytes, 64 hexadecimal digits. Synchronous, so that planning is one pass. */
export function hashText(text: string): string {
  return createTextHasher().hash(text);
}

export type TextHasher = ReturnType<typeof createTextHasher>;

/** `hashText` for many texts, one after the other: it uses its memory again, which is a quarter of the time. */
export function createTextHasher() {
  const encoder = new TextEncoder();
  const blank = sha256.create();
  const work = sha256.create();
  const digest = new Uint8Array(32);
  const digits = new Array<number>(64);
  let bytes = new Uint8Array(3000);

  function bytesOf(text: string): Uint8Array {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    if (text.length * 3 > bytes.length) bytes = new Uint8Array(text.length * 3);
    return bytes.subarray(0, encoder.encodeInto(text, bytes).written);
  }

  function hashFrom(start: typeof blank, text: string): string {
    start._cloneInto(work);
    work.update(bytesOf(text));
    work.digestInto(digest);
    for (let i = 0; i < 32; i++) {
      digits[2 * i] = hexDigit(digest[i]! >> 4);
      digits[2 * i + 1] = hexDigit(digest[i]! & 15);
    }
    return String.fromCharCode(...digits);
  }

  return {
    hash: (text: string): string => hashFrom(blank, text),
    /** The hashes of texts that all begin like this, given the rest of each: the beginning is looked at once. */
    after(beginning: string): (rest: string) => string {
      const start = sha256.create().update(bytesOf(beginning));
      return (rest) => hashFrom(start, rest);
    },
  };
}

const hexDigit = (value: number): number => value + (value < 10 ? 48 : 87);
