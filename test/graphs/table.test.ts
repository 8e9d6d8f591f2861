import { expect, it } from 'vitest';
import {
  gapsOfTable,
  kindsOfColumns,
  outputsOfTable,
  rowsOfTable,
  type Column,
  type Table,
} from '../../graphs/table.ts';

const column = (id: string, title: string, kind: Column['kind'] = 'auto'): Column => ({ id, title, kind });
const oneColumn = (cells: readonly string[], kind: Column['kind'] = 'auto'): Table => ({
  columns: [column('c1', 'it', kind)],
  rows: cells.map((cell) => [cell]),
});

it.each([
  [['1', ' 20 ', '2147483647'], 'seed'],
  [['1', '', '3'], 'seed'],
  [['0', '1'], 'text'],
  [['007'], 'text'],
  [['1.0'], 'text'],
  [['2147483648'], 'text'],
  [['on', 'OFF'], 'switch'],
  [['true', 'false', 'on'], 'switch'],
  [['jpeg', 'PNG'], 'format'],
  [['jpeg', 'webp'], 'text'],
  [['on', '1'], 'text'],
  [['', ' '], 'text'],
  [[], 'text'],
])('[A7] a column is of the kind that all its cells are: %j is %s', (cells, kind) => {
  expect(kindsOfColumns(oneColumn(cells))).toEqual([kind]);
});

it('[A7] each column is an output of its own kind and name, and keeps its port when it is renamed', () => {
  const table = {
    columns: [column('c1', 'prompt'), column('c2', 'seed'), column('c3', ''), column('c4', 'as words', 'text')],
    rows: [['make it orange', '7', 'on', '8']],
  };
  expect(outputsOfTable(table)).toEqual({
    c1: { kind: 'text', title: 'prompt' },
    c2: { kind: 'seed', title: 'seed' },
    c3: { kind: 'switch', title: 'Column 3' },
    c4: { kind: 'text', title: 'as words' },
  });
});

it('a row gives the value of each cell, and is called by its cells', () => {
  const table = {
    columns: [column('c1', 'prompt'), column('c2', 'seed'), column('c3', 'thinking'), column('c4', 'format')],
    rows: [
      ['make it orange', ' 7 ', 'Off', 'PNG'],
      ['', '8'],
    ],
  };
  expect(rowsOfTable(table)).toEqual([
    { name: 'make it orange · 7 · Off · PNG', values: { c1: 'make it orange', c2: 7, c3: false, c4: 'png' } },
    { name: '8', values: { c1: '', c2: 8, c3: undefined, c4: undefined } },
  ]);
});

it.each([
  [
    ['1', '2', '', 'abc'],
    ['“it” holds seeds but for row 4, which has “abc”: so all of it counts as texts, which no seed takes.'],
  ],
  [
    ['on', 'off', 'of', 'on', 'maybe'],
    [
      '“it” holds switches (on, off) but for 2 rows, the first is row 3 with “of”: so all of it counts as texts, which no switch takes.',
    ],
  ],
  [['1', 'abc'], []],
  [['make it orange', '12', 'make it grey'], []],
])(
  '[A7] a column that nearly all cells agree on, and that counts as texts for the others, is told of: %j',
  (cells, gaps) => {
    expect(gapsOfTable(oneColumn(cells))).toEqual(gaps);
    expect(gapsOfTable(oneColumn(cells, 'text'))).toEqual([]);
  },
);

it('cells that do not fit their column are told of, with the row', () => {
  expect(gapsOfTable(oneColumn(['1', '', '']))).toEqual(['“it” holds seeds, but row 2 has none, and so have 1 more.']);
  expect(gapsOfTable(oneColumn(['on', 'perhaps'], 'switch'))).toEqual([
    '“it” holds switches (on, off), but row 2 has “perhaps”.',
  ]);
  expect(gapsOfTable(oneColumn(['words', '']))).toEqual([]);
});
