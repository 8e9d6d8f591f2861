import { blend, inverse } from './area.ts';
import { fromOklab, mixed, type Oklab, type Rgb, toOklab } from './colours.ts';
import type { Fill } from './operation.ts';
import { colours, inBands, type Picture, plane, planeOf, rgbOf } from './picture.ts';
import { noiseAt, type Random } from './random.ts';

export type BackgroundBrush = {
  random: Random;
  /** How strong the fall of light on a plain colour is: reflection turns it down where the colour suffers. */
  light: number;
  /** 0 = the mask as found; above, what is half background becomes background. */
  hardness: number;
  signal?: AbortSignal | undefined;
};

/** Puts the subject on something else. The picture must have its mask. */
export async function changeBackground(picture: Picture, fill: Fill, brush: BackgroundBrush): Promise<Picture> {
  const found = picture.mask ?? new Uint8Array(picture.width * picture.height).fill(255);
  const mask = await hardened(picture, found, brush.hardness);
  const subject = await withoutOldLight(picture, mask);
  if (fill.kind === 'transparent') {
    const alpha = picture.alpha ? mask.map((v, i) => (v * picture.alpha![i]!) / 255) : mask;
    return { ...picture, rgb: subject, alpha, mask };
  }
  const behind =
    fill.kind === 'blurred'
      ? await blurredBehind(picture, mask, fill.amount, brush.random)
      : await paint(picture, fill, brush);
  const result = await blend({ ...picture, rgb: subject }, behind, inverse(mask));
  return { ...result, mask, alpha: null };
}

/** What is half background becomes background altogether, along a calm edge. */
async function hardened(picture: Picture, found: Uint8Array, hardness: number): Promise<Uint8Array> {
  if (hardness === 0) return found;
  const { width, height } = picture;
  const mask = await planeOf(plane(found, width, height).blur(Math.max(0.8, Math.min(width, height) / 200)));
  const table = Uint8Array.from({ length: 256 }, (_, v) => {
    const t = Math.min(1, Math.max(0, (v / 255 - 0.42 * hardness) / (1 - 0.5 * hardness)));
    return 255 * t * t * (3 - 2 * t);
  });
  return mask.map((v) => table[v]!);
}

/** At its edge the subject is mixed with the old background: there its colour is taken from further inside. */
async function withoutOldLight(picture: Picture, mask: Uint8Array): Promise<Uint8Array> {
  const { width, height, rgb } = picture;
  const sigma = Math.max(1.2, Math.min(width, height) / 160);
  const sure = mask.map((v) => (v > 235 ? 255 : 0));
  const inside = new Uint8Array(rgb.length);
  for (let i = 0; i < inside.length; i++) inside[i] = sure[(i / 3) | 0] === 255 ? rgb[i]! : 0;
  const [spread, weight] = await Promise.all([
    rgbOf(colours({ width, height, rgb: inside }).blur(sigma)),
    planeOf(plane(sure, width, height).blur(sigma)),
  ]);
  const result = new Uint8Array(rgb);
  await inBands(picture, (first, end) => {
    for (let i = first * width; i < end * width; i++) {
      const m = mask[i]!;
      if (m > 250 || m === 0 || weight[i]! < 10) continue;
      const t = 1 - (m / 255) ** 2;
      for (let c = i * 3; c < i * 3 + 3; c++) {
        const clean = Math.min(255, (spread[c]! * 255) / weight[i]!);
        result[c] = rgb[c]! + (clean - rgb[c]!) * t;
      }
    }
  });
  return result;
}

/** The old background out of focus, without the subject smearing into it. */
async function blurredBehind(picture: Picture, mask: Uint8Array, amount: number, random: Random): Promise<Uint8Array> {
  const { width, height, rgb } = picture;
  const sigma = Math.min(80, Math.max(2, Math.min(width, height) * 0.022 * amount * random.between(0.7, 1.5)));
  const free = mask.map((v) => (v < 40 ? 255 : 0));
  const outside = new Uint8Array(rgb.length);
  for (let i = 0; i < outside.length; i++) outside[i] = free[(i / 3) | 0] === 255 ? rgb[i]! : 0;
  const [spread, weight, plain] = await Promise.all([
    rgbOf(colours({ width, height, rgb: outside }).blur(sigma)),
    planeOf(plane(free, width, height).blur(sigma)),
    rgbOf(colours(picture).blur(sigma)),
  ]);
  return spread.map((v, i) => {
    const w = weight[(i / 3) | 0]!;
    if (w >= 24) return Math.min(255, (v * 255) / w);
    const t = w / 24;
    return (w > 0 ? Math.min(255, (v * 255) / w) : 0) * t + plain[i]! * (1 - t);
  });
}

