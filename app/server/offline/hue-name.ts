import { chromaOf, type Colour, hueOf, type Oklab, toOklab } from './colours.ts';

/** What people call red, orange, blue … in degrees of OKLab hue. Neighbours overlap, as their names do. */
const bands: Record<string, readonly [from: number, to: number]> = {
  red: [-4, 42],
  scarlet: [5, 42],
  orange: [34, 82],
  brown: [22, 82],
  gold: [72, 112],
  golden: [60, 112],
  yellow: [80, 120],
  green: [116, 172],
  lime: [110, 150],
  teal: [165, 215],
  turquoise: [165, 220],
  cyan: [180, 225],
  blue: [218, 290],
  navy: [240, 290],
  purple: [288, 338],
  violet: [288, 338],
  magenta: [315, 365],
  pink: [330, 382],
};

const soft = 9;

/**
 * How much a colour counts as what a name says, 0..1. `loose` for a thing that is known to be somewhere:
 * an "orange cat" is far less orange than a traffic cone.
 */
export function belonging(colour: Colour, loose: boolean): (lab: Oklab) => number {
  const named = toOklab(colour.rgb);
  if (chromaOf(named) < 0.035) {
    return (lab) => (1 - rise(chromaOf(lab), 0.035, 0.07)) * (1 - rise(Math.abs(lab[0] - named[0]), 0.16, 0.28));
  }
  const base = colour.name.split(' ').at(-1) ?? '';
  const centre = degrees(named);
  const [from, to] = bands[base] ?? [centre - 22, centre + 22];
  const middle = (from + to) / 2;
  const reach = (to - from) / 2;
  const rich = Math.min(0.2, chromaOf(named));
  const [least, enough] = loose ? [0.12 * rich, 0.3 * rich] : [0.36 * rich, 0.6 * rich];
  return (lab) => {
    const away = Math.abs(((degrees(lab) - middle + 540) % 360) - 180);
    const likeness = 1 - rise(away, reach - soft / 2, reach + soft / 2);
    if (likeness === 0) return 0;
    // Brown is dark orange: only lightness tells them apart. A shadow on a thing must not, so most room is below.
    const tooPale = base === 'brown' ? rise(lab[0], 0.6, 0.72) : rise(lab[0] - named[0], 0.3, 0.45);
    return likeness * rise(chromaOf(lab), least, enough) * (1 - tooPale);
  };
}

const degrees = (lab: Oklab): number => (hueOf(lab) * 180) / Math.PI;

const rise = (v: number, from: number, to: number): number => {
  const t = Math.min(1, Math.max(0, (v - from) / (to - from)));
  return t * t * (3 - 2 * t);
};
