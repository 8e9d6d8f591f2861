import { describe, expect, it } from 'vitest';
import { shortLabels, valuesText } from '../../../app/compare/short-labels.ts';
import type { Axis } from '../../../graphs/axes.ts';

const axis = (id: string, ...values: unknown[]): Axis => ({
  id,
  length: values.length,
  members: [{ node: id, title: id, values }],
});
const looks = axis(
  'looks',
  'put the bottle on a table of old oak in the morning',
  'put the bottle on a table of black slate in the morning',
);
const seeds = axis('seeds', 1, 2, 3);
const side = (index: number, letter: string, more: object = {}) => ({
  cell: { node: 'edit', index },
  letter,
  title: 'Table',
  label: `point ${index}`,
  axes: [looks, seeds],
  ...more,
});

describe('a short label of a compared picture', () => {
  it('says only what tells it apart from the others', () => {
    expect(shortLabels([side(0, 'A'), side(2, 'B')])).toEqual(['1', '3']);
    expect(shortLabels([side(0, 'A'), side(3, 'B')])).toEqual(['… old oak …', '… black slate …']);
  });

  it('says the node where the nodes differ', () => {
    expect(shortLabels([side(0, 'A'), side(0, 'B', { title: 'Original of Table' })])).toEqual([
      'Table',
      'Original of Table',
    ]);
  });

  it('is the whole label where nothing differs', () => {
    expect(shortLabels([side(4, 'A'), side(4, 'B')])).toEqual(['point 4', 'point 4']);
  });

  it('of a picture that is no result is its title', () => {
    const stranger = {
      cell: { sha256: 'a'.repeat(64), title: 'Older' },
      letter: 'B',
      title: 'Older',
      label: '',
      axes: [],
    };
    expect(shortLabels([side(1, 'A'), stranger])).toEqual([expect.stringMatching(/^Table · put .* · 2$/), 'Older']);
  });
});

it('the value on an axis stands once where all have the same', () => {
  expect(valuesText('seeds', [side(1, 'A'), side(4, 'B')])).toBe('2');
  expect(valuesText('seeds', [side(1, 'A'), side(2, 'B')])).toBe('A 2 · B 3');
  expect(valuesText('looks', [side(1, 'A'), side(4, 'B')])).toBe('A … old oak … · B … black slate …');
});
