import { byte, type Rgb } from './colours.ts';
import type { Brush, Effect } from './effect.ts';
import { darkness, detail, smoothness } from './measure.ts';
import { calmed, colours, inBands, type Picture, plane, planeOf, rgbOf } from './picture.ts';
import { enlarge, guidedLines, lumaOf } from './planes.ts';
import { cloudAt, noiseAt } from './random.ts';

/** What lenses, film and weather do: sharpness, noise, glow, haze, dark corners. */

const shorter = ({ width, height }: Picture): number => Math.min(width, height);

export async function blurred(picture: Picture, sigma: number): Promise<Uint8Array> {
  return rgbOf(colours(picture).blur(Math.max(0.3, sigma)));
}

async function blur(picture: Picture, { force, random }: Brush): Promise<Uint8Array> {
  return blurred(picture, Math.min(60, shorter(picture) * 0.009 * force * random.between(0.6, 1.6)));
}

async function sharpen(picture: Picture, { force, random }: Brush): Promise<Uint8Array> {
  const sigma = 0.7 + random.between(0, 0.5) + shorter(picture) / 4000;
  return rgbOf(
    colours(picture).sharpen({
      sigma,
      m1: 0.6 * force * random.between(0.6, 1.3),
      m2: 2.6 * force * random.between(0.6, 1.5),
      x1: 1.5,
      y2: 14,
      y3: 18,
    }),
  );
}

/** Evens out what is flat but for noise, and leaves edges: a guided filter on each channel, with the lightness as its guide. */
async function denoise(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const evenness = (0.034 * force * random.between(0.75, 1.35)) ** 2;
  const calm = await rgbOf(calmed(colours(picture), picture, 3));
  const guide = lumaOf(calm);
  // The lines between guide and result are smooth: those of a smaller picture do for the large one.
  const scale = Math.min(1, 500 / shorter(picture));
  const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const shrunk = await rgbOf(colours(picture).resize(small.width, small.height, { fit: 'fill', kernel: 'linear' }));
  const smallGuide = lumaOf(shrunk);
  const result = new Uint8ClampedArray(picture.rgb.length);
  for (let c = 0; c < 3; c++) {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const channel = Float32Array.from(smallGuide, (_, i) => shrunk[i * 3 + c]! / 255);
    const { gain, offset } = guidedLines(smallGuide, channel, { ...small, radius: 3, evenness });
    const [wideGain, wideOffset] = [enlarge(gain, small, picture), enlarge(offset, small, picture)];
    for (let i = 0; i < guide.length; i++) result[i * 3 + c] = (wideGain[i]! * guide[i]! + wideOffset[i]!) * 255;
  }
  return new Uint8Array(result.buffer);
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
  const shade = Float64Array.from({ length: 256 }, (_, v) => 1 - (v / 255) ** 1.25);
  return combined(
    picture,
    (v, i) => {
      const screen = 255 - (255 - v) * shade[wide[i]!]!;
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
  const clouds = await cloudPlane(picture, seed, size, 8);
  const { width, height } = picture;
  const thick = clouds.map((cloud, i) => {
    const sinking = sinks * (((i / width) | 0) / height - 0.5);
    return most * Math.min(1, Math.max(0, 0.25 + 0.98 * cloud + sinking));
  });
  return combined(picture, (v, i, pixel) => v + (air[i - pixel * 3]! - v) * thick[pixel]!, signal);
}

/** Soft noise for each pixel, 0..1. Wide clouds are drawn on every `step`th pixel and enlarged: it looks the same. */
export async function cloudPlane(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  seed: number,
  size: number,
  step: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const across = Math.max(2, Math.ceil(width / step));
  const down = Math.max(2, Math.ceil(height / step));
  const clouds = new Float32Array(across * down);
  const band = (first: number, end: number): void => {
    for (let y = first; y < end; y++) {
      for (let x = 0; x < across; x++) clouds[y * across + x] = cloudAt(seed, x * step, y * step, size);
    }
  };
  await inBands({ width: across, height: down }, band, signal);
  return step === 1 ? clouds : enlarge(clouds, { width: across, height: down }, { width, height });
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
    (v, _, pixel) => {
      const t = v / 255;
      return v + (soft[pixel]! - 128) * gain * (0.25 + 3 * t * (1 - t));
    },
    signal,
  );
}

/** A new value for each byte of the picture: `i` is its place, `pixel` its pixel's. */
export async function combined(
  picture: Pick<Picture, 'width' | 'height' | 'rgb'>,
  value: (v: number, i: number, pixel: number) => number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { rgb, width } = picture;
  // Rounds and clips by itself.
  const result = new Uint8ClampedArray(rgb.length);
  const band = (first: number, end: number): void => {
    for (let pixel = first * width, i = pixel * 3; pixel < end * width; pixel++, i += 3) {
      result[i] = value(rgb[i]!, i, pixel);
      result[i + 1] = value(rgb[i + 1]!, i + 1, pixel);
      result[i + 2] = value(rgb[i + 2]!, i + 2, pixel);
    }
  };
  await inBands(picture, band, signal);
  return new Uint8Array(result.buffer);
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
