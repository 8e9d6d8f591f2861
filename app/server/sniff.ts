import type { MediaType } from '../../graphs/artifact.ts';

/** What the first bytes say a file is; its name and the sender's content type are never asked. */
export type Sniffed = MediaType | 'image/gif' | 'image/tiff' | 'image/avif' | 'image/heic' | 'image/svg+xml' | null;

export function sniff(bytes: Uint8Array): Sniffed {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'image/gif';
  if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return 'image/tiff';
  if (ascii(4, 8) === 'ftyp') return sniffIsoBrand(ascii(8, 64));
  return looksLikeSvg(bytes) ? 'image/svg+xml' : null;
}

/** AVIF and HEIC are the same container; the brands behind `ftyp` tell them apart (ISO/IEC 23008-12, AV1 image format). */
function sniffIsoBrand(brands: string): Sniffed {
  if (/^(avif|avis)/.test(brands)) return 'image/avif';
  if (/^(heic|heix|heim|heis|hevc|hevx)/.test(brands)) return 'image/heic';
  if (/^(mif1|msf1)/.test(brands)) return brands.includes('avif') ? 'image/avif' : 'image/heic';
  return null;
}

function looksLikeSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder('utf-8').decode(bytes.subarray(0, 4096));
  return /^\s*(<\?xml[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>|\s)*<svg[\s/>]/i.test(start);
}
