import { type Clause, understand } from './clause.ts';
import { colourNamed } from './colours.ts';
import { lexicon } from './lexicon.ts';
import type { Operation } from './operation.ts';
import type { Lexeme } from './meaning.ts';
import { longestPhrase, phrases } from './vocabulary.ts';

export type Reading = {
  operations: Operation[];
  /** What thinking mode read abstract wording as. */
  thoughts: { wording: string; instructions: string }[];
  /** The parts that were not understood, in the prompt's own words, with a reason where there is one. */
  complaints: string[];
};

/** English instructions → operations, in order. Nothing is guessed: every word is understood, harmless, or complained about. */
export function readPrompt(prompt: string, { thinking }: { thinking: boolean }): Reading {
  const reading: Reading = { operations: [], thoughts: [], complaints: [] };
  let before: Clause | null = null;
  for (const lexemes of clausesOf(lexemesOf(prompt))) {
    const plain: Lexeme[] = [];
    let closed = false;
    for (const lexeme of lexemes) {
      const { meaning } = lexeme;
      if (meaning.is !== 'abstract') plain.push(lexeme);
      else if (!thinking) closed = true;
      else {
        reading.thoughts.push({ wording: lexeme.text, instructions: meaning.instructions });
        reading.operations.push(...readPrompt(meaning.instructions, { thinking: false }).operations);
      }
    }
    const words = lexemes.map((lexeme) => lexeme.text).join(' ');
    if (closed) {
      reading.complaints.push(`"${words}" (abstract wording is read in thinking mode only, which is off)`);
      continue;
    }
    const thought = plain.length < lexemes.length;
    const clause: Clause = understand(plain, before, thought);
    if (clause.complaint)
      reading.complaints.push(`"${words}"${clause.complaint === 'unknown' ? '' : ` (${clause.complaint})`}`);
    if (clause.keepsColour) keepColour(reading.operations);
    reading.operations.push(...clause.operations);
    before = clause;
  }
  return reading;
}

/** "…, but keep the subject in colour": what was grey everywhere becomes grey behind the subject. */
function keepColour(operations: Operation[]): void {
  for (const [i, operation] of operations.entries()) {
    if (operation.type === 'effect' && operation.area.kind === 'all') {
      operations[i] = { ...operation, area: { kind: 'background', word: 'background' } };
    }
  }
}

const tokens =
  /(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^)]*\)|#[0-9a-f]{3,8}\b|\d+(?:\.\d+)?\s*[:/]\s*\d+(?:\.\d+)?|\d+(?:\.\d+)?s?(?![\p{L}])|\d+(?:\.\d+)?|[\p{L}][\p{L}\p{N}'/&]*(?:-[\p{L}\p{N}']+)*|\S/giu;

const abstractWordings: ReadonlyMap<string, string> = (() => {
  const map = new Map<string, string>();
  for (const [wordings, instructions] of lexicon) {
    for (const wording of wordings.split('|')) if (!map.has(wording)) map.set(wording, instructions);
  }
  return map;
})();

export function lexemesOf(prompt: string): Lexeme[] {
  const text = prompt
    .toLowerCase()
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/["“”„«»()]/g, (mark) => (mark === '(' || mark === ')' ? mark : ' '));
  const words = text.match(tokens) ?? [];
  const lexemes: Lexeme[] = [];
  for (let at = 0; at < words.length;) {
    const found = longestAt(words, at) ?? { length: 1, lexeme: { text: words[at]!, meaning: single(words[at]!) } };
    lexemes.push(found.lexeme);
    at += found.length;
  }
  return lexemes;
}

function longestAt(words: string[], at: number): { length: number; lexeme: Lexeme } | null {
  for (let length = Math.min(Math.max(longestPhrase, 5), words.length - at); length > 0; length--) {
    const text = words.slice(at, at + length).join(' ');
    const instructions = abstractWordings.get(text);
    if (instructions) return { length, lexeme: { text, meaning: { is: 'abstract', instructions } } };
    const meaning = phrases.get(text);
    if (meaning) return { length, lexeme: { text, meaning } };
    const colour = length <= 3 ? colourNamed(text) : null;
    if (colour) return { length, lexeme: { text, meaning: { is: 'colour', colour } } };
  }
  return null;
}

function single(word: string): Lexeme['meaning'] {
  const ratio = /^(\d+(?:\.\d+)?)\s*[:/]\s*(\d+(?:\.\d+)?)$/.exec(word);
  if (ratio) {
    const [width, height] = [Number(ratio[1]), Number(ratio[2])];
    return width > 0 && height > 0 ? { is: 'ratio', width, height } : { is: 'unknown' };
  }
  return /^\d+(\.\d+)?$/.test(word) ? { is: 'number', value: Number(word) } : { is: 'unknown' };
}

/** Cuts at commas and "and", but not between the colours of one gradient, and at "with" only after something complete. */
function clausesOf(lexemes: Lexeme[]): Lexeme[][] {
  const clauses: Lexeme[][] = [];
  let clause: Lexeme[] = [];
  for (const [i, lexeme] of lexemes.entries()) {
    if (lexeme.meaning.is !== 'join') {
      clause.push(lexeme);
      continue;
    }
    const severalColours = clause.some(({ meaning }) => takesColours(meaning));
    const next = lexemes.slice(i + 1).find(({ meaning }) => meaning.is !== 'filler' && meaning.is !== 'join');
    const last = clause.findLast(({ meaning }) => meaning.is !== 'filler');
    if (severalColours && last?.meaning.is === 'colour' && next?.meaning.is === 'colour') continue;
    if (lexeme.text === 'with' && !clause.some(({ meaning }) => complete(meaning))) continue;
    clauses.push(clause);
    clause = [];
  }
  clauses.push(clause);
  return clauses.filter((one) => one.some(({ meaning }) => meaning.is !== 'filler'));
}

const takesColours = (meaning: Lexeme['meaning']): boolean =>
  (meaning.is === 'fill' && meaning.fill === 'gradient') || (meaning.is === 'effect' && meaning.effect === 'duotone');

const complete = (meaning: Lexeme['meaning']): boolean =>
  ['effect', 'abstract', 'ratio', 'direction'].includes(meaning.is) ||
  (meaning.is === 'verb' && ['rotate', 'mirror', 'crop', 'border', 'enlarge'].includes(meaning.verb));
