import { fromOklab, type Oklab, type Rgb, toOklab } from './colours.ts';
import { inBands, type Picture } from './picture.ts';

/** What becomes of a colour, wherever it is. Bytes, fractions allowed. */
export type Look = (rgb: Rgb, lab: Oklab) => Rgb;

const steps = 33;

/** Most looks are easier to say in OKLab. */
export const inOklab =
  (look: (lab: Oklab) => Oklab): Look =>
  (_, lab) =>
    fromOklab(look(lab));

/**
 * Applies a look by way of a cube of 33³ colours and straight lines in between (along tetrahedra, which keeps grey grey):
 * the look may be as slow as it likes.
 */
export async function applyLook(picture: Picture, look: Look, signal?: AbortSignal): Promise<Uint8Array> {
  const cube = bake(look);
  const { rgb } = picture;
  const result = new Uint8Array(rgb.length);
  const place = Float64Array.from({ length: 256 }, (_, v) => (v * (steps - 1)) / 255);
  const [dr, dg, db] = [3 * steps * steps, 3 * steps, 3];
  const band = (firstRow: number, endRow: number): void => {
    const end = endRow * picture.width * 3;
    for (let i = firstRow * picture.width * 3; i < end; i += 3) {
      const r = place[rgb[i]!]!;
      const g = place[rgb[i + 1]!]!;
      const b = place[rgb[i + 2]!]!;
      const r0 = Math.min(steps - 2, r | 0);
      const g0 = Math.min(steps - 2, g | 0);
      const b0 = Math.min(steps - 2, b | 0);
      const fr = r - r0;
      const fg = g - g0;
      const fb = b - b0;
      const base = r0 * dr + g0 * dg + b0 * db;
      // Walk from the corner's nearest point to its farthest, along the largest fraction first.
      let one: number, two: number, high: number, middle: number, low: number;
      if (fr >= fg) {
        if (fg >= fb) [one, two, high, middle, low] = [dr, dr + dg, fr, fg, fb];
        else if (fr >= fb) [one, two, high, middle, low] = [dr, dr + db, fr, fb, fg];
        else [one, two, high, middle, low] = [db, dr + db, fb, fr, fg];
      } else if (fb >= fg) [one, two, high, middle, low] = [db, dg + db, fb, fg, fr];
      else if (fb >= fr) [one, two, high, middle, low] = [dg, dg + db, fg, fb, fr];
      else [one, two, high, middle, low] = [dg, dr + dg, fg, fr, fb];
      const last = base + dr + dg + db;
      for (let c = 0; c < 3; c++) {
        const value =
          cube[base + c]! * (1 - high) +
          cube[base + one + c]! * (high - middle) +
          cube[base + two + c]! * (middle - low) +
          cube[last + c]! * low;
        result[i + c] = value + 0.5;
      }
    }
  };
  await inBands(picture, band, signal);
  return result;
}

function bake(look: Look): Float32Array {
  const cube = new Float32Array(steps ** 3 * 3);
  let at = 0;
  for (let r = 0; r < steps; r++) {
    for (let g = 0; g < steps; g++) {
      for (let b = 0; b < steps; b++) {
        const rgb = [r, g, b].map((v) => Math.round((v * 255) / (steps - 1))) as [number, number, number];
        for (const value of look(rgb, toOklab(rgb))) cube[at++] = Math.min(255, Math.max(0, value));
      }
    }
  }
  return cube;
}
