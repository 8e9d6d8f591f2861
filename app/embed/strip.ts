import { join, latin1 } from './inflate.ts';

/**
 * The same picture, not a pixel changed, without anything that tells how, where or when it was made: neither what Editloom
 * puts in nor texts, EXIF, XMP and the like of others. What its colours need stays. Other files come back as they are.
 */
export function strip(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return stripPng(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return stripJpeg(bytes);
  if (latin1(bytes.subarray(0, 4)) === 'RIFF' && latin1(bytes.subarray(8, 12)) === 'WEBP') return stripWebp(bytes);
  return bytes;
}

/** PNG specification, third edition, 11.3: what is drawn depends on these; all else is told about the picture. */
const pngKept = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs'.split(' '));

function stripPng(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    const type = latin1(bytes.subarray(at + 4, at + 8));
    if (pngKept.has(type)) kept.push(bytes.subarray(at, end));
    at = end;
    // What lies behind the end is no part of the picture.
    if (type === 'IEND') break;
  }
  return join(kept);
}

/** ITU-T T.81, annex B. JFIF (APP0), colour profiles (APP2 "ICC_PROFILE") and Adobe's colour transform (APP14) stay. */
function stripJpeg(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = view.getUint8(at + 1);
    // From the first scan on it is pixels.
    if (marker === 0xda) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) break;
    const isTold = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
    const isProfile = marker === 0xe2 && latin1(bytes.subarray(at + 4, at + 15)) === 'ICC_PROFILE';
    if (!isTold || marker === 0xe0 || marker === 0xee || isProfile) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return join([...kept, bytes.subarray(at)]);
}

/** RFC 9649. The header of the extended format says which chunks there are. */
const webpKept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const EXIF_AND_XMP = 0b0000_1100;

function stripWebp(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept: Uint8Array[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size & 1);
    if (at + 8 + size > bytes.length) break;
    const type = latin1(bytes.subarray(at, at + 4));
    if (webpKept.has(type)) {
      const chunk = bytes.slice(at, Math.min(end, bytes.length));
      if (type === 'VP8X') chunk[8]! &= ~EXIF_AND_XMP;
      kept.push(chunk.length % 2 === 1 ? join([chunk, new Uint8Array(1)]) : chunk);
    }
    at = end;
  }
  const file = join([bytes.subarray(0, 12), ...kept]);
  new DataView(file.buffer).setUint32(4, file.length - 8, true);
  return file;
}
