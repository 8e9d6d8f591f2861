import { describe, expect, it } from 'vitest';
import type { Axis } from '../../../graphs/axes.ts';
import { moveOf, tasksAt, tasksBetween, type Spot } from '../../../app/grid/grid-keys.ts';
import { layoutOf, usualChoice } from '../../../app/grid/grid-layout.ts';

const axis = (id: string, length: number): Axis => ({
  id,
  length,
  members: [{ node: id, title: id, values: Array.from({ length }, (_, i) => i) }],
});
const axes = [axis('rows', 30), axis('columns', 40)];
const grid = layoutOf(axes, usualChoice(axes));
const wrapped = layoutOf([axis('seeds', 7)], usualChoice([axis('seeds', 7)]), 3);
const page = { rows: 10, columns: 5 };

const press = (key: string, row: number, column: number, more: { mod?: boolean; alt?: boolean } = {}): Spot | null =>
  moveOf({ key, mod: false, alt: false, ...more }, { row, column }, grid, page);

describe('keys', () => {
  it.each<[string, Parameters<typeof press>, [number, number]]>([
    ['arrows go to the next cell', ['ArrowRight', 3, 3], [3, 4]],
    ['the last cell of a row is the end of it', ['ArrowRight', 3, 39], [3, 39]],
    ['the header of the row comes before its first cell', ['ArrowLeft', 3, 0], [3, -1]],
    ['the header of the column comes before its first cell', ['ArrowUp', 0, 3], [-1, 3]],
    ['there is nothing in the corner', ['ArrowUp', 0, -1], [0, -1]],
    ['from one column header to the next', ['ArrowRight', -1, 3], [-1, 4]],
    ['Home goes to the first cell of the row', ['Home', 3, 9], [3, 0]],
    ['End goes to the last', ['End', 3, 9], [3, 39]],
    ['Ctrl+Home goes to the first of all', ['Home', 3, 9, { mod: true }], [0, 0]],
    ['Ctrl+End goes to the last of all', ['End', 3, 9, { mod: true }], [29, 39]],
    ['Page Down goes as far as is in view', ['PageDown', 3, 9], [13, 9]],
    ['Page Down ends at the last row', ['PageDown', 25, 9], [29, 9]],
    ['Page Up ends at the first row', ['PageUp', 3, 9], [0, 9]],
    ['Alt+Page Down goes to the right', ['PageDown', 3, 9, { alt: true }], [3, 14]],
  ])('%s', (_, at, [row, column]) => {
    expect(press(...at)).toEqual({ row, column });
  });

  it('other keys do not move', () => {
    expect(press('x', 3, 3)).toBeNull();
    expect(press('ArrowLeft', 3, 3, { alt: true })).toBeNull();
  });

  it('where an axis goes on in the next row, its end is the last cell', () => {
    const at = (key: string, row: number, column: number) =>
      moveOf({ key, mod: key === 'End', alt: false }, { row, column }, wrapped, page);
    expect(at('End', 0, 0)).toEqual({ row: 2, column: 0 });
    expect(at('ArrowDown', 1, 2)).toEqual({ row: 2, column: 0 });
    expect(at('ArrowLeft', 1, 0)).toEqual({ row: 1, column: 0 });
  });
});

describe('what a spot stands for', () => {
  it('a header stands for all of its row or column that is in sight', () => {
    const choice = { ...usualChoice(axes), hidden: { columns: ['number 1'] } };
    const small = [axis('rows', 2), axis('columns', 3)];
    const layout = layoutOf(small, { ...choice, rows: 'rows', columns: 'columns' });
    expect(tasksAt(layout, { row: 1, column: -1 })).toEqual([3, 5]);
    expect(tasksAt(layout, { row: -1, column: 1 })).toEqual([2, 5]);
    expect(tasksAt(layout, { row: 0, column: 1 })).toEqual([2]);
  });

  it('a range is the rectangle between two cells, whichever came first', () => {
    const small = layoutOf([axis('rows', 3), axis('columns', 3)], {
      rows: 'rows',
      columns: 'columns',
      at: {},
      hidden: {},
    });
    expect(tasksBetween(small, { row: 2, column: 1 }, { row: 1, column: 2 })).toEqual([4, 5, 7, 8]);
    expect(tasksBetween(small, { row: 1, column: -1 }, { row: 2, column: -1 })).toEqual([3, 4, 5, 6, 7, 8]);
    expect(tasksBetween(wrapped, { row: 1, column: 0 }, { row: 2, column: 2 })).toEqual([3, 4, 5, 6]);
  });
});
