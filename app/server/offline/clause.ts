import type { Colour } from './colours.ts';
import { type Area, type EffectName, everywhere, type Fill, type Operation } from './operation.ts';
import type { Lexeme, Verb } from './vocabulary.ts';

/** One instruction of a prompt, understood or not. */
export type Clause = {
  operations: Operation[];
  /** 'unknown' = no better reason than its words. */
  complaint: string | null;
  /** For "make the background darker and warmer": the next clause without verb and area has this one's. */
  hands: Area | null;
  keepsColour: boolean;
};

type Kind = Lexeme['meaning']['is'];
type Of<K extends Kind> = Extract<Lexeme['meaning'], { is: K }>;

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

/** `thought` = thinking mode has made something of part of the clause already. */
export function understand(lexemes: Lexeme[], before: Clause | null, thought: boolean): Clause {
  const clause: Clause = { operations: [], complaint: null, hands: null, keepsColour: false };
  if (lexemes.some(({ meaning }) => meaning.is === 'unknown')) return { ...clause, complaint: 'unknown' };
  const words = createWords(lexemes);
  const keep = keeping(words);
  if (keep) return { ...clause, ...keep };

  const operations = [...geometry(words)];
  const area = areaIn(words);
  const amount = amountIn(words);
  const fill = fillIn(words, amount);
  if (fill) operations.push({ type: 'background', fill });
  const handed = area ?? (words.hasVerb() ? null : (before?.hands ?? null));
  operations.push(...effects(words, fill ? everywhere : (handed ?? everywhere), amount));
  operations.push(...recolouring(words, fill ? null : handed, amount));

  const complaint =
    operations.length === 0 && !thought ? (reasonFor(words) ?? 'unknown') : words.leftover(operations.length > 0);
  if (complaint) return { ...clause, complaint };
  const hands =
    area && !fill && words.hasVerb('make') ? area : words.hasVerb() || area ? null : (before?.hands ?? null);
  return { ...clause, operations, hands };
}

/** The words of a clause; taking one marks it as understood. */
function createWords(lexemes: Lexeme[]) {
  const used = new Set<Lexeme>();
  const free = (): Lexeme[] => lexemes.filter((lexeme) => !used.has(lexeme) && lexeme.meaning.is !== 'filler');
  const isA =
    <K extends Kind>(kind: K, fits: (meaning: Of<K>) => boolean) =>
    (lexeme: Lexeme): boolean =>
      lexeme.meaning.is === kind && fits(lexeme.meaning as Of<K>);
  return {
    lexemes,
    use: (lexeme: Lexeme): unknown => used.add(lexeme),
    has: <K extends Kind>(kind: K, fits: (meaning: Of<K>) => boolean = () => true): boolean =>
      lexemes.some(isA(kind, fits)),
    hasVerb: (verb?: Verb): boolean => lexemes.some(isA('verb', (meaning) => !verb || meaning.verb === verb)),
    verbText: (verb: Verb): string => lexemes.find(isA('verb', (meaning) => meaning.verb === verb))?.text ?? '',
    /** The first free one. */
    take<K extends Kind>(kind: K, fits: (meaning: Of<K>) => boolean = () => true): Of<K> | null {
      const found = free().find(isA(kind, fits));
      if (!found) return null;
      used.add(found);
      return found.meaning as Of<K>;
    },
    takeAll<K extends Kind>(kind: K, fits: (meaning: Of<K>) => boolean = () => true): Of<K>[] {
      const found = free().filter(isA(kind, fits));
      for (const lexeme of found) used.add(lexeme);
      return found.map((lexeme) => lexeme.meaning as Of<K>);
    },
    takeVerb(verb: Verb): boolean {
      return this.takeAll('verb', (meaning) => meaning.verb === verb).length > 0;
    },
    /** The colour that stands before a noun, if any: "the red car". */
    colourBefore(noun: Lexeme): Lexeme | null {
      const meaningful = lexemes.filter(({ meaning }) => meaning.is !== 'filler' || true);
      const last = meaningful[meaningful.indexOf(noun) - 1];
      return last?.meaning.is === 'colour' && !used.has(last) ? last : null;
    },
    freeColours: (): Lexeme[] => free().filter(({ meaning }) => meaning.is === 'colour'),
    freeNoun: (...kinds: Kind[]): Lexeme | null => free().find(({ meaning }) => kinds.includes(meaning.is)) ?? null,
    /** What nobody understood, though something else was. */
    leftover(done: boolean): string | null {
      const harmless = ({ meaning }: Lexeme): boolean =>
        meaning.is === 'all' ||
        meaning.is === 'amount' ||
        (meaning.is === 'verb' && (meaning.verb === 'make' || (done && meaning.verb === 'more')));
      const rest = free().filter((lexeme) => !harmless(lexeme));
      return rest.length === 0 ? null : `"${rest.map(({ text }) => text).join(' ')}" was not understood here`;
    },
  };
}

