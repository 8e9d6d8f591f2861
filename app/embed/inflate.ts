import { Unzlib, zlibSync } from 'fflate';

/** A picture from a stranger may hold a few bytes that inflate to gigabytes. */
export const maxInflatedBytes = 16 * 1024 * 1024;

export const deflate = (text: string): Uint8Array => zlibSync(new TextEncoder().encode(text), { level: 9 });

/** The text, or null where the bytes are damaged or inflate to more than 16 MB. */
export function inflate(bytes: Uint8Array): string | null {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Unzlib((chunk, final) => {
    size += chunk.length;
    if (size <= maxInflatedBytes) chunks.push(chunk);
    ended = final;
  });
  try {
    // In small steps, so that a bomb is noticed before it has filled the memory: deflate reaches 1:1032 at most.
    const step = 4096;
    for (let at = 0; at < bytes.length && size <= maxInflatedBytes; at += step) {
      stream.push(bytes.slice(at, at + step), at + step >= bytes.length);
    }
    return ended && size <= maxInflatedBytes ? new TextDecoder('utf-8', { fatal: true }).decode(join(chunks)) : null;
  } catch {
    return null;
  }
}

export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
