import { areaOf, blend } from './area.ts';
import { changeBackground } from './background.ts';
import { colourNamed } from './colours.ts';
import { allEffects } from './effects.ts';
import { reshape } from './geometry.ts';
import type { Fill, Operation } from './operation.ts';
import { onWhite, type Picture } from './picture.ts';
import { createRandom, type Random } from './random.ts';
import { recolour } from './recolour.ts';

/** What reflection may change between two attempts. */
export type Correction = { strength: number; light: number; hardness: number };
export const uncorrected: Correction = { strength: 1, light: 1, hardness: 0 };

export type Attempt =
  { picture: Picture; /** Where it worked; null = everywhere. */ where: Uint8Array | null } | { refused: string };

/** Carries out one operation. `stream` names its random choices: the same in every attempt, so that only the correction differs. */
export async function apply(
  picture: Picture,
  operation: Operation,
  {
    seed,
    stream,
    correction,
    signal,
  }: { seed: number; stream: string; correction: Correction; signal?: AbortSignal | undefined },
): Promise<Attempt> {
  const random = createRandom(seed, stream);
  switch (operation.type) {
    case 'background': {
      const fill = withColours(operation.fill, createRandom(seed, `${stream}/colours`));
      return { picture: await changeBackground(picture, fill, { random, ...correction, signal }), where: null };
    }
    case 'effect': {
      const where = await areaOf(picture, operation.area, signal);
      if (typeof where === 'string') return { refused: where };
      const { amount, colours } = operation;
      const force = amount * correction.strength;
      const brush = { amount, strength: correction.strength, force, colours, random, signal };
      // What is transparent has no colour that a filter should spread.
      const seen = picture.alpha ? { ...picture, rgb: onWhite(picture).rgb } : picture;
      return { picture: await blend(picture, await allEffects[operation.effect].apply(seen, brush), where), where };
    }
    case 'recolour': {
      const where = await areaOf(picture, operation.area, signal);
      if (typeof where === 'string') return { refused: where };
      const { colour } = operation;
      return {
        picture: await recolour(picture, {
          where,
          byHue: operation.area.kind === 'hue',
          colour,
          random,
          strength: correction.strength,
          signal,
        }),
        where,
      };
    }
    default:
      return { picture: await reshape(picture, operation, random), where: null };
  }
}

const pairs = [
  ['royalblue', 'pink'],
  ['teal', 'lightyellow'],
  ['mediumpurple', 'peachpuff'],
  ['coral', 'gold'],
  ['seagreen', 'honeydew'],
  ['slateblue', 'lightcyan'],
] as const;

/** A gradient of which the prompt names one colour or none gets the rest from the seed. */
function withColours(fill: Fill, random: Random): Fill {
  if (fill.kind !== 'gradient' || fill.colours.length > 1) return fill;
  const named = (name: string) => colourNamed(name) ?? { name, rgb: [255, 255, 255] as const };
  const [one] = fill.colours;
  if (one) return { ...fill, colours: [one, named(random.pick([`light ${one.name}`, `dark ${one.name}`, 'white']))] };
  const [from, to] = random.pick(pairs);
  return { ...fill, name: `${fill.name} ${from} to ${to}`.trim(), colours: [named(from), named(to)] };
}
