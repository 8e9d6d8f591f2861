/** A stream of numbers that depends on nothing but its seed and label. */
export type Random = {
  /** From 0 up to, but not including, 1. */
  next(): number;
  between(least: number, most: number): number;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** A number to seed a hash per pixel with. */
  integer(): number;
};

/** Each operation gets a stream of its own, so that adding one to a prompt does not change what the others do. */
export function createRandom(seed: number, label: string): Random {
  let state = hashText(`${seed}/${label}`);
  // Mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for a handful of choices.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + (most - least) * next(),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
    integer: () => Math.floor(next() * 2 ** 32) | 0,
  };
}

/** FNV-1a, with a final mix so that neighbouring seeds are far apart. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Noise for a pixel, from -1 to 1 and bell-shaped: the same for the same place and seed. */
export function noiseAt(seed: number, x: number, y: number): number {
  const h = mix(seed ^ Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca77));
  return ((h & 0xff) + ((h >>> 8) & 0xff) + ((h >>> 16) & 0xff) + (h >>> 24)) / 510 - 1;
}

/** Smooth noise from 0 to 1 with features about `size` pixels wide, for fog and paper. */
export function cloudAt(seed: number, x: number, y: number, size: number): number {
  let sum = 0;
  let weight = 0.5;
  let scale = size;
  for (let octave = 0; octave < 4; octave++) {
    sum += weight * valueNoise(seed + octave * 101, x / scale, y / scale);
    weight /= 2;
    scale /= 2;
  }
  return sum / 0.9375;
}

function valueNoise(seed: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const u = ease(x - x0);
  const v = ease(y - y0);
  const top = corner(seed, x0, y0) * (1 - u) + corner(seed, x0 + 1, y0) * u;
  const bottom = corner(seed, x0, y0 + 1) * (1 - u) + corner(seed, x0 + 1, y0 + 1) * u;
  return top * (1 - v) + bottom * v;
}

const ease = (t: number): number => t * t * (3 - 2 * t);
const corner = (seed: number, x: number, y: number): number =>
  (mix(seed ^ Math.imul(x + 7919, 0x9e3779b1) ^ Math.imul(y + 104729, 0x85ebca77)) >>> 0) / 2 ** 32;
