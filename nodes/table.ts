import { z } from 'zod';
import { duplicateWords } from '../graphs/duplicates.ts';
import { defineNode } from '../graphs/node-type.ts';
import {
  columnKinds,
  gapsOfTable,
  LONGEST_CELL,
  MOST_COLUMNS,
  MOST_ROWS,
  outputsOfTable,
  rowsOfTable,
} from '../graphs/table.ts';

export default defineNode({
  type: 'table',
  version: 1,
  title: 'Table',
  category: 'Sweeps',
  description: 'Rows in step as one axis, from a spreadsheet or CSV: each column is an output (prompt, seed, on/off).',
  params: z.object({
    table: z
      .object({
        columns: z
          .array(
            z.object({
              id: z.string().regex(/^[a-z][a-z0-9]{0,30}$/),
              title: z.string().max(200),
              kind: z.enum(['auto', ...columnKinds]).default('auto'),
            }),
          )
          .max(MOST_COLUMNS),
        rows: z.array(z.array(z.string().max(LONGEST_CELL)).max(MOST_COLUMNS)).max(MOST_ROWS),
      })
      .default({ columns: [], rows: [] })
      .meta({ title: 'Table', control: 'table' }),
  }),
  inputs: {},
  outputs: {},
  outputsOf: ({ table }) => outputsOfTable(table),
  check: ({ table: { columns, rows } }) =>
    columns.length > 0 && rows.length > 0
      ? null
      : 'Drop or paste a table, or begin an empty one: there are no rows yet.',
  note: ({ table }) =>
    [
      ...gapsOfTable(table),
      duplicateWords(
        table.rows.map((row) => JSON.stringify(row)),
        ['row', 'rows'],
      ),
    ]
      .filter((sentence) => sentence !== null)
      .join(' ') || null,
  axis: ({ table }) => rowsOfTable(table),
  run: ({ at }) => (at ? { ...at.values } : {}),
});
