import { distance, fromOklab, type Oklab, type Rgb, toOklab } from './colours.ts';
import { sample } from './measure.ts';
import type { Picture } from './picture.ts';
import type { Random } from './random.ts';

export type Palette = { colours: Rgb[]; /** Which colour is nearest to r, g, b of six bits each. */ index: Uint8Array };

/** The colours that stand for a picture best: k-means in OKLab, from beginnings that the seed chooses far apart. */
export function paletteOf(
  picture: Picture,
  { count, boost, random }: { count: number; boost: number; random: Random },
): Palette {
  const labs: Oklab[] = [];
  sample(picture, null, (lab, i) => {
    if (i % 7 === 0) labs.push(lab);
  });
  let centres = beginnings(labs, count, random);
  for (let round = 0; round < 12; round++) {
    const sums = centres.map(() => [0, 0, 0, 0]);
    for (const lab of labs) {
      const sum = sums[nearest(centres, lab)]!;
      for (let c = 0; c < 3; c++) sum[c]! += lab[c]!;
      sum[3]!++;
    }
    centres = centres.map((old, i) => {
      const [l = 0, a = 0, b = 0, n = 0] = sums[i]!;
      return n === 0 ? old : [l / n, a / n, b / n];
    });
  }
  const index = new Uint8Array(64 ** 3);
  for (let i = 0; i < index.length; i++) {
    const rgb: Rgb = [((i >> 12) & 63) * 4 + 2, ((i >> 6) & 63) * 4 + 2, (i & 63) * 4 + 2];
    index[i] = nearest(centres, toOklab(rgb));
  }
  return { colours: centres.map(([l, a, b]) => fromOklab([(l - 0.5) * 1.08 + 0.5, a * boost, b * boost])), index };
}

/** One at random, then each as far from the others as can be, with some luck (k-means++). */
function beginnings(labs: Oklab[], count: number, random: Random): Oklab[] {
  const centres: Oklab[] = [random.pick(labs)];
  while (centres.length < count) {
    const weights = labs.map((lab) => Math.min(...centres.map((centre) => distance(lab, centre))) ** 2);
    let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = weights.findIndex((weight) => (left -= weight) <= 0);
    centres.push(labs[Math.max(0, chosen)]!);
  }
  return centres;
}

function nearest(centres: Oklab[], [l, a, b]: Oklab): number {
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < centres.length; i++) {
    const [cl, ca, cb] = centres[i]!;
    const away = (l - cl) ** 2 + (a - ca) ** 2 + (b - cb) ** 2;
    if (away < least) [best, least] = [i, away];
  }
  return best;
}
