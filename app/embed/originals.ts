import { originalsOfJpeg } from './jpeg.ts';
import { originalsOfPng } from './png.ts';
import { originalsOfWebp } from './webp.ts';

/** What a saved picture may have been before the graph was put into it; its SHA-256 tells which one it was. */
export function originalsOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes[0] === 0x89) return originalsOfPng(bytes);
  if (bytes[0] === 0xff) return originalsOfJpeg(bytes);
  return bytes[0] === 0x52 ? originalsOfWebp(bytes) : [];
}
