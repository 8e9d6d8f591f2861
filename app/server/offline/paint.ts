import { applyLook, inOklab } from './cube.ts';
import type { Brush } from './effect.ts';
import { kuwahara } from './kuwahara.ts';
import { blurred, cloudPlane, combined } from './optics.ts';
import { type Picture, plane, planeOf } from './picture.ts';
import { lumaBytes, lumaOf } from './planes.ts';
import { noiseAt } from './random.ts';

const shorter = ({ width, height }: Picture): number => Math.min(width, height);

/** Even areas of colour, a few steps of light, and dark outlines. */
export async function cartoon(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
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
  return combined({ width, height, rgb: flat }, (v, _, pixel) => v * (1 - lines[pixel]!) + 18 * lines[pixel]!, signal);
}

/** Where a narrow and a wider blur differ: 0..1, thick where the edge is strong (extended difference of Gaussians). */
async function outlines(picture: Picture, sigma: number, force: number): Promise<Float32Array> {
  const { width, height } = picture;
  const bytes = lumaBytes(picture.rgb);
  const near = Math.max(0.7, sigma);
  const narrow = await planeOf(plane(bytes, width, height).blur(near));
  const wide = await planeOf(plane(bytes, width, height).blur(near * 1.8));
  const lines = new Float32Array(narrow.length);
  for (let i = 0; i < lines.length; i++) {
    lines[i] = Math.min(0.92, Math.max(0, (wide[i]! - narrow[i]! - 2.2) * 0.16 * force));
  }
  return lines;
}

/** Oil: strokes of even colour along the edges, and a canvas that catches the light. */
export async function oil(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const size = shorter(picture);
  const radius = Math.max(2, Math.round((size / 170) * Math.sqrt(force) * random.between(0.8, 1.25)));
  const seed = random.integer();
  // Strokes are broken by a little noise in what is painted.
  const rough = await combined(picture, (v, _, pixel) => v + 14 * noiseAt(seed, pixel, 0), signal);
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
    (v, _, at) => {
      const right = luma[Math.min(luma.length - 1, at + 1)]! - luma[Math.max(0, at - 1)]!;
      const down = luma[Math.min(luma.length - 1, at + width)]! - luma[Math.max(0, at - width)]!;
      return v + 255 * depth * Math.max(-0.16, Math.min(0.16, right * dx + down * dy));
    },
    signal,
  );
}

/** Watercolour: pale washes with pigment at their rims, on rough paper. */
export async function watercolour(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const size = shorter(picture);
  const radius = Math.max(2, Math.round((size / 170) * random.between(0.85, 1.2)));
  const washes = await kuwahara(await kuwahara(picture, radius, signal), radius, signal);
  const pale = await applyLook(
    washes,
    inOklab(([l, a, b]) => [0.2 + 0.8 * l ** 0.85, a * 1.15, b * 1.15]),
    signal,
  );
  const seed = random.integer();
  const rims = await outlines(washes, size / 260, 0.45 * force);
  const wash = await cloudPlane(picture, seed + 1, size * random.between(0.15, 0.3), 8);
  const paper = await cloudPlane(picture, seed, Math.max(3, size / 130), 1, signal);
  // How thick the pigment lies, from the wash and its rim.
  const thick = wash.map((v, i) => (1 + 0.35 * (v - 0.5) * force) * (1 + 0.5 * rims[i]!));
  return combined(
    { width, height, rgb: pale },
    (v, _, at) => 252 - (252 - v) * thick[at]! + 20 * (paper[at]! - 0.5),
    signal,
  );
}
