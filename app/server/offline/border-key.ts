import { distance, type Oklab, toOklab } from './colours.ts';

const near = 0.045;
const far = 0.11;

/**
 * A subject map without any model: what is connected with the border and has the border's colour is background.
 * Serves plain backgrounds only; null when the border is not plain.
 */
export function plainBackgroundMap(rgb: Uint8Array, width: number, height: number): Float32Array | null {
  const border = borderPixels(width, height);
  const lab = Array.from({ length: width * height }, (_, i) => toOklab(rgb, i * 3));
  const typical = medianOf(border.map((i) => lab[i]!));
  const alike = border.filter((i) => distance(lab[i]!, typical) < far);
  // A subject may touch the border, but most of the border has to be background.
  if (alike.length < border.length * 0.6) return null;

  const map = new Float32Array(width * height).fill(1);
  const stack = alike;
  for (const i of stack) map[i] = 0;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
      if (next < 0 || next >= map.length || map[next] !== 1) continue;
      // Slow changes (a soft shadow) are followed as long as each step is small.
      const step = distance(lab[next]!, lab[at]!);
      const away = distance(lab[next]!, typical);
      if (away >= far * 1.6 || step >= near) continue;
      map[next] = 0;
      stack.push(next);
    }
  }
  const subject = map.reduce((sum, v) => sum + v, 0) / map.length;
  return subject < 0.004 || subject > 0.97 ? null : map;
}

function borderPixels(width: number, height: number): number[] {
  const pixels: number[] = [];
  for (let x = 0; x < width; x++) pixels.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) pixels.push(y * width, y * width + width - 1);
  return pixels;
}

function medianOf(colours: Oklab[]): Oklab {
  const middle = (part: 0 | 1 | 2): number => {
    const sorted = colours.map((colour) => colour[part]).sort((one, other) => one - other);
    return sorted[sorted.length >> 1] ?? 0;
  };
  return [middle(0), middle(1), middle(2)];
}
