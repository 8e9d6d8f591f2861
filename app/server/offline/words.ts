import type { Lexeme, Verb } from './meaning.ts';

export type Kind = Lexeme['meaning']['is'];
type Of<K extends Kind> = Extract<Lexeme['meaning'], { is: K }>;

/** The words of a clause; taking one marks it as understood. */
export function createWords(lexemes: Lexeme[]) {
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
      const last = lexemes[lexemes.indexOf(noun) - 1];
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

export type Words = ReturnType<typeof createWords>;

/** The number before a unit. */
export function number(words: Words, unit: Of<'unit'>['unit']): number | null {
  const at = words.lexemes.findIndex(({ meaning }) => meaning.is === 'unit' && meaning.unit === unit);
  const before = words.lexemes.slice(0, Math.max(0, at)).findLast(({ meaning }) => meaning.is === 'number');
  if (!before || before.meaning.is !== 'number') return null;
  words.use(before);
  words.use(words.lexemes[at]!);
  return before.meaning.value;
}

/** "slightly", "very", "by 20 %": 1 = what is usual. */
export function amountIn(words: Words): number {
  const factor = words.takeAll('amount').reduce((product, amount) => product * amount.factor, 1);
  const percent = number(words, 'percent');
  return Math.min(3, Math.max(0.2, percent === null ? factor : percent / 30));
}
