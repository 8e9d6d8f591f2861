import { byte } from './colours.ts';
import { applyLook, inOklab } from './cube.ts';
import type { Brush, Effect } from './effect.ts';
import { kuwahara } from './kuwahara.ts';
import { blurred, combined } from './optics.ts';
import { colours, inBands, type Picture, plane, planeOf, rgbOf } from './picture.ts';
import { lumaOf } from './planes.ts';
import { cloudAt, noiseAt } from './random.ts';

/** Pictures made as if by hand. */

const shorter = ({ width, height }: Picture): number => Math.min(width, height);

/** Pencil: the picture divided by its own blur leaves outlines; hatching fills what is dark. */
async function sketch(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const size = shorter(picture);
  const calm = await rgbOf(colours(picture).median(3));
  const luma = lumaOf(calm);
  const bytes = Uint8Array.from(luma, (v) => byte(v * 255));
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
          const outline = Math.min(1, (bytes[i]! + 6) / (wide[i]! + 6)) ** (3 * weight);
          const dark = Math.max(0, 0.62 - wide[i]! / 255) / 0.62;
          const hatch = 1 - 0.75 * Math.min(1, dark * 1.25) * (strokes[i]! / 255);
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
  const thick = Math.max(1.4, shorter(picture) / 330);
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

/** Even areas of colour, a few steps of light, and dark outlines. */
async function cartoon(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const size = shorter(picture);
  const radius = Math.max(2, Math.round(size / 150));
  const even = await kuwahara(await kuwahara(picture, radius, signal), Math.max(2, radius - 1), signal);
  const levels = Math.round(random.between(6, 9));
  const boost = 1.2 + 0.25 * Math.min(2, force) * random.between(0.8, 1.2);
  const flat = await applyLook(
    { ...even },
    inOklab(([l, a, b]) => {
      const at = l * levels;
      const step = Math.floor(at) + 0.5 + (0.5 * Math.tanh(6 * (at - Math.floor(at) - 0.5))) / Math.tanh(3);
      return [Math.min(1, 0.03 + step / levels), a * boost, b * boost];
    }),
    signal,
  );
  const lines = await outlines(even, size / 420, random.between(0.9, 1.3) * force);
  return combined(
    { width, height, rgb: flat },
    (v, i) => v * (1 - lines[(i / 3) | 0]!) + 18 * lines[(i / 3) | 0]!,
    signal,
  );
}

/** Where a narrow and a wider blur differ: 0..1, thick where the edge is strong (extended difference of Gaussians). */
async function outlines(picture: Picture, sigma: number, force: number): Promise<Float32Array> {
  const { width, height } = picture;
  const bytes = Uint8Array.from(lumaOf(picture.rgb), (v) => byte(v * 255));
  const near = Math.max(0.7, sigma);
  const narrow = await planeOf(plane(bytes, width, height).blur(near));
  const wide = await planeOf(plane(bytes, width, height).blur(near * 1.8));
  return Float32Array.from(narrow, (v, i) => Math.min(0.92, Math.max(0, (wide[i]! - v - 2.2) * 0.16 * force)));
}

/** Oil: strokes of even colour along the edges, and a canvas that catches the light. */
async function oil(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const size = shorter(picture);
  const radius = Math.max(2, Math.round((size / 95) * Math.sqrt(force) * random.between(0.8, 1.25)));
  const seed = random.integer();
  // Strokes are broken by a little noise in what is painted.
  const rough = await combined(
    picture,
    (v, i) => v + 14 * noiseAt(seed, ((i / 3) | 0) % picture.width, (((i / 3) | 0) / picture.width) | 0),
    signal,
  );
  const painted = await kuwahara(
    await kuwahara({ ...picture, rgb: rough }, radius, signal),
    Math.max(2, radius >> 1),
    signal,
  );
  const rich = await applyLook(
    painted,
    inOklab(([l, a, b]) => [l, a * 1.22, b * 1.22]),
    signal,
  );
  return relief({ ...painted, rgb: rich }, random.between(0, 2 * Math.PI), 0.55 * Math.sqrt(force), signal);
}

/** Light across the paint: its own lightness taken as height. */
async function relief(picture: Picture, angle: number, depth: number, signal?: AbortSignal): Promise<Uint8Array> {
  const { width, height, rgb } = picture;
  const luma = lumaOf(await blurred(picture, Math.max(0.6, shorter(picture) / 900)));
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  return combined(
    { width, height, rgb },
    (v, i) => {
      const at = (i / 3) | 0;
      const right = luma[Math.min(luma.length - 1, at + 1)]! - luma[Math.max(0, at - 1)]!;
      const down = luma[Math.min(luma.length - 1, at + width)]! - luma[Math.max(0, at - width)]!;
      return v + 255 * depth * Math.max(-0.16, Math.min(0.16, right * dx + down * dy));
    },
    signal,
  );
}

/** Watercolour: pale washes with pigment at their rims, on rough paper. */
async function watercolour(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const size = shorter(picture);
  const radius = Math.max(2, Math.round((size / 80) * random.between(0.85, 1.2)));
  const washes = await kuwahara(await kuwahara(picture, radius, signal), radius, signal);
  const pale = await applyLook(
    washes,
    inOklab(([l, a, b]) => [0.2 + 0.8 * l ** 0.85, a * 1.15, b * 1.15]),
    signal,
  );
  const seed = random.integer();
  const rims = await outlines(washes, size / 260, 0.45 * force);
  const grainSize = Math.max(3, size / 130);
  const blotch = size * random.between(0.15, 0.3);
  return combined(
    { width, height, rgb: pale },
    (v, i) => {
      const at = (i / 3) | 0;
      const x = at % width;
      const y = (at / width) | 0;
      const paper = cloudAt(seed, x, y, grainSize) - 0.5;
      const wash = cloudAt(seed + 1, x, y, blotch) - 0.5;
      const thin = 1 + 0.35 * wash * force;
      return 252 - (252 - v) * thin * (1 + 0.5 * rims[at]!) + 20 * paper;
    },
    signal,
  );
}

async function pixelate(picture: Picture, { force, random }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const block = Math.max(2, Math.round((shorter(picture) / 48) * force * random.between(0.75, 1.35)));
  const across = Math.max(1, Math.round(width / block));
  const down = Math.max(1, Math.round(height / block));
  const small = await rgbOf(colours(picture).resize(across, down, { fit: 'fill', kernel: 'mks2013' }));
  return rgbOf(
    colours({ width: across, height: down, rgb: small }).resize(width, height, { fit: 'fill', kernel: 'nearest' }),
  );
}

/** A few flat colours, chosen from the picture: the median cut of the PNG palette would depend on the library's version, steps don't. */
async function posterise(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const levels = Math.max(2, Math.round(random.between(3.2, 5.4) / Math.sqrt(force)));
  const start = random.between(-0.12, 0.12);
  const calm = await rgbOf(colours(picture).median(Math.max(3, Math.round(shorter(picture) / 200) | 1)));
  const table = Float64Array.from({ length: 256 }, (_, v) => {
    const at = Math.min(levels - 0.001, Math.max(0, (v / 255 + start / levels) * levels));
    return (Math.floor(at) * 255) / (levels - 1);
  });
  return combined({ ...picture, rgb: calm }, (v) => table[v]!, signal);
}

export const styleEffects = {
  sketch: { apply: sketch },
  cartoon: { apply: cartoon },
  'oil painting': { apply: oil },
  watercolour: { apply: watercolour },
  pixelate: { apply: pixelate },
  posterise: { apply: posterise },
} satisfies Record<string, Effect>;
