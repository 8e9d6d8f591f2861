import { expect, it } from 'vitest';
import {
  addColumn,
  addRow,
  blockOf,
  changeColumn,
  pasteAt,
  removeColumn,
  removeRow,
  setCell,
} from '../../../app/table/table-edits.ts';
import type { Table } from '../../../graphs/table.ts';

const table: Table = {
  columns: [
    { id: 'c1', title: 'prompt', kind: 'auto' },
    { id: 'c3', title: 'seed', kind: 'auto' },
  ],
  rows: [['blue', '7'], ['red'], ['green', '9']],
};

it('a cell is written, also where its row was too short; the other rows are untouched', () => {
  const next = setCell(table, { row: 1, column: 1 }, '8');
  expect(next.rows).toEqual([
    ['blue', '7'],
    ['red', '8'],
    ['green', '9'],
  ]);
  expect(next.rows[0]).toBe(table.rows[0]);
  expect(setCell(table, { row: 0, column: 0 }, 'blue')).toBe(table);
  expect(setCell(table, { row: 9, column: 0 }, 'x')).toBe(table);
});

it('rows and columns come and go; a new column gets an output that none had', () => {
  expect(addRow(table, 1).rows).toEqual([['blue', '7'], ['', ''], ['red'], ['green', '9']]);
  expect(removeRow(table, 1).rows).toEqual([
    ['blue', '7'],
    ['green', '9'],
  ]);
  const wide = addColumn(table);
  expect(wide.columns.at(-1)).toEqual({ id: 'c2', title: 'Column 3', kind: 'auto' });
  expect(wide.rows[1]).toEqual(['red', '', '']);
  expect(removeColumn(table, 0)).toEqual({ columns: [table.columns[1]], rows: [['7'], [], ['9']] });
});

it('a column is renamed and keeps its output', () => {
  expect(changeColumn(table, 1, { title: 'number', kind: 'text' }).columns[1]).toEqual({
    id: 'c3',
    title: 'number',
    kind: 'text',
  });
  expect(changeColumn(table, 1, { title: 'seed' })).toBe(table);
});

it('cells of a spreadsheet are pasted as a block, empty ones too, and the table grows', () => {
  const block = blockOf('x\t\t1\r\n\t"two\nlines"\t2\r\n');
  expect(block).toEqual([
    ['x', '', '1'],
    ['', 'two\nlines', '2'],
  ]);
  const pasted = pasteAt(table, { row: 2, column: 1 }, block) as Table;
  expect(pasted.columns.map(({ id }) => id)).toEqual(['c1', 'c3', 'c2', 'c4']);
  expect(pasted.rows).toEqual([
    ['blue', '7', '', ''],
    ['red', '', '', ''],
    ['green', 'x', '', '1'],
    ['', '', 'two\nlines', '2'],
  ]);
  expect(blockOf('one word, and more')).toEqual([['one word, and more']]);
});

it('what would make the table too large is refused with a sentence', () => {
  expect(pasteAt(table, { row: 9_999, column: 0 }, [['a'], ['b']])).toBe(
    'A table holds at most 10,000 rows: nothing was pasted.',
  );
  expect(pasteAt(table, { row: 0, column: 49 }, [['a', 'b']])).toBe(
    'A table has at most 50 columns: nothing was pasted.',
  );
});
