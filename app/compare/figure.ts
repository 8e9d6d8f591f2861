import { ssim } from '@blazediff/ssim';

/** Two pictures of one size: red, green, blue and opacity of each pixel, 0 to 255. */
export type Pair = {
  readonly a: Uint8ClampedArray;
  readonly b: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};

export type Figure = {
  /** Share of pixels with a channel that differs by more than THRESHOLD, 0 to 1. */
  readonly changed: number;
  /** Mean difference of red, green and blue, of 255. */
  readonly mean: number;
  /** The largest difference of any channel, of 255. */
  readonly largest: number;
  /** Structural similarity, 1 = the same; null for pictures smaller than its window. */
  readonly similarity: number | null;
};

/** JPEG alone moves channels by a few steps of 255; more than this was changed by somebody. */
export const THRESHOLD = 8;
/** Side of the window of structural similarity, in pixels (Wang et al. 2004). */
const WINDOW = 11;

/** How far apart two pictures are. */
export function figureOf({ a, b, width, height }: Pair): Figure {
  let changed = 0;
  let sum = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i += 4) {
    const red = Math.abs(a[i]! - b[i]!);
    const green = Math.abs(a[i + 1]! - b[i + 1]!);
    const blue = Math.abs(a[i + 2]! - b[i + 2]!);
    const most = Math.max(red, green, blue, Math.abs(a[i + 3]! - b[i + 3]!));
    sum += red + green + blue;
    if (most > THRESHOLD) changed++;
    if (most > largest) largest = most;
  }
  const pixels = a.length / 4;
  return {
    changed: changed / pixels,
    mean: sum / (3 * pixels),
    largest,
    similarity: Math.min(width, height) < WINDOW ? null : ssim(a, b, undefined, width, height),
  };
}

/** From a little to very different; the legend of the map shows the same colours. */
export const mapColours: readonly (readonly [number, number, number])[] = [
  [255, 214, 70],
  [255, 106, 0],
  [214, 0, 110],
];

/** Where two pictures differ: in colour by how much, over the first one in dim grey. */
export function differenceMap({ a, b }: Pick<Pair, 'a' | 'b'>): Uint8ClampedArray<ArrayBuffer> {
  const map = new Uint8ClampedArray(a.length);
  for (let i = 0; i < a.length; i += 4) {
    let most = 0;
    for (let channel = 0; channel < 4; channel++) most = Math.max(most, Math.abs(a[i + channel]! - b[i + channel]!));
    map[i + 3] = 255;
    if (most <= THRESHOLD) {
      const grey = 30 + (0.3 * a[i]! + 0.59 * a[i + 1]! + 0.11 * a[i + 2]!) * 0.3;
      map[i] = map[i + 1] = map[i + 2] = grey;
      continue;
    }
    // The root: small differences are most, and are looked for.
    const at = Math.sqrt(most / 255) * (mapColours.length - 1);
    const from = Math.min(Math.floor(at), mapColours.length - 2);
    const [low, high, part] = [mapColours[from]!, mapColours[from + 1]!, at - from];
    for (let channel = 0; channel < 3; channel++)
      map[i + channel] = low[channel]! + (high[channel]! - low[channel]!) * part;
  }
  return map;
}

/** More pixels than this are compared at a smaller size: a phone has to hold several copies of both. */
export const MOST_PIXELS = 4_000_000;

/** The size that two pictures are compared at: that of the first, or smaller. */
export function comparedSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
