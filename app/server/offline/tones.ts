import { chromaOf, fromOklab, type Oklab, toOklab } from './colours.ts';
import { applyLook, inOklab, type Look } from './cube.ts';
import { bend, chroma, greyMix, lift, lightOf } from './curves.ts';
import type { Brush, Effect } from './effect.ts';
import {
  colourfulness,
  coolness,
  darkness,
  flatness,
  greyness,
  lightness,
  type Measure,
  spread,
  warmth,
} from './measure.ts';

/** Looks that ask for a colour and give a colour, wherever in the picture it is. */
function tone(look: (brush: Brush) => Look, goal?: Effect['goal']): Effect {
  return { apply: (picture, brush) => applyLook(picture, look(brush), brush.signal), ...(goal && { goal }) };
}

const by = (measure: Measure, least: number, most: number): NonNullable<Effect['goal']> => ({ measure, least, most });

/** A look with a little of its own in exposure and in the colour of light and shadow, as two prints of one negative differ. */
function nuanced({ random }: Brush, look: (lab: Oklab) => Oklab): Look {
  const exposure = random.between(-0.07, 0.07);
  const [shadowA, shadowB] = [random.between(-0.008, 0.008), random.between(-0.01, 0.008)];
  const [lightA, lightB] = [random.between(-0.005, 0.005), random.between(-0.005, 0.009)];
  return inOklab((lab) => {
    const [l, a, b] = look(lab);
    // Black and white themselves stay clean.
    const dark = l * (1 - l) ** 2 * 6;
    const lit = l ** 2 * (1 - l) * 6;
    return [lift(l, exposure), a + shadowA * dark + lightA * lit, b + shadowB * dark + lightB * lit];
  });
}

const blackAndWhite = (brush: Brush): Look => {
  const grey = greyMix(brush, [0.05, 0.7]);
  return (rgb) => {
    const v = 255 * grey(rgb);
    return [v, v, v];
  };
};

const noir = (brush: Brush): Look => {
  const grey = greyMix(brush, [0.9, 1.4]);
  return (rgb) => {
    const v = 255 * Math.min(1, grey(rgb)) ** 1.15;
    return [v, v, v];
  };
};

const sepia = (brush: Brush): Look => {
  const grey = greyMix(brush, [0, 0.35]);
  const hue = brush.random.between(1.08, 1.38);
  const tinge = brush.random.between(0.036, 0.056) * Math.min(1.6, brush.force);
  return (rgb) => {
    const l = grey(rgb);
    // Most colour in the middle tones: paper stays light, ink stays dark.
    const c = tinge * (0.45 + 2.2 * l * (1 - l));
    return fromOklab([0.06 + 0.9 * lightOf(l), c * Math.cos(hue), c * Math.sin(hue)]);
  };
};

const warm = (brush: Brush): Look => {
  const force = brush.force * brush.random.between(0.7, 1.35);
  const rosy = brush.random.between(0, 0.012);
  return nuanced(brush, ([l, a, b]) => {
    const where = 0.35 + 1.3 * l * (1 - l) * 2;
    return [l + 0.008 * force, a + force * where * (0.011 + rosy), b + force * where * 0.04];
  });
};

const cool = (brush: Brush): Look => {
  const force = brush.force * brush.random.between(0.7, 1.35);
  const green = brush.random.between(-0.004, 0.014);
  return nuanced(brush, ([l, a, b]) => {
    const where = 0.35 + 1.3 * l * (1 - l) * 2;
    return [l, a - force * where * green, b - force * where * 0.042];
  });
};

const brighter = (brush: Brush): Look => {
  const force = 0.55 * brush.force * brush.random.between(0.7, 1.4);
  return nuanced(brush, ([l, a, b]) => chroma([lift(l, force), a, b], 1 + 0.12 * force));
};

const darker = (brush: Brush): Look => {
  const force = 0.6 * brush.force * brush.random.between(0.7, 1.4);
  return nuanced(brush, ([l, a, b]) => [lift(l, -force), a * 0.97, b * 0.97]);
};

const contrast = (brush: Brush): Look => {
  const force = 0.75 * brush.force * brush.random.between(0.7, 1.4);
  const middle = brush.random.between(0.5, 0.62);
  return nuanced(brush, ([l, a, b]) => chroma([bend(l, force, middle), a, b], 1 + 0.1 * force));
};

const lessContrast = (brush: Brush): Look => {
  const force = Math.min(0.75, 0.28 * brush.force * brush.random.between(0.7, 1.4));
  const middle = brush.random.between(0.5, 0.62);
  return nuanced(brush, ([l, a, b]) => [middle + (l - middle) * (1 - force), a * (1 - force / 3), b * (1 - force / 3)]);
};

const saturated = (brush: Brush): Look => {
  const force = 0.45 * brush.force * brush.random.between(0.7, 1.4);
  // What is colourful already gains less, so that skin and flags do not burn out.
  return nuanced(brush, (lab) => chroma(lab, 1 + force * (1.35 - Math.min(1, chromaOf(lab) / 0.25))));
};

const desaturated = (brush: Brush): Look => {
  const left = Math.max(0, 1 - 0.45 * brush.force * brush.random.between(0.7, 1.4));
  return nuanced(brush, (lab) => chroma(lab, left));
};

const invert: Look = ([r, g, b]) => [255 - r, 255 - g, 255 - b];

const tint = (brush: Brush): Look => {
  const colour = toOklab((brush.colours[0] ?? { rgb: [255, 160, 80] as const }).rgb);
  const force = Math.min(0.9, 0.5 * brush.force * brush.random.between(0.7, 1.4));
  const wash: Oklab = [0, colour[1] * 0.85, colour[2] * 0.85];
  return inOklab(([l, a, b]) => {
    const where = Math.min(1, 0.3 + 2.8 * l * (1 - l));
    return [l + (colour[0] - 0.6) * 0.12 * force, a + (wash[1] - a) * force * where, b + (wash[2] - b) * force * where];
  });
};

const tealAndOrange = (brush: Brush): Look => {
  const force = brush.force * brush.random.between(0.7, 1.35);
  const turn = brush.random.between(-0.012, 0.012);
  return nuanced(brush, ([l, a, b]) => {
    const dark = (1 - l) ** 1.5;
    const lit = l ** 1.5;
    return [
      bend(l, 0.3 * force),
      a * 1.05 + force * (-0.03 * dark + (0.022 + turn) * lit),
      b * 1.05 + force * (-0.03 * dark + 0.03 * lit),
    ];
  });
};

export const toneEffects = {
  'black and white': { ...tone(blackAndWhite), grey: true },
  noir: { ...tone(noir), grey: true },
  sepia: tone(sepia),
  warm: tone(warm, by(warmth, 0.018, 0.075)),
  cool: tone(cool, by(coolness, 0.018, 0.08)),
  brighter: tone(brighter, by(lightness, 0.05, 0.16)),
  darker: tone(darker, by(darkness, 0.06, 0.2)),
  contrast: tone(contrast, by(spread, 0.015, 0.08)),
  'less contrast': tone(lessContrast, by(flatness, 0.015, 0.09)),
  saturated: tone(saturated, by(colourfulness, 0.01, 0.06)),
  desaturated: tone(desaturated, by(greyness, 0.008, 0.09)),
  invert: tone(() => invert),
  tint: tone(tint),
  'teal and orange': tone(tealAndOrange),
} satisfies Record<string, Effect>;
