import sharp, { type Sharp } from 'sharp';

/** A picture while it is being edited: 8 bits sRGB, with its transparency and the mask of its subject where they exist. */
export type Picture = {
  width: number;
  height: number;
  /** Three bytes a pixel. */
  rgb: Uint8Array;
  /** One byte a pixel, 255 = opaque. null = opaque throughout. */
  alpha: Uint8Array | null;
  /** One byte a pixel, 255 = subject. Moves along when the picture is turned or cut. */
  mask: Uint8Array | null;
};

/** Larger pictures are made smaller first: about what the 4K inputs of the real service need, and seconds of work. */
export const mostPixels = 4_000_000;

export type Decoded = { picture: Picture; from: { width: number; height: number } };

/** Reads any picture that sharp reads, upright, as sRGB. Throws what sharp throws. */
export async function decode(bytes: Uint8Array): Promise<Decoded> {
  const options = { limitInputPixels: 64_000_000, failOn: 'error' } as const;
  const { autoOrient } = await sharp(bytes, options).metadata();
  const shrink = Math.min(1, Math.sqrt(mostPixels / (autoOrient.width * autoOrient.height)));
  let upright = sharp(bytes, options).autoOrient();
  if (shrink < 1) {
    const width = Math.max(1, Math.floor(autoOrient.width * shrink));
    const height = Math.max(1, Math.floor(autoOrient.height * shrink));
    upright = upright.resize(width, height, { fit: 'fill' });
  }
  const { data, info } = await upright
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    picture: { width: info.width, height: info.height, ...splitAlpha(data), mask: null },
    from: { width: autoOrient.width, height: autoOrient.height },
  };
}

function splitAlpha(rgba: Uint8Array): { rgb: Uint8Array; alpha: Uint8Array | null } {
  const pixels = rgba.length / 4;
  const rgb = new Uint8Array(pixels * 3);
  const alpha = new Uint8Array(pixels);
  let opaque = true;
  for (let i = 0, j = 0, k = 0; i < pixels; i++, j += 4, k += 3) {
    rgb[k] = rgba[j]!;
    rgb[k + 1] = rgba[j + 1]!;
    rgb[k + 2] = rgba[j + 2]!;
    alpha[i] = rgba[j + 3]!;
    if (rgba[j + 3] !== 255) opaque = false;
  }
  return { rgb, alpha: opaque ? null : alpha };
}

export async function encode(picture: Picture, format: 'jpeg' | 'png'): Promise<Uint8Array> {
  const image = picture.alpha ? withAlpha(picture, picture.alpha) : colours(picture);
  if (format === 'png') return image.png({ compressionLevel: 6 }).toBuffer();
  return image.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** The picture on white, for formats and filters that know no transparency. */
export function onWhite(picture: Picture): Picture {
  const { alpha } = picture;
  if (!alpha) return picture;
  const rgb = new Uint8Array(picture.rgb.length);
  for (let i = 0; i < rgb.length; i++) {
    const a = alpha[(i / 3) | 0]!;
    rgb[i] = (picture.rgb[i]! * a + 255 * (255 - a) + 127) / 255;
  }
  return { ...picture, rgb, alpha: null };
}

/** The colours as a sharp image, to be filtered by libvips off the main thread. */
export function colours(picture: Pick<Picture, 'width' | 'height' | 'rgb'>): Sharp {
  return sharp(picture.rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } });
}

/** One byte a pixel as a sharp image. */
export function plane(bytes: Uint8Array, width: number, height: number): Sharp {
  return sharp(bytes, { raw: { width, height, channels: 1 } });
}

function withAlpha(picture: Picture, alpha: Uint8Array): Sharp {
  return colours(picture).joinChannel(Buffer.from(alpha.buffer, alpha.byteOffset, alpha.byteLength), {
    raw: { width: picture.width, height: picture.height, channels: 1 },
  });
}

/** A median over squares of this side; pictures that are smaller than one stay as they are. */
export function calmed(image: Sharp, { width, height }: { width: number; height: number }, side: number): Sharp {
  return Math.min(width, height) < side ? image : image.median(side);
}

/** The bytes of a filtered colour image. */
export async function rgbOf(image: Sharp): Promise<Uint8Array> {
  return image.toColourspace('srgb').removeAlpha().raw().toBuffer();
}

/** The bytes of a filtered plane. */
export async function planeOf(image: Sharp): Promise<Uint8Array> {
  return image.toColourspace('b-w').extractChannel(0).raw().toBuffer();
}

/**
 * Calls `band` for strips of rows and lets other requests in between them:
 * the server has one main thread, and a strip takes a few milliseconds.
 */
export async function inBands(
  { width, height }: { width: number; height: number },
  band: (firstRow: number, endRow: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const rows = Math.max(1, Math.floor(130_000 / width));
  for (let row = 0; row < height; row += rows) {
    if (row > 0) await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    band(row, Math.min(height, row + rows));
  }
}
