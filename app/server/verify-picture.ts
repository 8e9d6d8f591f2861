import type { Sharp, SharpOptions } from 'sharp';
import type { MediaType } from '../../graphs/artifact.ts';
import { sniff, type Sniffed } from './sniff.ts';

export const maxPictureBytes = 50_000_000;
export const maxPicturePixels = 64_000_000;

export type PictureRefusalCode =
  'not-a-picture' | 'svg' | 'unsupported' | 'animated' | 'too-large' | 'too-many-pixels' | 'damaged' | 'empty';

/** The bytes are no picture that we take. `message` names the reason; whoever knows the file's name puts it in front. */
export class PictureRefused extends Error {
  override name = 'PictureRefused';
  readonly code: PictureRefusalCode;
  constructor(code: PictureRefusalCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export interface VerifiedPicture {
  sniffed: Exclude<Sniffed, null>;
  /** As shown, so after the EXIF orientation. */
  width: number;
  height: number;
  orientation: number;
  /** The 640 pixel WebP: it comes for nothing from decoding every pixel. */
  largeThumbnail: Uint8Array;
}

export type OpenSharp = (bytes: Uint8Array, options?: SharpOptions) => Sharp;

/** sharp takes a tenth of a second to load, so it is loaded with the first picture and not at start. */
export async function loadSharp(): Promise<OpenSharp> {
  const { default: sharp } = await import('sharp');
  // The original is not needed after its bytes were read; libvips would keep decoded pictures in memory.
  sharp.cache(false);
  return (bytes, options) =>
    sharp(bytes, { failOn: 'error', limitInputPixels: maxPicturePixels, sequentialRead: true, ...options });
}

/** Decodes every pixel once. Whatever passes here can be shown, sent and edited. */
export async function verifyPicture(bytes: Uint8Array): Promise<VerifiedPicture> {
  if (bytes.length === 0) throw new PictureRefused('empty', 'the file is empty.');
  if (bytes.length > maxPictureBytes) {
    throw new PictureRefused('too-large', `it has ${megabytes(bytes.length)}, but a picture may have at most 50 MB.`);
  }
  const sniffed = sniff(bytes);
  refuseBySignature(sniffed);
  if (sniffed === null) throw new PictureRefused('not-a-picture', `${notAPicture} ${expected}`);
  if (isAnimatedPng(bytes)) throw new PictureRefused('animated', severalFrames);

  const open = await loadSharp();
  const { width, height, orientation } = await readHeader(open, bytes);
  if (width * height > maxPicturePixels) {
    const size = `${width} × ${height} = ${Math.ceil((width * height) / 1e6)} megapixels`;
    throw new PictureRefused('too-many-pixels', `it has ${size}, but a picture may have at most 64 megapixels.`);
  }
  try {
    const thumbnail = await largeThumbnail(open(bytes)).toBuffer();
    const turned = orientation >= 5;
    return {
      sniffed,
      width: turned ? height : width,
      height: turned ? width : height,
      orientation,
      largeThumbnail: thumbnail,
    };
  } catch (error) {
    throw new PictureRefused('damaged', 'the file is damaged or cut off: its pixels cannot be read to the end.', error);
  }
}

/** Without shrink-on-load, which would skip most of a JPEG, so that each pixel is really decoded. */
const largeThumbnail = (picture: Sharp): Sharp =>
  picture
    .rotate()
    .resize(640, 640, { fit: 'inside', withoutEnlargement: true, fastShrinkOnLoad: false })
    .webp({ quality: 82, effort: 2 });

async function readHeader(open: OpenSharp, bytes: Uint8Array) {
  // The header alone is read here, so no limit on pixels: we want to tell the size in the refusal.
  const metadata = await open(bytes, { limitInputPixels: false, animated: false })
    .metadata()
    .catch((error: unknown) => {
      throw new PictureRefused('damaged', 'the file is damaged or cut off: its header cannot be read.', error);
    });
  if ((metadata.pages ?? 1) > 1 && metadata.format !== 'tiff') throw new PictureRefused('animated', severalFrames);
  return { width: metadata.width, height: metadata.height, orientation: metadata.orientation ?? 1 };
}

export const isStorable = (sniffed: Sniffed): sniffed is MediaType =>
  sniffed === 'image/png' || sniffed === 'image/jpeg' || sniffed === 'image/webp';

const expected = 'Expected PNG, JPEG or WebP (AVIF, TIFF and still GIFs are converted).';
const notAPicture = 'its content is no picture that can be read here.';
const severalFrames = 'it is animated (it has several frames). Expected a still picture.';

function refuseBySignature(sniffed: Sniffed): void {
  if (sniffed === 'image/svg+xml') {
    throw new PictureRefused('svg', `it is an SVG drawing, which has no pixels of its own. ${expected}`);
  }
  if (sniffed === 'image/heic') {
    throw new PictureRefused('unsupported', 'it is HEIC, which cannot be read here. Export it as JPEG or PNG first.');
  }
}

/** An animated PNG has an `acTL` chunk before its pixels; libvips would silently take the first frame. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  if (sniff(bytes) !== 'image/png') return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
