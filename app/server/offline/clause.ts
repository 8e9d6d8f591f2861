import { type Area, everywhere, type Operation } from './operation.ts';
import { areaIn, fillIn } from './read-background.ts';
import { effects, recolouring } from './read-effects.ts';
import { geometry } from './read-geometry.ts';
import type { Lexeme } from './meaning.ts';
import { amountIn, createWords, type Kind, type Words } from './words.ts';

/** One instruction of a prompt, understood or not. */
export type Clause = {
  operations: Operation[];
  /** 'unknown' = no better reason than its words. */
  complaint: string | null;
  /** For "make the background darker and warmer": the next clause without verb and area has this one's. */
  hands: Area | null;
  keepsColour: boolean;
};

/** `thought` = thinking mode has made something of part of the clause already. */
export function understand(lexemes: Lexeme[], before: Clause | null, thought: boolean): Clause {
  const clause: Clause = { operations: [], complaint: null, hands: null, keepsColour: false };
  if (lexemes.some(({ meaning }) => meaning.is === 'unknown')) return { ...clause, complaint: 'unknown' };
  const words = createWords(lexemes);
  const keep = keeping(words);
  if (keep) return { ...clause, ...keep };

  const operations = [...geometry(words)];
  const shapes = operations.length > 0;
  const area = areaIn(words);
  const amount = amountIn(words);
  const last = before?.operations.at(-1);
  const open = last?.type === 'background' && last.fill.kind === 'transparent';
  const fill = area?.kind === 'hue' ? null : fillIn(words, amount, open);
  if (fill) operations.push({ type: 'background', fill });
  const handed = area ?? (words.hasVerb() ? null : (before?.hands ?? null));
  operations.push(...effects(words, fill ? everywhere : (handed ?? everywhere), amount));
  operations.push(...recolouring(words, fill ? null : handed, amount));

  const complaint =
    operations.length === 0 && !thought ? (reasonFor(words) ?? 'unknown') : words.leftover(operations.length > 0);
  if (complaint) return { ...clause, complaint };
  if (shapes && area) return { ...clause, complaint: 'only the whole picture can be turned, cut, framed or enlarged' };
  const hands =
    area && !fill && words.hasVerb('make') ? area : words.hasVerb() || area ? null : (before?.hands ?? null);
  return { ...clause, operations, hands };
}

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

function reasonFor(words: Words): string | null {
  const part = words.freeNoun('part');
  if (part && words.freeColours().length > 0) {
    return `the engine can't find "${part.text}" by name; say which colour it has now, as in "make the orange ${part.text} blue"`;
  }
  if (words.hasVerb('crop')) return 'say to which ratio, as in "crop to 4:5" or "crop to a square"';
  if (words.hasVerb('remove') && words.has('subject')) return 'only the background can be removed';
  return null;
}
