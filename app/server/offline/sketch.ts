import { byte } from './colours.ts';
import type { Brush } from './effect.ts';
import { calmed, colours, inBands, type Picture, plane, planeOf, rgbOf } from './picture.ts';
import { lumaBytes } from './planes.ts';
import { cloudAt, noiseAt } from './random.ts';

/** Pencil: the picture divided by its own blur leaves outlines; hatching fills what is dark. */
export async function sketch(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const size = Math.min(width, height);
  const calm = await rgbOf(calmed(colours(picture), picture, 3));
  const bytes = lumaBytes(calm);
  const wide = await planeOf(plane(bytes, width, height).blur(Math.max(1, size * random.between(0.011, 0.02))));
  const angle = random.between(0.5, 1.1) * (random.next() < 0.5 ? 1 : -1);
  const strokes = await hatching(picture, angle, random.integer());
  const seed = random.integer();
  const weight = random.between(1.5, 2.2) * Math.sqrt(force);
  const paper = random.pick([
    [250, 248, 243],
    [247, 247, 246],
    [252, 249, 240],
  ] as const);
  const ink = random.pick([
    [38, 38, 42],
    [52, 46, 42],
    [34, 40, 52],
  ] as const);
  const result = new Uint8Array(width * height * 3);
  await inBands(
    picture,
    (first, end) => {
      for (let y = first; y < end; y++) {
        for (let x = 0; x < width; x++) {
          const i = y * width + x;
          const outline = Math.min(1, (bytes[i]! + 16) / (wide[i]! + 12)) ** (2.6 * weight);
          const dark = Math.max(0, 0.55 - wide[i]! / 255) / 0.55;
          const hatch = 1 - (0.15 + 0.55 * (strokes[i]! / 255)) * Math.min(1, dark);
          const tooth = 1 - 0.07 * Math.max(0, noiseAt(seed, x, y));
          const t = Math.max(0, Math.min(1, outline * hatch * tooth));
          for (let c = 0; c < 3; c++) result[i * 3 + c] = byte(ink[c as 0] + (paper[c as 0] - ink[c as 0]) * t);
        }
      }
    },
    signal,
  );
  return result;
}

/** Noise drawn out along a direction: pencil strokes. */
async function hatching(picture: Picture, angle: number, seed: number): Promise<Uint8Array> {
  const { width, height } = picture;
  const thick = Math.max(1.4, Math.min(width, height) / 330);
  const strokes = new Uint8Array(width * height);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const finish = (x: number, y: number): number =>
    cloudAt(seed, (x * dx + y * dy) / 18, (y * dx - x * dy) / 1, thick * 2.2);
  await inBands(picture, (first, end) => {
    for (let y = first; y < end; y++) {
      for (let x = 0; x < width; x++) strokes[y * width + x] = byte(255 * (finish(x, y) - 0.36) * 3.4);
    }
  });
  return strokes;
}