type Painted = Extract<Fill, { kind: 'colour' | 'gradient' | 'studio' }>;

/** A wall: each pixel's place along a way of colours. The seed decides from where the light comes or where a gradient leads. */
async function paint(
  { width, height }: Picture,
  fill: Painted,
  { random, light, signal }: BackgroundBrush,
): Promise<Uint8Array> {
  const way =
    fill.kind === 'gradient'
      ? gradientWay(fill.colours)
      : fill.kind === 'studio'
        ? studioWay(fill.colour.rgb)
        : lightWay(fill.colour.rgb, light * random.between(0.08, 0.16));
  const place =
    fill.kind === 'gradient' ? gradientPlace(fill.name, random) : lightPlace(random, fill.kind === 'studio');
  const table = Array.from({ length: 1024 }, (_, i) => fromOklab(way(i / 1023)));
  const seed = random.integer();
  const rgb = new Uint8Array(width * height * 3);
  const scale = 2 / Math.max(width, height);
  await inBands(
    { width, height },
    (first, end) => {
      for (let y = first; y < end; y++) {
        for (let x = 0; x < width; x++) {
          const t = place(
            (x - width / 2) * scale,
            (y - height / 2) * scale,
            width / Math.max(width, height),
            height / Math.max(width, height),
          );
          // A little noise instead of bands.
          const at = Math.min(1023, Math.max(0, Math.round(t * 1023 + 5 * noiseAt(seed, x, y))));
          rgb.set(table[at]!, (y * width + x) * 3);
        }
      }
    },
    signal,
  );
  return rgb;
}

/** Around the named colour: a little darker where the light does not reach, a little lighter where it falls. */
function lightWay(rgb: Rgb, reach: number): (t: number) => Oklab {
  const [l, a, b] = toOklab(rgb);
  // White can't get lighter, black can't get darker: the way is moved so that it stays within what can be shown.
  const least = Math.max(0, l - reach);
  const most = Math.min(0.998, l + reach * 0.14);
  return (t) => {
    const lit = least + (most - least) * t;
    const hold = l === 0 ? 1 : Math.min(1.06, lit / l);
    return [lit, a * hold, b * hold];
  };
}

function studioWay(rgb: Rgb): (t: number) => Oklab {
  const base = toOklab(rgb);
  const [l, a, b] = base;
  const shade: Oklab = [l * 0.8, a * 0.8, b * 0.8];
  const bright: Oklab = [Math.min(0.995, l + 0.08), a * 0.7, b * 0.7];
  return (t) => (t < 0.5 ? mixed(shade, base, t * 2) : mixed(base, bright, t * 2 - 1));
}

function gradientWay(list: { rgb: Rgb }[]): (t: number) => Oklab {
  const stops = list.map((colour) => toOklab(colour.rgb));
  return (t) => {
    const at = Math.min(0.99999, Math.max(0, t)) * (stops.length - 1);
    const i = Math.floor(at);
    return mixed(stops[i]!, stops[Math.min(stops.length - 1, i + 1)]!, at - i);
  };
}

type Place = (u: number, v: number, halfWidth: number, halfHeight: number) => number;

/** Skies go from top to bottom, tilted a little; other gradients go where the seed says. */
function gradientPlace(name: string, random: Random): Place {
  const sky = /sky|sunset|sunrise|dusk|dawn|ocean|vertical/.test(name);
  const angle = sky
    ? Math.PI / 2 + random.between(-0.22, 0.22)
    : name.includes('horizontal')
      ? random.between(-0.1, 0.1)
      : random.between(0, 2 * Math.PI);
  const bow = random.between(0.75, 1.35);
  if (!sky && name.includes('radial')) {
    const [x, y] = [random.between(-0.35, 0.35), random.between(-0.35, 0.35)];
    return (u, v, w, h) => (Math.hypot(u - x, v - y) / (Math.hypot(w, h) + 0.25)) ** bow;
  }
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  return (u, v, w, h) => {
    const reach = Math.abs(dx) * w + Math.abs(dy) * h;
    return Math.min(1, Math.max(0, 0.5 + (u * dx + v * dy) / (2 * reach))) ** bow;
  };
}

function lightPlace(random: Random, studio: boolean): Place {
  const angle = random.between(0, 2 * Math.PI);
  const away = studio ? random.between(0, 0.35) : random.between(0.25, 0.9);
  const [x, y] = [away * Math.cos(angle), studio ? -0.15 + 0.3 * Math.sin(angle) : away * Math.sin(angle)];
  const wide = random.between(0.9, 1.5);
  return (u, v) => 1 / (1 + (Math.hypot(u - x, v - y) / wide) ** 2.4) ** 1.2;
}
