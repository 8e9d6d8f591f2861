import { plainBackgroundMap } from './border-key.ts';
import { colours, inBands, type Picture, rgbOf } from './picture.ts';
import { enlarge, enlargeRow, guidedLines, lumaOf } from './planes.ts';
import { createSubjectModel, modelSide } from './subject-model.ts';

export type SubjectMask =
  | { found: true; /** One byte a pixel, 255 = subject. */ bytes: Uint8Array; how: string }
  | { found: false; why: string };

export type Masks = {
  /** `name` names the picture (its hash), so that a sweep over one picture asks the model once. */
  of(name: string, picture: Picture): Promise<SubjectMask>;
  close(): Promise<void>;
};

const kept = 8;

/** Finds subjects: with the model, else (no model, or it can't be loaded) by the colour at the border. */
export function createMasks(model: string | null): Masks {
  const subjects = model === null ? null : createSubjectModel(model);
  const recent = new Map<string, Promise<SubjectMask>>();

  const find = async (picture: Picture): Promise<SubjectMask> => {
    if (!subjects) return byBorder(picture, 'the subject model is switched off');
    let map: Float32Array;
    try {
      map = await subjects.map(await squareOf(picture));
    } catch (error) {
      return byBorder(
        picture,
        `the subject model could not be used (${error instanceof Error ? error.message : String(error)})`,
      );
    }
    return byModel(picture, map);
  };

  return {
    of(name, picture) {
      const known = recent.get(name) ?? find(picture);
      recent.delete(name);
      recent.set(name, known);
      known.catch(() => recent.delete(name));
      for (const oldest of recent.keys()) {
        if (recent.size <= kept) break;
        recent.delete(oldest);
      }
      return known;
    },
    async close() {
      recent.clear();
      await subjects?.close();
    },
  };
}

const squareOf = (picture: Picture): Promise<Uint8Array> =>
  rgbOf(colours(picture).resize(modelSide, modelSide, { fit: 'fill' }));

async function byModel(picture: Picture, map: Float32Array): Promise<SubjectMask> {
  let least = 1;
  let most = 0;
  for (const v of map) {
    if (v < least) least = v;
    if (v > most) most = v;
  }
  if (most < 0.3) return { found: false, why: 'no main subject stands out in this picture' };
  const stretched = map.map((v) => (v - least) / (most - least));
  const clean = withoutStrays(stretched, modelSide, modelSide);
  // Contrast of the mask: what the model half believes is decided one way or the other.
  const decided = clean.map((v) => smooth((v - 0.22) / 0.55));
  const bytes = await followEdges(picture, decided, { width: modelSide, height: modelSide });
  const share = shareOf(bytes);
  if (share < 0.004) return { found: false, why: 'no main subject stands out in this picture' };
  if (share > 0.985) return { found: false, why: 'the subject fills the whole picture, no background is left' };
  return { found: true, bytes, how: 'subject found with U²-Net-p' };
}

async function byBorder(picture: Picture, reason: string): Promise<SubjectMask> {
  const scale = Math.min(1, 480 / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const rgb = await rgbOf(colours(picture).resize(width, height, { fit: 'fill' }));
  const map = plainBackgroundMap(rgb, width, height);
  if (!map) {
    return { found: false, why: `${reason}, and the background is not plain enough to be told apart by its colour` };
  }
  const bytes = await followEdges(picture, map, { width, height });
  return { found: true, bytes, how: `subject told apart by the colour at the picture's border, since ${reason}` };
}

const island = 0.5;

/** Drops what is not connected with the subject and small beside it, such as a flag in the corner. */
function withoutStrays(map: Float32Array, width: number, height: number): Float32Array {
  const patch = new Int32Array(map.length);
  const sizes = [0];
  const stack: number[] = [];
  for (let start = 0; start < map.length; start++) {
    if (patch[start] !== 0 || map[start]! < island) continue;
    const id = sizes.length;
    let weight = 0;
    patch[start] = id;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      weight += map[at]!;
      const x = at % width;
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= width * height || patch[next] !== 0 || map[next]! < island) continue;
        patch[next] = id;
        stack.push(next);
      }
    }
    sizes.push(weight);
  }
  const largest = Math.max(...sizes);
  return map.map((v, i) => (patch[i] !== 0 && sizes[patch[i]!]! < largest * 0.06 ? 0 : v));
}

/** Brings a coarse map to the picture's size; a guided filter makes its soft edges follow the edges of the picture. */
async function followEdges(
  picture: Picture,
  map: Float32Array,
  from: { width: number; height: number },
): Promise<Uint8Array> {
  const scale = Math.min(1, 640 / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const guide = lumaOf(await rgbOf(colours(picture).resize(width, height, { fit: 'fill' })));
  const lines = guidedLines(guide, enlarge(map, from, { width, height }), {
    width,
    height,
    radius: Math.max(2, Math.round(Math.max(width, height) / 110)),
    evenness: 1e-4,
  });
  const { rgb } = picture;
  const bytes = new Uint8Array(picture.width * picture.height);
  const gain = new Float32Array(picture.width);
  const offset = new Float32Array(picture.width);
  await inBands(picture, (first, end) => {
    for (let y = first, i = first * picture.width; y < end; y++) {
      enlargeRow(lines.gain, { width, height }, picture, { y, into: gain });
      enlargeRow(lines.offset, { width, height }, picture, { y, into: offset });
      for (let x = 0; x < picture.width; x++, i++) {
        const luma = (0.299 * rgb[i * 3]! + 0.587 * rgb[i * 3 + 1]! + 0.114 * rgb[i * 3 + 2]!) / 255;
        bytes[i] = 255 * smooth((gain[x]! * luma + offset[x]! - 0.12) / 0.76);
      }
    }
  });
  return bytes;
}

const smooth = (t: number): number => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t));

/** How much of the picture a mask covers, 0..1. */
export function shareOf(mask: Uint8Array): number {
  let sum = 0;
  for (const v of mask) sum += v;
  return mask.length === 0 ? 0 : sum / (255 * mask.length);
}
