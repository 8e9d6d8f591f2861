import { byte, type Rgb } from './colours.ts';
import type { Brush, Effect } from './effect.ts';
import { darkness, detail, smoothness } from './measure.ts';
import { colours, inBands, type Picture, plane, planeOf, rgbOf } from './picture.ts';
import { guided, lumaOf } from './planes.ts';
import { cloudAt, noiseAt } from './random.ts';

/** What lenses, film and weather do: sharpness, noise, glow, haze, dark corners. */

const shorter = ({ width, height }: Picture): number => Math.min(width, height);

export async function blurred(picture: Picture, sigma: number): Promise<Uint8Array> {
  return rgbOf(colours(picture).blur(Math.max(0.3, sigma)));
}

async function blur(picture: Picture, { force, random }: Brush): Promise<Uint8Array> {
  return blurred(picture, Math.min(60, shorter(picture) * 0.009 * force * random.between(0.75, 1.35)));
}

async function sharpen(picture: Picture, { force, random }: Brush): Promise<Uint8Array> {
  const sigma = 0.7 + random.between(0, 0.5) + shorter(picture) / 4000;
  return rgbOf(
    colours(picture).sharpen({
      sigma,
      m1: 0.6 * force,
      m2: 2.6 * force * random.between(0.85, 1.2),
      x1: 1.5,
      y2: 14,
      y3: 18,
    }),
  );
}

/** Evens out what is flat but for noise, and leaves edges: a guided filter on each channel, with the lightness as its guide. */
async function denoise(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height, rgb } = picture;
  const radius = Math.max(2, Math.round(shorter(picture) / 220));
  const evenness = (0.045 * force * random.between(0.9, 1.2)) ** 2;
  const guide = lumaOf(await rgbOf(colours(picture).median(3)));
  const result = new Uint8Array(rgb.length);
  for (let c = 0; c < 3; c++) {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const channel = Float32Array.from(guide, (_, i) => rgb[i * 3 + c]! / 255);
    const even = guided(guide, channel, { width, height, radius, evenness });
    for (let i = 0; i < even.length; i++) result[i * 3 + c] = byte(even[i]! * 255);
  }
  return result;
}

/** Local contrast: a wide, weak unsharp mask. */
async function clarity(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const wide = await blurred(picture, shorter(picture) * 0.03 * random.between(0.7, 1.3));
  const gain = 0.5 * force * random.between(0.85, 1.2);
  return combined(
    picture,
    (v, i) => {
      const middle = 1 - Math.abs(v / 127.5 - 1) ** 2;
      return v + (v - wide[i]!) * gain * (0.3 + 0.7 * middle);
    },
    signal,
  );
}

/** Light that spreads from bright parts, as through a soft filter. */
async function glow(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const wide = await blurred(picture, shorter(picture) * random.between(0.016, 0.034));
  const gain = Math.min(0.85, 0.5 * force * random.between(0.8, 1.15));
  return combined(
    picture,
    (v, i) => {
      const lit = (wide[i]! / 255) ** 1.25;
      const screen = 255 - ((255 - v) * (255 - 255 * lit)) / 255;
      return (v + (screen - v) * gain) * (1 - 0.05 * gain);
    },
    signal,
  );
}

/** Pale air that thickens away from a place the seed chooses, in soft clouds. */
async function haze(picture: Picture, { force, random, colours: named, signal }: Brush): Promise<Uint8Array> {
  const air: Rgb =
    named[0]?.rgb ??
    random.pick([
      [222, 226, 230],
      [214, 222, 230],
      [230, 227, 220],
    ] as const);
  const seed = random.integer();
  const size = shorter(picture) * random.between(0.45, 0.9);
  const sinks = random.between(-0.25, 0.35);
  const most = Math.min(0.9, 0.62 * force);
  const { width, height } = picture;
  // Clouds are smooth: a coarse grid, enlarged by libvips, looks the same.
  const across = Math.max(2, Math.round(width / 8));
  const down = Math.max(2, Math.round(height / 8));
  const coarse = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const cloud = cloudAt(seed, x * 8, y * 8, size);
      coarse[y * across + x] = byte(255 * most * Math.min(1, 0.25 + 0.75 * cloud * 1.3 + sinks * (y / down - 0.5)));
    }
  }
  const thick = await planeOf(plane(coarse, across, down).resize(width, height, { fit: 'fill', kernel: 'cubic' }));
  return combined(picture, (v, i) => v + (air[i % 3]! - v) * (thick[(i / 3) | 0]! / 255), signal);
}

