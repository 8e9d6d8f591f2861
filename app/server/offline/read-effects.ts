import { type Area, type EffectName, everywhere, type Operation } from './operation.ts';
import type { Words } from './words.ts';

/** What is asked for when a thing is to be less so. */
const opposites: Partial<Record<EffectName, EffectName>> = {
  warm: 'cool',
  cool: 'warm',
  brighter: 'darker',
  darker: 'brighter',
  contrast: 'less contrast',
  'less contrast': 'contrast',
  saturated: 'desaturated',
  desaturated: 'saturated',
  sharpen: 'blur',
  blur: 'sharpen',
  grain: 'denoise',
  haze: 'clarity',
};

/** Effects by name, and properties raised or lowered. */
export function* effects(words: Words, area: Area, amount: number): Generator<Operation> {
  const removes = words.hasVerb('remove');
  const less = words.hasVerb('less');
  const named = words.takeAll('effect');
  const colourful = (name: EffectName): boolean => ['tint', 'duotone', 'haze', 'vignette'].includes(name);
  for (const { effect, amount: own = 1 } of named) {
    const name = less || removes ? opposites[effect] : effect;
    if (!name || (removes && !['blur', 'grain', 'haze'].includes(effect))) return;
    const colours = colourful(name) ? words.takeAll('colour').map(({ colour }) => colour) : [];
    yield { type: 'effect', effect: name, amount: amount * own, area, colours };
  }
  const glow = words.take('gradient', ({ name }) => name === 'sunset' || name === 'sunrise');
  if (glow) yield { type: 'effect', effect: 'golden hour', amount, area, colours: [] };
  // "change the colour of the cup to red" says which colour, not how much of it.
  const names = words.freeColours().length > 0;
  const qualities = words.takeAll('quality');
  // "Golden hour light" is one thing, not golden hour and more light.
  const onlyLight = named.length > 0 && !removes && !less && !words.hasVerb('more');
  for (const { more, less: opposite } of names ? [] : qualities) {
    if (onlyLight && more === 'brighter') continue;
    if (removes && more === 'saturated')
      yield { type: 'effect', effect: 'black and white', amount: 1, area, colours: [] };
    else if (removes && more !== 'grain' && more !== 'blur' && more !== 'darker') return;
    else {
      const name = less || removes ? opposite : more;
      if (name) yield { type: 'effect', effect: name, amount, area, colours: [] };
    }
  }
  if (named.length > 0 || qualities.length > 0) {
    for (const verb of ['remove', 'less', 'more', 'recolour'] as const) words.takeVerb(verb);
  }
}

/** A colour for an area, or a tint for the whole picture. */
export function* recolouring(words: Words, area: Area | null, amount: number): Generator<Operation> {
  const colours = words.freeColours();
  const [first] = colours;
  if (colours.length !== 1 || first?.meaning.is !== 'colour' || words.hasVerb('remove') || (words.has('part') && !area))
    return;
  const { colour } = first.meaning;
  // "add red" or "give it a red hat" do not say what is to be red.
  if (!area && !words.has('all') && !words.hasVerb('recolour')) return;
  words.use(first);
  words.takeVerb('recolour');
  if (!area) yield { type: 'effect', effect: 'tint', amount, area: everywhere, colours: [colour] };
  else yield { type: 'recolour', area, colour };
}
