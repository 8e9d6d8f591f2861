import { diffWordsWithSpace } from 'diff';
import { valueWords } from '../../graphs/axes.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import type { Provenance, ProvenanceStep } from '../../graphs/provenance.ts';
import type { Difference, Stood } from '../../graphs/what-differs.ts';
import { titleOf } from '../panels/provenance-words.ts';

export type Side = { readonly text: string; readonly sha256?: string };
/** A piece of a text: in both, or only in one of the two. */
export type Piece = { readonly text: string; readonly only: 'was' | 'now' | null };
export type DifferenceWords = {
  /** `Prompt`, or `Prompt of step 2` in a chain. */
  readonly title: string;
  readonly was: Side;
  readonly now: Side;
  /** Word by word, for texts that have something in common. */
  readonly pieces: readonly Piece[] | null;
};

/** What differs, in the words of the forms on the cards. */
export function differenceWords(difference: Difference, provenance: Provenance, nodeTypes: NodeTypes): DifferenceWords {
  const of = (step: ProvenanceStep): string => {
    const number = provenance.steps.indexOf(step) + 1;
    return provenance.steps.length > 1 && number > 0 ? ` of step ${number}` : '';
  };
  const plain = (title: string, was: string, now: string): DifferenceWords => ({
    title,
    was: { text: was },
    now: { text: now },
    pieces: null,
  });
  switch (difference.type) {
    case 'step':
      return plain(`Made by${of(difference.was)}`, difference.was.title, difference.now.title);
    case 'take':
      return plain(`Take${of(difference.step)}`, 'another take', 'the take that is shown');
    case 'version':
      return plain(
        `Version of ${difference.step.title}${of(difference.step)}`,
        String(difference.step.version),
        String(difference.now),
      );
    case 'value': {
      const { step, name, was, now } = difference;
      const title = titleOf(nodeTypes.get(step.type), name) + of(step);
      return { title, was: sideOf(was), now: sideOf(now), pieces: piecesOf(was, now) };
    }
  }
}

function sideOf(stood: Stood): Side {
  if (stood.type === 'nothing') return { text: 'nothing' };
  if (stood.type === 'made') return { text: `what ${stood.by} made` };
  const { value } = stood;
  if (value !== null && typeof value === 'object' && 'sha256' in value)
    return { text: valueWords(value), sha256: String(value.sha256) };
  return { text: typeof value === 'object' ? JSON.stringify(value) : valueWords(value) };
}

/** Null where the texts have less than a third in common: then each is read better by itself. */
function piecesOf(was: Stood, now: Stood): Piece[] | null {
  if (was.type !== 'value' || now.type !== 'value') return null;
  if (typeof was.value !== 'string' || typeof now.value !== 'string') return null;
  const pieces = diffWordsWithSpace(was.value, now.value).map(({ value, added, removed }): Piece => ({
    text: value,
    only: added ? 'now' : removed ? 'was' : null,
  }));
  const common = pieces.filter(({ only }) => only === null).reduce((sum, { text }) => sum + text.trim().length, 0);
  return common * 3 >= Math.max(was.value.length, now.value.length) ? pieces : null;
}

/** In one line, for lists: `Prompt: make it sepia · Seed: 7`; of a long text, what differs. */
export function inOneLine(words: readonly DifferenceWords[]): string {
  return words.length > 4
    ? `${words.slice(0, 3).map(short).join(' · ')} · and ${words.length - 3} more`
    : words.map(short).join(' · ');
}

const MOST_LETTERS = 80;

function short({ title, was, pieces }: DifferenceWords): string {
  const only = (side: 'was' | 'now') =>
    (pieces ?? []).filter((piece) => piece.only === side && piece.text.trim() !== '').map(({ text }) => text.trim());
  const [gone, come] = [only('was'), only('now')];
  const text =
    was.text.length <= MOST_LETTERS || gone.length + come.length === 0
      ? was.text
      : gone.length > 0
        ? `… ${gone.join(' … ')} …`
        : `without “${come.join(' … ')}”`;
  return `${title}: ${text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text}`;
}
