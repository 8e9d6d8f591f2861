import { bytesOf, deflate, inflate, join, latin1 } from './inflate.ts';

// PNG specification, third edition: 5.3 chunk layout, 11.3.3.4 iTXt.

interface Chunk {
  type: string;
  /** Length, type, data and checksum. */
  whole: Uint8Array;
  data: Uint8Array;
}

const keyword = 'editloom';
const signatureLength = 8;

/** Puts the text into an iTXt chunk before the pixels; an older one of ours is replaced. */
export function embedInPng(bytes: Uint8Array, text: string): Uint8Array {
  const chunks = [...chunksOf(bytes)].filter((chunk) => !isOurs(chunk));
  const at = chunks.findIndex(({ type }) => type === 'IDAT');
  if (at < 0) throw new Error('Expected a PNG with pixels, found no IDAT chunk.');
  // keyword, 0, compressed, zlib, no language, no translated keyword
  const data = join([bytesOf(`${keyword}\0\x01\0\0\0`), deflate(text)]);
  const whole = chunks.map((chunk) => chunk.whole);
  return join([bytes.subarray(0, signatureLength), ...whole.slice(0, at), makeChunk('iTXt', data), ...whole.slice(at)]);
}

export function extractFromPng(bytes: Uint8Array): string | null {
  for (const chunk of chunksOf(bytes)) {
    if (isOurs(chunk)) return readText(chunk.data);
  }
  return null;
}

/** The picture as it was before ours was put in, byte for byte where it had nothing after its end. */
export function originalsOfPng(bytes: Uint8Array): Uint8Array[] {
  const chunks = [...chunksOf(bytes)].filter((chunk) => !isOurs(chunk));
  return [join([bytes.subarray(0, signatureLength), ...chunks.map(({ whole }) => whole)])];
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = signatureLength;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return;
    const type = latin1(bytes.subarray(at + 4, at + 8));
    yield { type, whole: bytes.subarray(at, end), data: bytes.subarray(at + 8, end - 4) };
    at = end;
  }
}

const isOurs = ({ type, data }: Chunk): boolean =>
  type === 'iTXt' && latin1(data.subarray(0, keyword.length + 1)) === `${keyword}\0`;

function readText(data: Uint8Array): string | null {
  const compressed = data[keyword.length + 1] === 1;
  const languageEnd = data.indexOf(0, keyword.length + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return null;
  const text = data.subarray(translatedEnd + 1);
  return compressed ? inflate(text) : new TextDecoder().decode(text);
}

function makeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = join([new Uint8Array(4), bytesOf(type), data, new Uint8Array(4)]);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, chunk.length - 4)));
  return chunk;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, value) => {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** PNG specification, annex D. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
