import { chromaOf, type Oklab, toOklab } from './colours.ts';
import type { Picture } from './picture.ts';

/** One figure about a picture, in words for the note. */
export type Measure = { title: string; of(picture: Picture, within: Uint8Array | null): number };

/** Enough pixels for a mean that is steady to a thousandth. */
const samples = 30_000;

/** Calls back with the colours of evenly spread pixels, where `within` (if any) says that they surely belong. */
export function sample(picture: Picture, within: Uint8Array | null, take: (lab: Oklab, pixel: number) => void): number {
  const pixels = picture.width * picture.height;
  // An odd step that is no divisor of common widths, so that samples do not line up in columns.
  const step = Math.max(1, Math.floor(pixels / samples)) | 1;
  let taken = 0;
  for (let i = 0; i < pixels; i += step) {
    if (within && within[i]! < 200) continue;
    take(toOklab(picture.rgb, i * 3), i);
    taken++;
  }
  return taken;
}

function mean(picture: Picture, within: Uint8Array | null, value: (lab: Oklab) => number): number {
  let sum = 0;
  const taken = sample(picture, within, (lab) => (sum += value(lab)));
  return taken === 0 ? 0 : sum / taken;
}

export const lightness: Measure = { title: 'lightness', of: (p, within) => mean(p, within, ([l]) => l) };
export const darkness: Measure = { title: 'darkness', of: (p, within) => mean(p, within, ([l]) => 1 - l) };
export const colourfulness: Measure = { title: 'colour', of: (p, within) => mean(p, within, chromaOf) };
export const greyness: Measure = { title: 'greyness', of: (p, within) => -mean(p, within, chromaOf) };
export const warmth: Measure = { title: 'warmth', of: (p, within) => mean(p, within, ([, a, b]) => b + a / 2) };
export const coolness: Measure = { title: 'coolness', of: (p, within) => -warmth.of(p, within) };
export const spread: Measure = {
  title: 'contrast',
  of(picture, within) {
    const middle = lightness.of(picture, within);
    return Math.sqrt(mean(picture, within, ([l]) => (l - middle) ** 2));
  },
};
export const flatness: Measure = { title: 'softness of contrast', of: (p, within) => -spread.of(p, within) };

/** How much neighbours differ, as a share of what they did: fine detail. */
export const detail: Measure = { title: 'fine detail', of: (p, within) => Math.log(0.2 + roughness(p, within)) };
export const smoothness: Measure = { title: 'smoothness', of: (p, within) => -detail.of(p, within) };

/** Mean difference of green with the mean of its four neighbours, in bytes. */
export function roughness({ width, height, rgb }: Picture, within: Uint8Array | null): number {
  let sum = 0;
  let taken = 0;
  const step = Math.max(1, Math.floor((width * height) / 120_000)) | 1;
  for (let i = width + 1; i < width * (height - 1) - 1; i += step) {
    if (within && within[i]! < 200) continue;
    const j = i * 3 + 1;
    const around = rgb[j - 3]! + rgb[j + 3]! + rgb[j - width * 3]! + rgb[j + width * 3]!;
    sum += Math.abs(rgb[j]! - around / 4);
    taken++;
  }
  return taken === 0 ? 0 : sum / taken;
}
