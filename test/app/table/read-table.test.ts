import { expect, it } from 'vitest';
import { draftOf, looksLikeNames, readCells, textOfBytes } from '../../../app/table/read-table.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it.each([
  [
    'commas',
    'prompt,seed\nblue,7\n',
    ',',
    [
      ['prompt', 'seed'],
      ['blue', '7'],
    ],
  ],
  [
    'semicolons',
    'prompt;seed\n"blue, light";7\nred;8',
    ';',
    [
      ['prompt', 'seed'],
      ['blue, light', '7'],
      ['red', '8'],
    ],
  ],
  [
    'tabs',
    'blue, light\t7\r\nred\t8\r\n',
    '\t',
    [
      ['blue, light', '7'],
      ['red', '8'],
    ],
  ],
  [
    'a byte order mark',
    '\uFEFFprompt,seed\nblue,7',
    ',',
    [
      ['prompt', 'seed'],
      ['blue', '7'],
    ],
  ],
  [
    'quotes with line breaks',
    'a,b\n"one\ntwo ""x""",2',
    ',',
    [
      ['a', 'b'],
      ['one\ntwo "x"', '2'],
    ],
  ],
  ['one column', 'blue\nred\n', ',', [['blue'], ['red']]],
])('reads %s', (_, text, separator, rows) => {
  expect(readCells(text)).toEqual({ rows, separator, notes: [] });
});

it('another separator can be asked for', () => {
  expect(readCells('a, b\nc, d', ';').rows).toEqual([['a, b'], ['c, d']]);
});

it('empty rows and a quotation mark without its partner are told of, and nothing else is lost', () => {
  expect(readCells('a,b\n\n,\nc,d\n')).toEqual({
    rows: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    separator: ',',
    notes: ['2 empty rows were left out.'],
  });
  const { rows, notes } = readCells('a,b\n"c,d\ne,f');
  expect(rows.flat().join('')).toContain('c,d\ne,f');
  expect(notes).toEqual(['Row 2 has a quotation mark without its partner: look whether its cells are right.']);
});

it('bytes are UTF-8, UTF-16 with its mark, or what old spreadsheets write, which is told', () => {
  expect(textOfBytes(bytes('ä'))).toEqual({ text: 'ä', notes: [] });
  expect(textOfBytes(new Uint8Array([0xff, 0xfe, 0xe4, 0]))).toEqual({ text: 'ä', notes: [] });
  const old = textOfBytes(new Uint8Array([0xe4]));
  expect(old.text).toBe('ä');
  expect(old.notes).toHaveLength(1);
});

it.each([
  [
    [
      ['prompt', 'seed'],
      ['blue', '7'],
    ],
    true,
  ],
  [
    [
      ['what', 'number'],
      ['blue', '7'],
    ],
    true,
  ],
  [
    [
      ['blue', '7'],
      ['red', '8'],
    ],
    false,
  ],
  [[['blue'], ['red']], false],
  [
    [
      ['prompt', ''],
      ['blue', '7'],
    ],
    false,
  ],
  [[['prompt', 'seed']], true],
  [[['Prompt', 'negative_prompt', 'output format']], true],
  [[['name your price', '7']], false],
  [[['prompt', 'a cat']], false],
  [[], false],
])('the first row looks like names: %j %s', (cells, names) => {
  expect(looksLikeNames(cells)).toBe(names);
});

it('[A7] rows of different lengths are filled up, none is cut, and it is said', () => {
  const { table, notes, fault, over } = draftOf([['prompt', 'seed'], ['blue'], ['red', '8', 'more']], true);
  expect(table).toEqual({
    columns: [
      { id: 'c1', title: 'prompt', kind: 'auto' },
      { id: 'c2', title: 'seed', kind: 'auto' },
      { id: 'c3', title: 'Column 3', kind: 'auto' },
    ],
    rows: [
      ['blue', '', ''],
      ['red', '8', 'more'],
    ],
  });
  expect(notes).toEqual([
    'Row 1 has fewer cells than there are names: the others are empty.',
    'Row 2 has more cells than there are names: columns were added for them.',
  ]);
  expect([fault, over]).toEqual([null, 0]);
});

it('columns of the same name are numbered', () => {
  const { table, notes } = draftOf(
    [
      ['prompt', 'Prompt', 'prompt'],
      ['a', 'b', 'c'],
    ],
    true,
  );
  expect(table.columns.map(({ title }) => title)).toEqual(['prompt', 'Prompt 2', 'prompt 3']);
  expect(notes).toEqual([
    'Several columns are called “Prompt”: they were numbered.',
    'Several columns are called “prompt”: they were numbered.',
  ]);
});

it('without names columns are counted', () => {
  expect(draftOf([['blue', '7']], false).table.columns.map(({ title }) => title)).toEqual(['Column 1', 'Column 2']);
});

it('[A7] a table in place of another keeps the outputs of columns by the same name, with their kind', () => {
  const before = {
    columns: [
      { id: 'c1', title: 'Prompt', kind: 'text' as const },
      { id: 'c2', title: 'seed', kind: 'auto' as const },
    ],
    rows: [],
  };
  expect(
    draftOf(
      [
        ['seed', 'look', 'prompt'],
        ['1', 'x', 'y'],
      ],
      true,
      before,
    ).table.columns,
  ).toEqual([
    { id: 'c2', title: 'seed', kind: 'auto' },
    { id: 'c3', title: 'look', kind: 'auto' },
    { id: 'c1', title: 'Prompt', kind: 'text' },
  ]);
});

it.each([
  [[], false, 'There is nothing in this table.'],
  [
    [['prompt', 'seed']],
    true,
    'There are names of columns and no rows. Where the first row is a row like any other, say so below.',
  ],
  [[Array<string>(51).fill('x')], false, 'This table has 51 columns; at most 50 can be taken.'],
  [[['a'], ['x'.repeat(8001)]], true, 'Row 1, “a”, has 8,001 characters; a cell holds 8,000. Shorten it first.'],
])('what cannot be a table is refused with its reason', (cells, hasNames, fault) => {
  expect(draftOf(cells, hasNames).fault).toBe(fault);
});

it('more rows than a table holds are counted, and the first ones are kept', () => {
  const { table, over, fault } = draftOf(
    Array.from({ length: 10_003 }, (_, i) => [`p${i}`]),
    false,
  );
  expect([table.rows.length, table.rows.at(-1), over, fault]).toEqual([10_000, ['p9999'], 3, null]);
});