/** Dark corners, around a middle that the seed moves a little. */
export async function vignette(
  picture: Picture,
  { force, random, colours: named, signal }: Brush,
): Promise<Uint8Array> {
  const most = Math.min(0.95, 0.62 * force * random.between(0.8, 1.15));
  const inner = random.between(0.32, 0.5);
  return cornersTo(picture, {
    colour: named[0]?.rgb ?? [0, 0, 0],
    most,
    inner,
    x: random.between(-0.14, 0.14),
    y: random.between(-0.14, 0.14),
    signal,
  });
}

export async function cornersTo(
  picture: Picture,
  {
    colour,
    most,
    inner,
    x: cx,
    y: cy,
    signal,
  }: { colour: Rgb; most: number; inner: number; x: number; y: number; signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  const { width, height, rgb } = picture;
  const result = new Uint8Array(rgb.length);
  await inBands(
    picture,
    (first, end) => {
      for (let y = first; y < end; y++) {
        const v = (2 * y) / height - 1 - cy;
        for (let x = 0; x < width; x++) {
          const u = (2 * x) / width - 1 - cx;
          const away = (Math.sqrt((u * u + v * v) / 2) - inner) / (1.05 - inner);
          const t = away <= 0 ? 0 : away >= 1 ? most : most * away * away * (3 - 2 * away);
          const i = (y * width + x) * 3;
          for (let c = 0; c < 3; c++) result[i + c] = rgb[i + c]! + (colour[c as 0]! - rgb[i + c]!) * t + 0.5;
        }
      }
    },
    signal,
  );
  return result;
}

/** Film grain: most in the middle tones, its size growing with the picture. */
export async function grain(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height, rgb } = picture;
  const seed = random.integer();
  const strength = 26 * force * random.between(0.8, 1.2);
  const raw = new Uint8Array(width * height);
  await inBands(
    picture,
    (first, end) => {
      for (let y = first; y < end; y++)
        for (let x = 0; x < width; x++) raw[y * width + x] = byte(128 + 90 * noiseAt(seed, x, y));
    },
    signal,
  );
  const sigma = Math.max(0.45, shorter(picture) / 1400);
  const soft = await planeOf(plane(raw, width, height).blur(sigma));
  // A blur by sigma leaves about 1/(2·sqrt(pi)·sigma) of the deviation.
  const gain = (strength * Math.min(4, 2 * sigma + 0.6)) / 90;
  return combined(
    { width, height, rgb },
    (v, i) => {
      const t = v / 255;
      return v + (soft[(i / 3) | 0]! - 128) * gain * (0.25 + 3 * t * (1 - t));
    },
    signal,
  );
}

/** A new value for each byte of the picture. */
export async function combined(
  picture: Pick<Picture, 'width' | 'height' | 'rgb'>,
  value: (v: number, i: number) => number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { rgb, width } = picture;
  const result = new Uint8Array(rgb.length);
  await inBands(
    picture,
    (first, end) => {
      for (let i = first * width * 3; i < end * width * 3; i++) result[i] = byte(value(rgb[i]!, i));
    },
    signal,
  );
  return result;
}

export const opticEffects = {
  sharpen: { apply: sharpen, goal: { measure: detail, least: 0.18, most: 0.9 } },
  blur: { apply: blur, goal: { measure: smoothness, least: 0.35, most: 3 } },
  denoise: { apply: denoise, goal: { measure: smoothness, least: 0.03, most: 1.6 } },
  clarity: { apply: clarity },
  glow: { apply: glow },
  haze: { apply: haze },
  vignette: { apply: vignette, goal: { measure: darkness, least: 0.02, most: 0.25 } },
  grain: { apply: grain, goal: { measure: detail, least: 0.1, most: 3 } },
} satisfies Record<string, Effect>;
