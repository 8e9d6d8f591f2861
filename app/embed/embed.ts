import { z } from 'zod';
import { faultOfJson } from '../../graphs/untrusted.ts';
import { maxInflatedBytes } from './inflate.ts';
import { embedInJpeg, extractFromJpeg } from './jpeg.ts';
import { embedInPng, extractFromPng } from './png.ts';
import { embedInWebp, extractFromWebp } from './webp.ts';

/** What travels inside a saved picture: how it was made, and the graph that made it. The number is the payload's version. */
export const embeddedSchema = z.object({ editloom: z.literal(1), provenance: z.unknown(), graph: z.unknown() });
export type Embedded = z.infer<typeof embeddedSchema>;

interface Format {
  matches: (bytes: Uint8Array) => boolean;
  embed: (bytes: Uint8Array, text: string) => Uint8Array;
  extract: (bytes: Uint8Array) => string | null;
}

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, index) => bytes[index] === byte);

const formats: Format[] = [
  { matches: (bytes) => startsWith(bytes, 0x89, 0x50, 0x4e, 0x47), embed: embedInPng, extract: extractFromPng },
  { matches: (bytes) => startsWith(bytes, 0xff, 0xd8, 0xff), embed: embedInJpeg, extract: extractFromJpeg },
  {
    matches: (bytes) =>
      startsWith(bytes, 0x52, 0x49, 0x46, 0x46) && startsWith(bytes.subarray(8), 0x57, 0x45, 0x42, 0x50),
    embed: embedInWebp,
    extract: extractFromWebp,
  },
];

/** The same picture, not a pixel changed, with the payload inside. For PNG, JPEG and WebP. */
export function embed(bytes: Uint8Array, payload: Embedded): Uint8Array {
  const format = formats.find(({ matches }) => matches(bytes));
  if (!format) throw new Error('Expected a PNG, JPEG or WebP picture to embed into.');
  const text = JSON.stringify(payload);
  if (text.length * 3 > maxInflatedBytes && new TextEncoder().encode(text).length > maxInflatedBytes) {
    throw new Error('The graph is too large to travel inside a picture (more than 16 MB).');
  }
  return format.embed(bytes, text);
}

/** The text that was put into a picture; null where there is none, or none that can be read. */
export function textIn(bytes: Uint8Array): string | null {
  return formats.find(({ matches }) => matches(bytes))?.extract(bytes) ?? null;
}

/** The payload of a picture that Editloom saved; null for every other file. */
export function extract(bytes: Uint8Array): Embedded | null {
  const text = textIn(bytes);
  if (!text) return null;
  try {
    const payload: unknown = JSON.parse(text);
    return faultOfJson(payload) === null ? (embeddedSchema.safeParse(payload).data ?? null) : null;
  } catch {
    return null;
  }
}
