import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, gone when it has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'editloom-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

type Format = 'png' | 'jpeg' | 'webp' | 'avif' | 'tiff' | 'gif';

/** A small real picture: red on the left, blue on the right, with noise so that it doesn't shrink to nothing. */
export function makePicture(format: Format = 'png', { width = 60, height = 40 } = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 3) {
    const isLeft = (at / 3) % width < width / 2;
    const noise = (at * 7919) % 31;
    pixels[at] = isLeft ? 220 + noise : noise;
    pixels[at + 1] = noise;
    pixels[at + 2] = isLeft ? noise : 220 + noise;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** The decoded pixels alone, upright: what has to stay the same when only metadata changes. */
export const pixelsOf = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).autoOrient().raw().toBuffer();
