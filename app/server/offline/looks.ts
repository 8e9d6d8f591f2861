import { chromaOf, type Colour, colourNamed, fromOklab, hueOf, type Oklab, toOklab } from './colours.ts';
import { applyLook, inOklab, type Look } from './cube.ts';
import { bend, chroma, greyMix, lift, lightOf, ramp } from './curves.ts';
import type { Brush, Effect } from './effect.ts';
import { darkness } from './measure.ts';
import { cornersTo, grain, vignette } from './optics.ts';
import { inBands, type Picture } from './picture.ts';

/** Looks made of a tone and of what belongs to it: light from one side, grain, dark corners. */

type Step = (picture: Picture, brush: Brush) => Promise<Uint8Array>;

/** One step after the other, each with its own share of the force. */
function steps(...list: Step[]): Effect {
  return {
    async apply(picture, brush) {
      let current = picture;
      for (const step of list) current = { ...current, rgb: await step(current, brush) };
      return current.rgb;
    },
  };
}

const tone =
  (look: (brush: Brush) => Look): Step =>
  (picture, brush) =>
    applyLook(picture, look(brush), brush.signal);
const weaker =
  (step: Step, share: number): Step =>
  (picture, brush) =>
    step(picture, { ...brush, force: brush.force * share, colours: [] });

/** A wash of light from a side that the seed chooses. */
function lightFromSide(colour: string, share: number): Step {
  return async (picture, { random, force, signal }) => {
    const { width, height } = picture;
    const angle = random.between(-Math.PI, 0) + random.between(-0.4, 0.4);
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const light = colourNamed(colour)?.rgb ?? [255, 255, 255];
    const most = Math.min(0.85, share * force * random.between(0.8, 1.2));
    const { rgb } = picture;
    const result = new Uint8ClampedArray(rgb.length);
    const band = (first: number, end: number): void => {
      for (let y = first, i = first * width * 3; y < end; y++) {
        for (let x = 0; x < width; x++, i += 3) {
          const along = 0.5 + 0.5 * (((2 * x) / width - 1) * dx + ((2 * y) / height - 1) * dy);
          const t = along <= 0 ? 0 : (along * along * most) / 255;
          for (let c = 0; c < 3; c++) result[i + c] = 255 - (255 - rgb[i + c]!) * (1 - light[c as 0] * t);
        }
      }
    };
    await inBands(picture, band, signal);
    return new Uint8Array(result.buffer);
  };
}

const vintageTone = ({ force, random }: Brush): Look => {
  const hue = random.between(1.1, 1.6);
  const fade = random.between(0.1, 0.17) * Math.min(1.4, force);
  const shade = random.between(-0.022, 0.004);
  return inOklab(([l, a, b]) => {
    const bent = bend(l, -0.25 * force, 0.55);
    const lit = bent ** 1.4;
    const dark = (1 - bent) ** 2;
    return [
      fade + bent * (0.95 - fade),
      a * (1 - 0.32 * force) + force * (0.045 * lit * Math.cos(hue) - 0.012 * dark),
      b * (1 - 0.32 * force) + force * (0.045 * lit * Math.sin(hue) + shade * dark),
    ];
  });
};

const filmTone = ({ force, random }: Brush): Look => {
  const stock = random.pick([
    { shadow: [-0.016, -0.012], light: [0.008, 0.024], fade: 0.05 },
    { shadow: [-0.008, -0.022], light: [0.014, 0.016], fade: 0.07 },
    { shadow: [-0.02, 0.006], light: [0.004, 0.03], fade: 0.06 },
    { shadow: [0.012, -0.014], light: [-0.004, 0.026], fade: 0.05 },
  ] as const);
  return inOklab(([l, a, b]) => {
    const bent = bend(l, 0.35 * force, 0.52);
    const dark = (1 - bent) ** 1.6;
    const lit = bent ** 1.6;
    return [
      stock.fade + bent * (0.97 - stock.fade),
      a * 1.02 + force * (stock.shadow[0] * dark + stock.light[0] * lit),
      b * 1.02 + force * (stock.shadow[1] * dark + stock.light[1] * lit),
    ];
  });
};

const goldenTone = ({ force, random }: Brush): Look => {
  const turn = random.between(-0.01, 0.012);
  return inOklab(([l, a, b]) => {
    const lit = l ** 1.2;
    return [
      bend(lift(l, 0.08), 0.3 * force),
      a * 0.95 + force * ((0.02 + turn) * (0.3 + 0.7 * lit)),
      b * (b < 0 ? 0.55 : 1.05) + force * 0.062 * (0.25 + 0.75 * lit),
    ];
  });
};

const nightTone = ({ force, random }: Brush): Look => {
  const hue = random.between(-1.85, -1.45);
  const dim = 1.15 * force * random.between(0.85, 1.12);
  return inOklab((lab) => {
    const [l] = lab;
    // Lamps and the moon stay: what is nearly white is dimmed least.
    const lamp = Math.max(0, (l - 0.86) / 0.14) ** 2;
    const dark = lift(bend(l, 0.35), -dim * (1 - 0.6 * lamp)) * 0.86;
    const [, a, b] = chroma(lab, 0.42 + 0.4 * lamp);
    const tinge = 0.05 * (1 - lamp) * (0.5 + 0.5 * Math.min(1, dark * 2));
    return [dark, a + tinge * Math.cos(hue), b + tinge * Math.sin(hue)];
  });
};

