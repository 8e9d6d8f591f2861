import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { chromaOf, distance, type Oklab, toOklab } from '../../../../app/server/offline/colours.ts';
import type { Engine, EngineInput, EngineOutcome } from '../../../../app/server/offline/engine.ts';

export const photo = (name: string): Promise<Uint8Array> =>
  sharp(readFileSync(new URL(`../../../../app/samples/${name}`, import.meta.url)))
    .resize(300)
    .png()
    .toBuffer();

export const input = (prompt: string, more: Partial<EngineInput> = {}): EngineInput => ({
  prompt,
  negative_prompt: '',
  seed: 1,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'png',
  ...more,
});

/** The result of an edit that has to succeed. */
export async function edited(
  engine: Engine,
  picture: Uint8Array,
  prompt: string,
  more: Partial<EngineInput> = {},
): Promise<Extract<EngineOutcome, { status: 'done' }>> {
  const outcome = await engine.edit(picture, input(prompt, more));
  if (outcome.status === 'failed') throw new Error(outcome.message);
  return outcome;
}

export type Pixels = {
  width: number;
  height: number;
  channels: number;
  lab(x: number, y: number): Oklab;
  data: Buffer;
};

export async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const lab = (x: number, y: number): Oklab => toOklab(data, (y * width + x) * channels);
  return { width, height, channels, data, lab };
}

/** Means over all pixels that `where` lets through. */
export function measured(pixels: Pixels, where: (x: number, y: number) => boolean = () => true) {
  let [count, l, chroma, warm] = [0, 0, 0, 0];
  for (let y = 0; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++) {
      if (!where(x, y)) continue;
      const lab = pixels.lab(x, y);
      count++;
      l += lab[0];
      chroma += chromaOf(lab);
      warm += lab[2];
    }
  }
  return { lightness: l / count, chroma: chroma / count, warmth: warm / count };
}

/** Mean difference of two pictures in bytes; infinite when their sizes differ. */
export async function difference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([pixelsOf(one), pixelsOf(other)]);
  if (a.data.length !== b.data.length) return Infinity;
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / a.data.length;
}

export const away = (one: Oklab, rgb: [number, number, number]): number => distance(one, toOklab(rgb));

/** Names bytes: comparing names is quick, and a mismatch prints one line. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
