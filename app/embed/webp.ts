import { bytesOf, deflate, inflate, join, latin1 } from './inflate.ts';

// RFC 9649: RIFF chunks are padded to even lengths; unknown chunks are allowed at the end of the extended format.

interface Chunk {
  type: string;
  whole: Uint8Array;
  data: Uint8Array;
}

const ours = 'EDLM';
const name = 'editloom\0';

/** Puts the text into a chunk of its own at the end; a picture in the simple format is put into the extended one first. */
export function embedInWebp(bytes: Uint8Array, text: string): Uint8Array {
  const chunks = [...chunksOf(bytes)].filter(({ type }) => type !== ours);
  const extended = chunks.some(({ type }) => type === 'VP8X');
  const header = extended ? [] : [makeChunk('VP8X', extendedHeader(chunks))];
  const body = join([
    bytesOf('WEBP'),
    ...header,
    ...chunks.map(({ whole }) => whole),
    makeChunk(ours, join([bytesOf(name), deflate(text)])),
  ]);
  const file = join([bytesOf('RIFF'), new Uint8Array(4), body]);
  new DataView(file.buffer).setUint32(4, body.length, true);
  return file;
}

export function extractFromWebp(bytes: Uint8Array): string | null {
  for (const { type, data } of chunksOf(bytes)) {
    if (type === ours && latin1(data.subarray(0, name.length)) === name) return inflate(data.subarray(name.length));
  }
  return null;
}

/** Two of them: whether the header of the extended format was there before cannot be seen any more. */
export function originalsOfWebp(bytes: Uint8Array): Uint8Array[] {
  const chunks = [...chunksOf(bytes)].filter(({ type }) => type !== ours);
  return [chunks, chunks.filter(({ type }) => type !== 'VP8X')].map((kept) => {
    const body = join([bytesOf('WEBP'), ...kept.map(({ whole }) => whole)]);
    const file = join([bytesOf('RIFF'), new Uint8Array(4), body]);
    new DataView(file.buffer).setUint32(4, body.length, true);
    return file;
  });
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 12;
  while (at + 8 <= bytes.length) {
    const end = at + 8 + view.getUint32(at + 4, true);
    if (end > bytes.length) return;
    const padded = Math.min(end + (end & 1), bytes.length);
    const whole = padded % 2 === 1 ? join([bytes.subarray(at, padded), new Uint8Array(1)]) : bytes.subarray(at, padded);
    yield { type: latin1(bytes.subarray(at, at + 4)), whole, data: bytes.subarray(at + 8, end) };
    at = padded;
  }
}

/** Flags and canvas size of VP8X, read from the picture: RFC 6386 section 9.1 (lossy), RFC 9649 section 3.4 (lossless). */
function extendedHeader(chunks: Chunk[]): Uint8Array {
  const lossless = chunks.find(({ type }) => type === 'VP8L')?.data;
  const lossy = chunks.find(({ type }) => type === 'VP8 ')?.data;
  const header = new Uint8Array(10);
  const view = new DataView(header.buffer);
  const setCanvas = (width: number, height: number) => {
    view.setUint16(4, (width - 1) & 0xffff, true);
    view.setUint16(7, (height - 1) & 0xffff, true);
  };
  if (lossless) {
    const bits = new DataView(lossless.buffer, lossless.byteOffset + 1, 4).getUint32(0, true);
    setCanvas((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    if ((bits >>> 28) & 1) header[0] = 0x10;
  } else if (lossy) {
    const frame = new DataView(lossy.buffer, lossy.byteOffset + 6, 4);
    setCanvas(frame.getUint16(0, true) & 0x3fff, frame.getUint16(2, true) & 0x3fff);
  } else {
    throw new Error('Expected a WebP with pixels, found neither a VP8 nor a VP8L chunk.');
  }
  return header;
}

function makeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = join([bytesOf(type), new Uint8Array(4), data, new Uint8Array(data.length % 2)]);
  new DataView(chunk.buffer).setUint32(4, data.length, true);
  return chunk;
}