const hueNear = (lab: Oklab, hue: number, width: number): number => {
  let away = Math.abs(hueOf(lab) - hue);
  if (away > Math.PI) away = 2 * Math.PI - away;
  const t = Math.max(0, 1 - away / width);
  return t * t * (3 - 2 * t) * Math.min(1, chromaOf(lab) / 0.04);
};

const turned = ([l, a, b]: Oklab, angle: number): Oklab => [
  l,
  a * Math.cos(angle) - b * Math.sin(angle),
  a * Math.sin(angle) + b * Math.cos(angle),
];

/** OKLab hues: green 2.5, yellow-green 2.1, yellow 1.9, orange 1.0. Leaves turn from green to orange. */
const autumnTone = ({ force, random }: Brush): Look => {
  const target = random.between(0.9, 1.3);
  return inOklab((lab) => {
    const leaf = hueNear(lab, 2.25, 0.95);
    const [l, a, b] = chroma(
      turned(lab, (target - Math.max(target, hueOf(lab))) * leaf * Math.min(1, force)),
      1 + 0.35 * leaf,
    );
    const lit = 0.3 + 0.7 * l;
    return [bend(l * 0.98, 0.2), a + force * 0.02 * lit, b * (b < 0 ? 0.7 : 1) + force * 0.04 * lit];
  });
};

const winterTone = ({ force, random }: Brush): Look => {
  const hue = random.between(-2.0, -1.6);
  return inOklab((lab) => {
    const [l, a, b] = chroma(lab, Math.max(0.3, 1 - 0.45 * force));
    const where = 0.6 + 0.4 * (1 - l);
    return [lift(l, 0.3 * force), a + 0.04 * force * where * Math.cos(hue), b + 0.04 * force * where * Math.sin(hue)];
  });
};

const springTone = ({ force, random }: Brush): Look => {
  const pink = random.between(0.004, 0.016);
  return inOklab((lab) => {
    const fresh = hueNear(lab, 2.2, 0.8);
    const [l, a, b] = chroma(lab, 1 + force * (0.15 + 0.35 * fresh));
    return [lift(l, 0.28 * force), a + force * (pink * l - 0.012 * fresh), b + force * 0.012 * l];
  });
};

const pairs = [
  ['navy', 'peach'],
  ['indigo', 'gold'],
  ['darkslategray', 'coral'],
  ['midnightblue', 'hotpink'],
  ['purple', 'palegreen'],
  ['darkgreen', 'lemonchiffon'],
  ['maroon', 'skyblue'],
  ['teal', 'mistyrose'],
] as const;

/** Which two colours, and which is for the shadows: the darker one. */
export function duotonePair({ colours, random }: Pick<Brush, 'colours' | 'random'>): [Oklab, Oklab] {
  const [dark, light] = random.pick(pairs);
  const named = (name: string): Oklab => toOklab((colourNamed(name) as Colour).rgb);
  const [one, other] = colours.map((colour) => toOklab(colour.rgb));
  if (one && other) return one[0] <= other[0] ? [one, other] : [other, one];
  if (one) return one[0] < 0.6 ? [one, [0.97, one[1] * 0.08, one[2] * 0.08]] : [[0.2, one[1] * 0.3, one[2] * 0.3], one];
  return [named(dark), named(light)];
}

const duotone = (brush: Brush): Look => {
  const [dark, light] = duotonePair(brush);
  const deep: Oklab = [Math.min(dark[0], 0.3), dark[1], dark[2]];
  const full: Oklab = [Math.max(light[0], 0.66), light[1], light[2]];
  const pale: Oklab = [Math.max(light[0], 0.93), light[1] * 0.5, light[2] * 0.5];
  const [lower, upper] = [ramp(deep, full), ramp(full, pale)];
  const grey = greyMix(brush, [0.5, 1]);
  return (rgb) => {
    const t = (lightOf(grey(rgb)) - 0.1) / 0.84;
    return fromOklab(t < 0.76 ? lower(t / 0.76) : upper((t - 0.76) / 0.24));
  };
};

const frost: Step = (picture, { force, random, signal }) =>
  cornersTo(picture, {
    colour: [236, 242, 250],
    most: Math.min(0.8, 0.5 * force),
    inner: random.between(0.4, 0.6),
    x: random.between(-0.25, 0.25),
    y: random.between(-0.25, 0.1),
    signal,
  });

export const lookEffects = {
  vintage: steps(tone(vintageTone), weaker(vignette, 0.55), weaker(grain, 0.35)),
  film: steps(tone(filmTone), lightFromSide('orangered', 0.16), weaker(vignette, 0.35), weaker(grain, 0.55)),
  'golden hour': steps(tone(goldenTone), lightFromSide('darkorange', 0.5)),
  night: { ...steps(tone(nightTone), weaker(vignette, 0.7)), goal: { measure: darkness, least: 0.12, most: 0.32 } },
  autumn: steps(tone(autumnTone), lightFromSide('goldenrod', 0.22)),
  winter: steps(tone(winterTone), frost),
  spring: steps(tone(springTone), lightFromSide('mistyrose', 0.22)),
  duotone: steps(tone(duotone)),
} satisfies Record<string, Effect>;
