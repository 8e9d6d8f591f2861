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
  let room = bytes;
  let filled = bytes;

  /** The text in UTF-8, after some bytes. Views are used again as well: those of one node's texts are often as long. */
  function bytesOf(lead: Uint8Array, text: string): Uint8Array {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    const most = lead.length + 3 * text.length;
    if (most > bytes.length) room = filled = bytes = new Uint8Array(most);
    if (room.length !== bytes.length - lead.length) room = bytes.subarray(lead.length);
    bytes.set(lead);
    const length = lead.length + encoder.encodeInto(text, room).written;
    if (filled.length !== length) filled = bytes.subarray(0, length);
    return filled;
  }

  function hashFrom(start: typeof blank, lead: Uint8Array, text: string): string {
    start._cloneInto(work);
    work.update(bytesOf(lead, text));
    work.digestInto(digest);
    for (let i = 0; i < 32; i++) {
      digits[2 * i] = hexDigit(digest[i]! >> 4);
      digits[2 * i + 1] = hexDigit(digest[i]! & 15);
    }
    return String.fromCharCode(...digits);
  }

  return {
    hash: (text: string): string => hashFrom(blank, nothing, text),
    /** The hashes of texts that all begin like this, given the rest of each: whole blocks of it are hashed once. */
    after(beginning: string): (rest: string) => string {
      const whole = encoder.encode(beginning);
      const cut = whole.length - (whole.length % blank.blockLen);
      const start = sha256.create().update(whole.subarray(0, cut));
      const lead = whole.slice(cut);
      return (rest) => hashFrom(start, lead, rest);
    },
  };
}

const nothing = new Uint8Array(0);

const hexDigit = (value: number): number => value + (value < 10 ? 48 : 87);
