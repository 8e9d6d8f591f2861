import { type Colour, distance, type Oklab, toOklab } from './colours.ts';
import { belonging } from './hue-name.ts';
import { roughness } from './measure.ts';
import type { Area } from './operation.ts';
import { calmed, inBands, type Picture, plane, planeOf } from './picture.ts';

/** Where an operation works, one byte a pixel; null = everywhere. A string says why there is no such place. */
export async function areaOf(picture: Picture, area: Area, signal?: AbortSignal): Promise<Uint8Array | null | string> {
  switch (area.kind) {
    case 'all':
      return null;
    case 'subject':
      return picture.mask;
    case 'background':
      return picture.mask && inverse(picture.mask);
    case 'sky':
      return skyOf(picture);
    case 'hue':
      return hueArea(picture, area.colour, area.within, signal);
  }
}

export const inverse = (mask: Uint8Array): Uint8Array => mask.map((v) => 255 - v);

/** `changed` where the area is, `picture` elsewhere. */
export async function blend(picture: Picture, changed: Uint8Array, area: Uint8Array | null): Promise<Picture> {
  if (!area) return { ...picture, rgb: changed };
  const rgb = new Uint8Array(changed.length);
  await inBands(picture, (first, end) => {
    for (let i = first * picture.width * 3; i < end * picture.width * 3; i++) {
      const t = area[(i / 3) | 0]!;
      rgb[i] = (picture.rgb[i]! * (255 - t) + changed[i]! * t + 127) / 255;
    }
  });
  return { ...picture, rgb };
}

async function hueArea(
  picture: Picture,
  colour: Colour,
  within: 'all' | 'subject' | 'background',
  signal?: AbortSignal,
): Promise<Uint8Array | string> {
  const likeness = belonging(colour, within === 'subject');
  const raw = new Uint8Array(picture.width * picture.height);
  let sum = 0;
  await inBands(
    picture,
    (first, end) => {
      for (let i = first * picture.width; i < end * picture.width; i++) {
        const inside =
          within === 'all' || !picture.mask ? 255 : within === 'subject' ? picture.mask[i]! : 255 - picture.mask[i]!;
        raw[i] = inside === 0 ? 0 : inside * likeness(toOklab(picture.rgb, i * 3));
        sum += raw[i]!;
      }
    },
    signal,
  );
  if (sum / (255 * raw.length) < 0.002) {
    return `found nothing ${colour.name} in the ${within === 'all' ? 'picture' : within}`;
  }
  // Single pixels of another colour in the cloth are part of it.
  const { width, height } = picture;
  return planeOf(calmed(plane(raw, width, height), picture, 3).blur(0.6));
}

/** What is joined with the upper border, changes slowly and is not the subject. */
async function skyOf(picture: Picture): Promise<Uint8Array | string> {
  const { width, height, rgb, mask } = picture;
  const lab = (i: number): Oklab => toOklab(rgb, i * 3);
  const sky = new Uint8Array(width * height);
  const stack: number[] = [];
  const free = (i: number): boolean => sky[i] === 0 && (!mask || mask[i]! < 128);
  for (let x = 0; x < width; x++) {
    if (!free(x)) continue;
    const colour = lab(x);
    // Sky is blue, grey, white, or glows: no greenery and no ground.
    if (colour[1] < -0.05 && colour[2] > 0.02) continue;
    sky[x] = 255;
    stack.push(x);
  }
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const here = lab(at);
    const x = at % width;
    for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at + width, at - width]) {
      if (next < 0 || next >= sky.length || !free(next)) continue;
      if (distance(lab(next), here) > 0.035) continue;
      sky[next] = 255;
      stack.push(next);
    }
  }
  const share = sky.reduce((sum, v) => sum + v, 0) / (255 * sky.length);
  // A wall or a table top may reach the upper border as well, but skies are smooth.
  if (share < 0.04 || roughness(picture, sky) > 2.6) return 'found no sky in the picture';
  return planeOf(calmed(plane(sky, width, height), picture, 5).blur(1.2));
}
