import { mixed, type Oklab, type Rgb, toOklab } from './colours.ts';
import type { Brush } from './effect.ts';

const within = (v: number): number => Math.min(1, Math.max(0, v));

/** An S through 0, `middle` and 1: steeper in the middle for a positive force, flatter for a negative one. */
export function bend(v: number, force: number, middle = 0.5): number {
  const power = force >= 0 ? 1 + 0.6 * force : 1 / (1 - 0.6 * force);
  return v < middle ? middle * within(v / middle) ** power : 1 - (1 - middle) * within((1 - v) / (1 - middle)) ** power;
}

/** Lightness lifted (positive) or lowered (negative); black and white stay where they are. */
export const lift = (l: number, by: number): number => within(l) ** (2 ** -by);

export const chroma = ([l, a, b]: Oklab, factor: number): Oklab => [l, a * factor, b * factor];

/** OKLab lightness of a grey of this sRGB value, both 0..1. */
export function lightOf(v: number): number {
  const grey = Math.round(within(v) * 255);
  return toOklab([grey, grey, grey])[0];
}

/** The way from one colour to another. */
export const ramp =
  (dark: Oklab, light: Oklab) =>
  (t: number): Oklab =>
    mixed(dark, light, within(t));

/** Red, green and blue in a grey: neutral, yellow, red and green filter, and old blue-sensitive film. */
const filters = [
  [0.3, 0.59, 0.11],
  [0.48, 0.42, 0.1],
  [0.58, 0.36, 0.06],
  [0.22, 0.7, 0.08],
  [0.24, 0.5, 0.26],
] as const;

/** How grey a colour becomes, 0..1: the seed picks the filter, the contrast and the exposure. */
export function greyMix(brush: Brush, contrast: [number, number]): (rgb: Rgb) => number {
  const mix = brush.random.pick(filters);
  const force = brush.random.between(...contrast);
  const lifted = brush.random.between(-0.2, 0.2);
  return ([r, g, b]) => bend(lift((mix[0] * r + mix[1] * g + mix[2] * b) / 255, lifted), force);
}
