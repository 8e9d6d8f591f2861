import { pointAt, valueWords } from '../../graphs/axes.ts';
import { axesOfAll } from '../../graphs/stepping.ts';
import { shortened } from '../grid/shorten.ts';
import type { Side } from './sides.ts';

type Place = Pick<Side, 'cell' | 'title' | 'label' | 'axes'>;

/** The values of these pictures on one axis in words, long ones shortened to what tells them apart; null = not on it. */
export function valuesOn(axis: string, sides: readonly Pick<Place, 'cell' | 'axes'>[]): (string | null)[] {
  const values = sides.map(({ cell, axes }) => {
    const place = axes.findIndex(({ id }) => id === axis);
    if ('sha256' in cell || place < 0) return null;
    const at = pointAt(axes, cell.index)[place]!;
    return axes[place]!.members.map((member) => valueWords(member.values[at])).join(', ');
  });
  const short = shortened(values.filter((value) => value !== null));
  return values.map((value) => (value === null ? null : short.shift()!));
}

/** What tells these pictures apart, as short as it can be said: there is little room over a picture. */
export function shortLabels(sides: readonly Place[]): string[] {
  const parts = sides.map((): string[] => []);
  const add = (values: readonly (string | null)[]): void => {
    if (new Set(values).size > 1) values.forEach((value, i) => value !== null && parts[i]!.push(value));
  };
  add(sides.map(({ title }) => title));
  for (const { id } of axesOfAll(
    sides.map(({ cell, axes }) => ('sha256' in cell ? null : { axes, index: cell.index })),
  ))
    add(valuesOn(id, sides));
  return parts.map((part, i) => part.join(' · ') || sides[i]!.label || sides[i]!.title);
}

/** The values of all pictures on an axis in a few words: `2` where all have the same, else `A 2 · B 3`. */
export function valuesText(
  axis: string,
  sides: readonly (Pick<Place, 'cell' | 'axes'> & { letter: string })[],
): string {
  const values = valuesOn(axis, sides).flatMap((text, i) =>
    text === null ? [] : [{ text, letter: sides[i]!.letter }],
  );
  if (new Set(values.map(({ text }) => text)).size === 1) return values[0]!.text;
  return values.map(({ letter, text }) => `${letter} ${text}`).join(' · ');
}
