import { describe, expect, it } from 'vitest';
import type { Axis } from '../../../graphs/axes.ts';
import {
  inGridOrder,
  layoutOf,
  pointOf,
  pointWordsOf,
  struckCount,
  swapped,
  usualChoice,
  withAxis,
  type GridChoice,
} from '../../../app/grid/grid-layout.ts';

const axis = (id: string, values: readonly unknown[], struck?: readonly boolean[]): Axis => ({
  id,
  length: values.length,
  members: [{ node: id, title: id, values, ...(struck ? { struck } : {}) }],
});
const looks = axis('looks', ['red', 'blue', 'green']);
const seeds = axis('seeds', [1, 2, 3, 4]);
const photos = axis('photos', [
  { name: 'a.png', sha256: 'a' },
  { name: 'b.png', sha256: 'b' },
]);

/** All task numbers as the grid shows them. */
function table(axes: readonly Axis[], choice: GridChoice, perRow?: number): (number | null)[][] {
  const layout = layoutOf(axes, choice, perRow ?? null);
  return Array.from({ length: layout.rowCount }, (_, row) =>
    Array.from({ length: layout.columnCount }, (__, column) => layout.indexAt(row, column)),
  );
}

it('[A1] keys step along the axes as the grid shows them: across, then down, then the others', () => {
  const axes = [photos, looks, seeds];
  const order = (choice: Partial<GridChoice>) =>
    inGridOrder(axes, { ...usualChoice(axes), ...choice }).map(({ id }) => id);
  expect(order({})).toEqual(['photos', 'looks', 'seeds']);
  expect(order({ rows: 'photos' })).toEqual(['looks', 'photos', 'seeds']);
  expect(order({ rows: 'seeds', columns: 'looks' })).toEqual(['photos', 'seeds', 'looks']);
  expect(order({ rows: null, columns: 'photos' })).toEqual(['looks', 'seeds', 'photos']);
  expect(order({ rows: 'photos', columns: null })).toEqual(['looks', 'photos', 'seeds']);
  expect(order({ rows: 'gone' })).toEqual(['photos', 'looks', 'seeds']);
  expect(inGridOrder([looks], { ...usualChoice([looks]), rows: 'looks', columns: null })).toEqual([looks]);
});

describe('the place of a task', () => {
  it('[A1] the last axis runs to the right and the one before it down', () => {
    expect(table([looks, seeds], usualChoice([looks, seeds]))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ]);
  });

  it('exchanged, the same tasks stand across', () => {
    const choice = swapped([looks, seeds], usualChoice([looks, seeds]));
    expect(table([looks, seeds], choice)).toEqual([
      [0, 4, 8],
      [1, 5, 9],
      [2, 6, 10],
      [3, 7, 11],
    ]);
  });

  it('an axis that is neither shows one value at a time', () => {
    const axes = [photos, looks, seeds];
    expect(table(axes, { ...usualChoice(axes), at: { photos: 1 } })[0]).toEqual([12, 13, 14, 15]);
    const down = withAxis(axes, usualChoice(axes), 'rows', 'photos');
    expect(table(axes, { ...down, at: { looks: 2 } })).toEqual([
      [8, 9, 10, 11],
      [20, 21, 22, 23],
    ]);
  });

  it('is found again from the number of the task, and is none while it is out of sight', () => {
    const axes = [photos, looks, seeds];
    const layout = layoutOf(axes, { rows: 'seeds', columns: 'photos', at: { looks: 1 }, hidden: {} });
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 2; column++)
        expect(layout.placeOf(layout.indexAt(row, column)!)).toEqual({ row, column });
    expect(layout.placeOf(0)).toBeNull();
  });

  it('values out of sight leave no gap, and hiding all of them hides none', () => {
    const choice = {
      ...usualChoice([looks, seeds]),
      hidden: { looks: ['string blue'], seeds: ['number 1', 'number 3'] },
    };
    expect(table([looks, seeds], choice)).toEqual([
      [1, 3],
      [9, 11],
    ]);
    const none = { ...choice, hidden: { looks: ['string red', 'string blue', 'string green'] } };
    expect(table([looks, seeds], none)).toHaveLength(3);
  });

  it('a single axis goes on in the next row where it is too long, and its last row ends early', () => {
    expect(table([seeds], usualChoice([seeds]), 3)).toEqual([
      [0, 1, 2],
      [3, null, null],
    ]);
    const layout = layoutOf([seeds], usualChoice([seeds]), 3);
    expect(layout.placeOf(3)).toEqual({ row: 1, column: 0 });
    expect(table([seeds], usualChoice([seeds]), 4)).toEqual([[0, 1, 2, 3]]);
  });

  it('a node without axes is one cell', () => {
    expect(table([], usualChoice([]))).toEqual([[0]]);
  });
});

describe('the choice', () => {
  it('an axis that is chosen where the other stands changes places with it', () => {
    const choice = withAxis([looks, seeds], usualChoice([looks, seeds]), 'rows', 'seeds');
    expect([choice.rows, choice.columns]).toEqual(['seeds', 'looks']);
  });

  it('at least one axis stays in the grid', () => {
    const rows = withAxis([looks, seeds], usualChoice([looks, seeds]), 'columns', null);
    expect(table([looks, seeds], rows)).toEqual([[0], [4], [8]]);
    expect(withAxis([looks, seeds], rows, 'rows', null)).toBe(rows);
  });

  it('what names an axis that is gone falls back to the usual one', () => {
    const choice = { rows: 'gone', columns: 'seeds', at: {}, hidden: {} };
    expect(table([looks, seeds], choice)[1]).toEqual([4, 5, 6, 7]);
  });

  it('a value beyond the end of a sweep that got shorter is the last one', () => {
    const axes = [photos, looks, seeds];
    expect(layoutOf(axes, { ...usualChoice(axes), at: { photos: 7 } }).others[0]!.at).toBe(1);
  });
});

describe('the values of an axis', () => {
  const linked: Axis = {
    id: 'pair',
    length: 2,
    members: [
      { node: 'prompts', title: 'Prompts', values: ['red', 'blue'] },
      { node: 'seeds', title: 'Seeds', values: [7, 9], struck: [false, true] },
    ],
  };

  it('[A3] linked sweeps show the values of all members', () => {
    expect(pointWordsOf(linked, 1)).toBe('Prompts: blue, Seeds: 9');
    expect(pointWordsOf(photos, 1)).toBe('b.png');
  });

  it('a point is struck out as soon as one of its members is', () => {
    expect([0, 1].map((index) => pointOf(linked, index).struck)).toEqual([false, true]);
    expect(struckCount(linked)).toBe(1);
    expect(struckCount(axis('seeds', [1, 2, 3], [true, false, true]))).toBe(2);
    expect(struckCount(seeds)).toBe(0);
  });
});
