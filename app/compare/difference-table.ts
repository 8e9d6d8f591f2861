import { diffArrays, diffWordsWithSpace } from 'diff';
import type { HowMade, Source, Step } from './how-made.ts';

export type Row = {
  readonly title: string;
  /** One for each picture; null = it has none. */
  readonly values: readonly (Value | null)[];
};
export type Value = { readonly text: string; readonly sha256?: string };
export type Group = { readonly title: string; readonly rows: readonly Row[] };
export type DifferenceTable = {
  /** Only rows with different values, and groups that have some. */
  readonly different: readonly Group[];
  readonly equal: readonly Group[];
};

/**
 * How these pictures were made beside each other, step by step: what differs, and what is equal. For any number of
 * pictures; `whatDiffers` of the core tells how one was made apart from how its node would make it now.
 */
export function differenceTable(all: readonly HowMade[]): DifferenceTable {
  const rows = alignSteps(all.map(({ steps }) => steps));
  const groups: Group[] = [
    { title: 'Source', rows: [{ title: 'Picture', values: all.map(({ source }) => sourceValue(source)) }] },
    ...rows.map((steps, i) => groupOf(steps, rows.length > 1 ? i + 1 : null)),
  ];
  const part = (wanted: boolean): Group[] =>
    groups
      .map(({ title, rows: all }) => ({ title, rows: all.filter((row) => differs(row) === wanted && says(row)) }))
      .filter(({ rows: some }) => some.length > 0);
  return { different: part(true), equal: part(false) };
}

function differs({ values }: Row): boolean {
  const [first, ...others] = values.map((value) => (value === null ? null : (value.sha256 ?? value.text)));
  return others.some((other) => other !== first);
}

const says = ({ values }: Row): boolean => values.some((value) => value !== null);

function sourceValue(source: Source | null): Value | null {
  return source && { text: source.name, sha256: source.sha256 };
}

function groupOf(steps: readonly (Step | null)[], number: number | null): Group {
  const titles = [...new Set(steps.flatMap((step) => step?.title ?? []))];
  const names = new Set(steps.flatMap((step) => step?.facts.map(({ title }) => title) ?? []));
  const kinds = new Set(steps.map((step) => step?.made));
  return {
    title: number === null ? titles.join(' / ') : `Step ${number}: ${titles.join(' / ')}`,
    rows: [
      ...(kinds.size > 1
        ? [{ title: 'Made by', values: steps.map((step) => (step ? { text: step.made } : null)) }]
        : []),
      ...[...names].map((name): Row => ({
        title: name,
        values: steps.map((step) => {
          const fact = step?.facts.find(({ title }) => title === name);
          return fact ? { text: fact.text } : null;
        }),
      })),
    ],
  };
}

/**
 * The steps of several chains beside each other: those of the first in their order, each with its counterparts, then what
 * only others have. Counterparts are steps with the same key, and between those whatever stands in the same place.
 */
export function alignSteps(chains: readonly (readonly Step[])[]): (Step | null)[][] {
  const [first = [], ...others] = chains;
  const rows = first.map((step): (Step | null)[] => [step, ...others.map(() => null)]);
  const more: (Step | null)[][] = [];
  others.forEach((chain, i) => {
    let [mine, yours] = [0, 0];
    const hunk: { a: number[]; b: Step[] } = { a: [], b: [] };
    const close = (): void => {
      hunk.b.forEach((step, n) => {
        const row = hunk.a[n] === undefined ? freshRow(step) : rows[hunk.a[n]]!;
        row[i + 1] = step;
      });
      hunk.a = [];
      hunk.b = [];
    };
    const freshRow = (step: Step): (Step | null)[] => {
      const shared = more.find((row) => row[i + 1] === null && row.some((other) => other?.key === step.key));
      if (shared) return shared;
      const row = chains.map(() => null);
      more.push(row);
      return row;
    };
    for (const { value, added, removed } of diffArrays(
      first.map(({ key }) => key),
      chain.map(({ key }) => key),
    )) {
      if (removed) for (const _ of value) hunk.a.push(mine++);
      else if (added) for (const _ of value) hunk.b.push(chain[yours++]!);
      else {
        close();
        for (const _ of value) rows[mine++]![i + 1] = chain[yours++]!;
      }
    }
    close();
  });
  return [...rows, ...more];
}

export type Piece = { readonly text: string; readonly changed: boolean };

/** Two texts word by word: what the first has and the second has not, and the other way round. */
export function wordMarks(a: string, b: string): { a: Piece[]; b: Piece[] } {
  const parts = diffWordsWithSpace(a, b);
  const side = (not: 'added' | 'removed'): Piece[] => {
    const pieces: { text: string; changed: boolean }[] = [];
    for (const { value, added, removed, [not]: leftOut } of parts) {
      const changed = added || removed;
      if (leftOut) continue;
      if (pieces.at(-1)?.changed === changed) pieces.at(-1)!.text += value;
      else pieces.push({ text: value, changed });
    }
    return pieces;
  };
  return { a: side('added'), b: side('removed') };
}

/** Is it prose, of which single words may differ, or one value as a whole? */
export const isProse = (text: string): boolean => /\S\s+\S+\s+\S/.test(text);
