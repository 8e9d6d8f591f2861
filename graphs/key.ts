import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

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
  return bytesToHex(sha256(utf8ToBytes(text)));
}
