import { blend } from './area.ts';
import { chromaOf, type Colour, hueOf, type Oklab, toOklab } from './colours.ts';
import { applyLook, inOklab } from './cube.ts';
import { sample } from './measure.ts';
import type { Picture } from './picture.ts';
import type { Random } from './random.ts';

/** Gives an area another colour, and leaves its light and shadow. */
export async function recolour(
  picture: Picture,
  { where, byHue, colour, random, strength, signal }: Brush,
): Promise<Picture> {
  let lightness = 0;
  let chroma = 0;
  const taken = sample(picture, where, (lab) => {
    lightness += lab[0];
    chroma += chromaOf(lab);
  });
  const middle = taken === 0 ? 0.5 : lightness / taken;
  const typical = taken === 0 ? 0.1 : Math.max(0.03, chroma / taken);
  const target = toOklab(colour.rgb);
  const nuance = random.between(-0.03, 0.03);
  const depth = random.between(0.8, 1);
  const look = inOklab((lab) => repainted(lab, { target, middle, typical, nuance, depth, strength, byHue }));
  return blend(picture, await applyLook(picture, look, signal), where);
}

type Brush = {
  where: Uint8Array | null;
  /** Was the area found by its hue, so that it has one colour now? */
  byHue: boolean;
  colour: Colour;
  random: Random;
  strength: number;
  signal?: AbortSignal | undefined;
};
type Paint = {
  target: Oklab;
  middle: number;
  typical: number;
  nuance: number;
  depth: number;
  strength: number;
  byHue: boolean;
};

function repainted(lab: Oklab, { target, middle, typical, nuance, depth, strength, byHue }: Paint): Oklab {
  const [l] = lab;
  // Highlights are the lamp's colour, not the thing's; deep shadow has hardly any colour.
  const shine = Math.max(0, Math.min(1, (l - 0.86) / 0.12)) * (chromaOf(lab) < 0.06 ? 1 : 0.4);
  const shadow = Math.min(1, l / 0.22);
  const neutral = chromaOf(target) < 0.03;
  const moved = l + (target[0] - middle) * (neutral ? 0.92 : 0.72) * Math.min(1, strength) * (1 - shine);
  const light = target[0] + nuance + (moved - target[0]) * (moved > target[0] ? depth : 1);
  // A thing found by its hue keeps its own changes of chroma; a thing of many colours gets one.
  const rich = byHue ? Math.min(1.3, 0.45 + (0.55 * chromaOf(lab)) / typical) : 0.9;
  const c = chromaOf(target) * rich * shadow * (1 - 0.85 * shine) * Math.min(1.25, strength);
  const hue = hueOf(target);
  return [Math.min(1, Math.max(0, light)), c * Math.cos(hue), c * Math.sin(hue)];
}
