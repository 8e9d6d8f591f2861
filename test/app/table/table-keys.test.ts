import { expect, it } from 'vitest';
import { spotByKey, within } from '../../../app/table/table-keys.ts';
import type { Table } from '../../../graphs/table.ts';

const table: Table = {
  columns: [
    { id: 'c1', title: 'prompt', kind: 'auto' },
    { id: 'c2', title: 'seed', kind: 'auto' },
    { id: 'c3', title: 'thinking', kind: 'auto' },
  ],
  rows: Array.from({ length: 50 }, (_, i) => [`prompt ${i}`, String(i + 1), 'on']),
};
const at = { row: 20, column: 1 };

it.each([
  ['ArrowUp', false, { row: 19, column: 1 }],
  ['ArrowDown', false, { row: 21, column: 1 }],
  ['ArrowLeft', false, { row: 20, column: 0 }],
  ['ArrowRight', false, { row: 20, column: 2 }],
  ['PageUp', false, { row: 8, column: 1 }],
  ['PageDown', false, { row: 32, column: 1 }],
  ['Home', false, { row: 20, column: 0 }],
  ['End', false, { row: 20, column: 2 }],
  ['ArrowUp', true, { row: 0, column: 1 }],
  ['ArrowDown', true, { row: 49, column: 1 }],
  ['ArrowLeft', true, { row: 20, column: 0 }],
  ['ArrowRight', true, { row: 20, column: 2 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 49, column: 2 }],
  ['x', false, undefined],
])('%s (with Ctrl: %s) moves as in a spreadsheet', (key, mod, to) => {
  expect(spotByKey(key, mod, at, table, 12)).toEqual(to);
});

it('no key leads out of the table', () => {
  expect(within(table, { row: -5, column: -1 })).toEqual({ row: 0, column: 0 });
  expect(within(table, { row: 99, column: 3 })).toEqual({ row: 49, column: 2 });
  expect(within(table, at)).toEqual(at);
});