type Words = ReturnType<typeof createWords>;

/** "keep the subject as it is": what every operation does anyway, so nothing is to be done. */
function keeping(words: Words): Pick<Clause, 'complaint' | 'keepsColour'> | null {
  if (!words.hasVerb('keep')) return null;
  const colour = words.has('quality', ({ more }) => more === 'saturated') && words.has('subject');
  const nouns: Kind[] = [
    'filler',
    'verb',
    'all',
    'subject',
    'background',
    'sky',
    'part',
    'parts',
    'rest',
    'colour',
    'amount',
  ];
  const onlyNouns = words.lexemes.every(
    ({ meaning }) => nouns.includes(meaning.is) || (colour && meaning.is === 'quality'),
  );
  return { complaint: onlyNouns ? null : 'unknown', keepsColour: colour };
}

function number(words: Words, unit: Of<'unit'>['unit']): number | null {
  const at = words.lexemes.findIndex(({ meaning }) => meaning.is === 'unit' && meaning.unit === unit);
  const before = words.lexemes.slice(0, Math.max(0, at)).findLast(({ meaning }) => meaning.is === 'number');
  if (!before || before.meaning.is !== 'number') return null;
  words.use(before);
  words.use(words.lexemes[at]!);
  return before.meaning.value;
}

function* geometry(words: Words): Generator<Operation> {
  if (words.takeVerb('crop') || (words.has('ratio') && !words.hasVerb('rotate'))) {
    const ratio = words.take('ratio');
    if (ratio && ratio.width / ratio.height <= 10 && ratio.height / ratio.width <= 10) {
      yield { type: 'crop', width: ratio.width, height: ratio.height };
    }
  }
  if (words.takeVerb('mirror')) {
    const upright = words.take('direction', ({ direction }) => direction === 'vertical' || direction === 'half');
    words.take('direction', ({ direction }) => direction === 'horizontal');
    yield { type: 'mirror', axis: upright ? 'vertical' : 'horizontal' };
  }
  const turns = words.takeVerb('rotate') || words.verbText('make').startsWith('turn');
  const half = words.has('direction', ({ direction }) => direction === 'half');
  if (
    words.has('unit', ({ unit }) => unit === 'degrees') ||
    half ||
    (turns && words.has('direction')) ||
    words.has('verb', ({ verb }) => verb === 'rotate')
  ) {
    const degrees = number(words, 'degrees') ?? words.take('number')?.value ?? 90;
    if (words.take('direction', ({ direction }) => direction === 'half')) yield { type: 'rotate', degrees: 180 };
    else {
      const left = words.take('direction', ({ direction }) => direction === 'left');
      words.take('direction', ({ direction }) => direction === 'right');
      yield { type: 'rotate', degrees: ((left ? -degrees : degrees) % 360) + 0 };
    }
  }
  if (words.hasVerb('border') && !words.hasVerb('remove')) {
    words.takeVerb('border');
    const pixels = number(words, 'pixels');
    const percent = pixels === null ? number(words, 'percent') : null;
    const said = words.takeAll('amount').reduce((factor, amount) => factor * amount.factor, 1);
    const share = percent === null ? (said === 1 ? null : 0.05 * said) : percent / 100;
    yield { type: 'border', colour: words.take('colour')?.colour ?? null, share, pixels };
  }
  if (words.takeVerb('enlarge')) {
    const percent = number(words, 'percent');
    const factor = percent ? percent / 100 : (number(words, 'times') ?? words.take('number')?.value ?? 2);
    words.take('unit', ({ unit }) => unit === 'times');
    yield { type: 'enlarge', factor: Math.min(4, Math.max(1.1, factor)) };
  }
}

/** Where the clause works; null when it does not say. */
function areaIn(words: Words): Area | null {
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
    if (colour && words.freeColours().length > 1 && !words.has('fill', ({ fill }) => fill === 'gradient'))
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

function amountIn(words: Words): number {
  const factor = words.takeAll('amount').reduce((product, amount) => product * amount.factor, 1);
  const percent = number(words, 'percent');
  return Math.min(3, Math.max(0.2, percent === null ? factor : percent / 30));
}

function fillIn(words: Words, amount: number): Fill | null {
  const behind = words.has('background');
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

function* effects(words: Words, area: Area, amount: number): Generator<Operation> {
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
  for (const { more, less: opposite } of names ? [] : qualities) {
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

function* recolouring(words: Words, area: Area | null, amount: number): Generator<Operation> {
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

function reasonFor(words: Words): string | null {
  const part = words.freeNoun('part');
  if (part && words.freeColours().length > 0) {
    return `the engine can't find "${part.text}" by name; say which colour it has now, as in "make the orange ${part.text} blue"`;
  }
  if (words.hasVerb('crop')) return 'say to which ratio, as in "crop to 4:5" or "crop to a square"';
  if (words.hasVerb('remove') && words.has('subject')) return 'only the background can be removed';
  return null;
}
