import type { Sharp } from 'sharp';
import type { Operation } from './operation.ts';
import { colours, mostPixels, type Picture, plane, planeOf, rgbOf } from './picture.ts';
import type { Random } from './random.ts';

export type Geometry = Extract<Operation, { type: 'rotate' | 'mirror' | 'crop' | 'border' | 'enlarge' }>;

/** Turns, cuts or frames the picture, its transparency and its mask alike. */
export async function reshape(picture: Picture, operation: Geometry, random: Random): Promise<Picture> {
  switch (operation.type) {
    case 'rotate':
      return rotate(picture, operation.degrees);
    case 'mirror':
      return everyPlane(picture, (image) => (operation.axis === 'horizontal' ? image.flop() : image.flip()));
    case 'crop':
      return crop(picture, operation.width / operation.height, random);
    case 'border':
      return border(picture, operation, random);
    case 'enlarge':
      return enlarge(picture, operation.factor, random);
  }
}

/** Corners that a slanted turn uncovers become transparent; the engine puts them on white where the format has to be JPEG. */
async function rotate(picture: Picture, degrees: number): Promise<Picture> {
  if (degrees % 90 === 0) return everyPlane(picture, (image) => image.rotate(degrees));
  const opaque = picture.alpha ?? new Uint8Array(picture.width * picture.height).fill(255);
  return everyPlane({ ...picture, alpha: opaque }, (image, blank) => image.rotate(degrees, { background: blank }));
}

/** Around the subject where it is known, else the seed chooses among places near the middle. */
async function crop(picture: Picture, ratio: number, random: Random): Promise<Picture> {
  const { width, height } = picture;
  const across = Math.max(1, Math.min(width, Math.round(height * ratio)));
  const down = Math.max(1, Math.min(height, Math.round(width / ratio)));
  const chosen = random.between(0.35, 0.65);
  const left = Math.round((width - across) * chosen);
  const top = Math.round((height - down) * chosen);
  return everyPlane(picture, (image) => image.extract({ left, top, width: across, height: down }));
}

async function border(
  picture: Picture,
  operation: Extract<Geometry, { type: 'border' }>,
  random: Random,
): Promise<Picture> {
  const shorter = Math.min(picture.width, picture.height);
  const share = operation.share ?? random.between(0.03, 0.07);
  const wide = Math.max(1, Math.min(shorter, operation.pixels ?? Math.round(shorter * share)));
  const [r, g, b] = operation.colour?.rgb ?? [255, 255, 255];
  const sides = { top: wide, bottom: wide, left: wide, right: wide };
  const framed = await everyPlane(picture, (image) => image.extend({ ...sides, background: { r, g, b } }));
  const opaque = picture.alpha
    ? await planeOf(
        plane(picture.alpha, picture.width, picture.height).extend({
          ...sides,
          background: { r: 255, g: 255, b: 255 },
        }),
      )
    : null;
  // A frame belongs to the picture, not to its background.
  const kept = picture.mask
    ? await planeOf(
        plane(picture.mask, picture.width, picture.height).extend({ ...sides, background: { r: 255, g: 255, b: 255 } }),
      )
    : null;
  return { ...framed, alpha: opaque, mask: kept };
}

async function enlarge(picture: Picture, factor: number, random: Random): Promise<Picture> {
  const most = Math.sqrt((mostPixels * 4) / (picture.width * picture.height));
  const by = Math.min(factor, most);
  const width = Math.max(1, Math.round(picture.width * by));
  const height = Math.max(1, Math.round(picture.height * by));
  const crisp = random.between(0.7, 1.5);
  const larger = await everyPlane(picture, (image) => image.resize(width, height, { fit: 'fill', kernel: 'lanczos3' }));
  return { ...larger, rgb: await rgbOf(colours(larger).sharpen({ sigma: 0.5 + by * 0.25, m1: 0.3, m2: crisp })) };
}

async function everyPlane(picture: Picture, shape: (image: Sharp, blank: string) => Sharp): Promise<Picture> {
  const { width, height } = picture;
  const { data, info } = await shape(colours(picture), '#ffffff')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const other = async (bytes: Uint8Array | null): Promise<Uint8Array | null> =>
    bytes && planeOf(shape(plane(bytes, width, height), '#000000'));
  return {
    width: info.width,
    height: info.height,
    rgb: data,
    alpha: await other(picture.alpha),
    mask: await other(picture.mask),
  };
}
