import { bytesOf, deflate, inflate, join, latin1 } from './inflate.ts';

// ITU-T T.81, annex B: a segment is FF, marker, length (with itself, without the marker), data.

interface Segment {
  marker: number;
  whole: Uint8Array;
  data: Uint8Array;
}

const app15 = 0xef;
const name = 'editloom\0';
/** Name, number of this part and of all parts, both in two bytes. */
const headerLength = name.length + 4;
const maxPart = 0xffff - 2 - headerLength;

/** Puts the text, deflated, into as many APP15 segments as it needs; older ones of ours are replaced. */
export function embedInJpeg(bytes: Uint8Array, text: string): Uint8Array {
  const { segments, rest } = splitJpeg(bytes);
  const kept = segments.filter((segment) => !isOurs(segment)).map(({ whole }) => whole);
  const data = deflate(text);
  const count = Math.ceil(data.length / maxPart);
  const parts = Array.from({ length: count }, (_, index) =>
    makeSegment(index, count, data.subarray(index * maxPart, (index + 1) * maxPart)),
  );
  return join([bytes.subarray(0, 2), ...kept, ...parts, rest]);
}

export function extractFromJpeg(bytes: Uint8Array): string | null {
  const parts: Uint8Array[] = [];
  for (const { data } of splitJpeg(bytes).segments.filter(isOurs)) {
    const view = new DataView(data.buffer, data.byteOffset + name.length, 4);
    if (view.getUint16(0) !== parts.length) return null;
    parts.push(data.subarray(headerLength));
    if (parts.length === view.getUint16(2)) return inflate(join(parts));
  }
  return null;
}

/** The APPn segments at the start (JFIF wants to be the first of them), and all that follows them. */
export function originalsOfJpeg(bytes: Uint8Array): Uint8Array[] {
  const { segments, rest } = splitJpeg(bytes);
  const kept = segments.filter((segment) => !isOurs(segment)).map(({ whole }) => whole);
  return [join([bytes.subarray(0, 2), ...kept, rest])];
}

function splitJpeg(bytes: Uint8Array): { segments: Segment[]; rest: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker < 0xe0 || marker > 0xef) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) break;
    segments.push({ marker, whole: bytes.subarray(at, end), data: bytes.subarray(at + 4, end) });
    at = end;
  }
  return { segments, rest: bytes.subarray(at) };
}

const isOurs = ({ marker, data }: Segment): boolean =>
  marker === app15 && data.length >= headerLength && latin1(data.subarray(0, name.length)) === name;

function makeSegment(index: number, count: number, part: Uint8Array): Uint8Array {
  const segment = join([new Uint8Array([0xff, app15, 0, 0]), bytesOf(name), new Uint8Array(4), part]);
  const view = new DataView(segment.buffer);
  view.setUint16(2, segment.length - 2);
  view.setUint16(4 + name.length, index);
  view.setUint16(4 + name.length + 2, count);
  return segment;
}
