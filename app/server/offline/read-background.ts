import type { Colour } from './colours.ts';
import type { Area, Fill } from './operation.ts';
import type { Words } from './words.ts';

/** Where the clause works; null when it does not say. */
export function areaIn(words: Words): Area | null {
  const except = words.take('except');
  const noun = words.freeNoun('parts', 'part');
  const described = noun && words.colourBefore(noun);
  if (noun && described?.meaning.is === 'colour') {
    words.use(noun);
    words.use(described);
    const within = words.take('background')
      ? 'background'
      : words.take('subject') || noun.meaning.is === 'part'
        ? 'subject'
        : 'all';
    return {
      kind: 'hue',
      colour: described.meaning.colour,
      within: noun.meaning.is === 'part' && within === 'subject' ? 'all' : within,
    };
  }
  if (words.take('sky')) return { kind: 'sky' };
  const subject = words.freeNoun('subject');
  const background = words.freeNoun('background');
  if (subject && background) {
    // "put the subject on an orange background": the background is what changes.
    words.use(subject);
    const colour = words.colourBefore(subject);
    if (colour) words.use(colour);
  }
  if (background) {
    const colour = words.colourBefore(background);
    if (
      colour &&
      (words.freeColours().length > 1 || words.hasVerb('remove')) &&
      !words.has('fill', ({ fill }) => fill === 'gradient')
    )
      words.use(colour);
    words.use(background);
    return except ? { kind: 'subject', word: 'subject' } : { kind: 'background', word: background.text };
  }
  if (!subject) {
    const rest = words.take('rest');
    return rest ? { kind: 'background', word: 'rest' } : null;
  }
  words.use(subject);
  if (except) return { kind: 'background', word: 'background' };
  const colour = words.colourBefore(subject);
  if (colour?.meaning.is !== 'colour' || words.freeColours().length < 2) return { kind: 'subject', word: subject.text };
  words.use(colour);
  return { kind: 'hue', colour: colour.meaning.colour, within: 'subject' };
}

/** What the background is to be; null when the clause is not about that. `open` = the clause before has removed it. */
export function fillIn(words: Words, amount: number, open: boolean): Fill | null {
  const behind = words.has('background') || (open && !words.has('subject') && !words.has('sky') && !words.has('part'));
  const removes = words.hasVerb('remove');
  const cut = ['cut out', 'cutout', 'cut-out', 'isolate', 'extract'].includes(words.verbText('remove'));
  if (
    words.take('fill', ({ fill }) => fill === 'transparent') ||
    (removes && behind && !words.has('effect')) ||
    (cut && words.has('subject'))
  ) {
    words.takeVerb('remove');
    return { kind: 'transparent' };
  }
  if (words.take('fill', ({ fill }) => fill === 'studio')) {
    words.takeVerb('more');
    return { kind: 'studio', colour: words.take('colour')?.colour ?? { name: 'white', rgb: [244, 244, 244] } };
  }
  const ready = behind || words.has('fill') ? words.take('gradient') : null;
  const blend = words.take('fill', ({ fill }) => fill === 'gradient');
  if (ready)
    return {
      kind: 'gradient',
      name: ready.name,
      colours: ready.colours.map((hex) => ({ name: hex, rgb: hexRgb(hex) })),
    };
  if (blend) {
    const colours = words.takeAll('colour').map(({ colour }) => colour);
    const way = words.take('direction')?.direction;
    const name = [
      way === 'radial' || way === 'horizontal' || way === 'vertical' ? way : '',
      colours.map((colour) => colour.name).join(' to '),
    ];
    return { kind: 'gradient', name: name.filter(Boolean).join(' '), colours };
  }
  if (!behind) return null;
  if (words.take('effect', ({ effect }) => effect === 'blur')) return { kind: 'blurred', amount };
  if (words.has('effect') || words.has('except')) return null;
  if (words.freeColours().length !== 1) return null;
  words.take('quality', ({ more }) => more === 'saturated');
  words.takeVerb('recolour');
  words.takeVerb('more');
  return { kind: 'colour', colour: words.take('colour')!.colour };
}

const hexRgb = (hex: string): Colour['rgb'] => {
  const n = Number.parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
};
