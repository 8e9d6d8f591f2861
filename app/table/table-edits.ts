import Papa from 'papaparse';
import { MOST_COLUMNS, MOST_ROWS, type Column, type Table } from '../../graphs/table.ts';

/** Every alteration of a table that its dialog makes; the same table where there is nothing to alter. */
export function setCell(table: Table, at: Spot, text: string): Table {
  const row = table.rows[at.row];
  if (!row || (row[at.column] ?? '') === text) return table;
  const cells = table.columns.map((_, i) => (i === at.column ? text : (row[i] ?? '')));
  return { ...table, rows: table.rows.with(at.row, cells) };
}

export type Spot = { readonly row: number; readonly column: number };

export const textAt = ({ rows }: Table, { row, column }: Spot): string => rows[row]?.[column] ?? '';

export function addRow(table: Table, at: number): Table {
  if (table.rows.length >= MOST_ROWS) return table;
  return {
    ...table,
    rows: table.rows.toSpliced(
      at,
      0,
      table.columns.map(() => ''),
    ),
  };
}

export function removeRow(table: Table, at: number): Table {
  return at in table.rows ? { ...table, rows: table.rows.toSpliced(at, 1) } : table;
}

export function addColumn(table: Table, title = ''): Table {
  if (table.columns.length >= MOST_COLUMNS) return table;
  const column: Column = { id: freshId(table), title: title || `Column ${table.columns.length + 1}`, kind: 'auto' };
  return {
    columns: [...table.columns, column],
    rows: table.rows.map((row) => [...table.columns.map((_, i) => row[i] ?? ''), '']),
  };
}

export function removeColumn(table: Table, at: number): Table {
  if (!(at in table.columns)) return table;
  return { columns: table.columns.toSpliced(at, 1), rows: table.rows.map((row) => row.toSpliced(at, 1)) };
}

export function changeColumn(table: Table, at: number, change: Partial<Omit<Column, 'id'>>): Table {
  const column = table.columns[at];
  if (!column) return table;
  const next = { ...column, ...change };
  if (next.title === column.title && next.kind === column.kind) return table;
  return { ...table, columns: table.columns.with(at, next) };
}

/** Cells that were copied from a spreadsheet; one text without tabs and line breaks is one cell. */
export function blockOf(text: string): string[][] {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter: '\t', skipEmptyLines: false });
  const last = data.at(-1);
  return data.length > 1 && last?.length === 1 && last[0] === '' ? data.slice(0, -1) : data;
}

/** Writes a block of cells from a spot on; the table grows where it has to. A sentence where it cannot grow so far. */
export function pasteAt(table: Table, at: Spot, block: readonly (readonly string[])[]): Table | string {
  const width = block.reduce((most, row) => Math.max(most, row.length), 0);
  if (at.row + block.length > MOST_ROWS)
    return `A table holds at most ${MOST_ROWS.toLocaleString('en')} rows: nothing was pasted.`;
  if (at.column + width > MOST_COLUMNS) return `A table has at most ${MOST_COLUMNS} columns: nothing was pasted.`;
  let grown = table;
  while (grown.columns.length < at.column + width) grown = addColumn(grown);
  const rows = grown.rows.map((row) => row);
  for (const [i, cells] of block.entries()) {
    const row = rows[at.row + i] ?? [];
    rows[at.row + i] = grown.columns.map((_, column) => cells[column - at.column] ?? row[column] ?? '');
  }
  return { ...grown, rows };
}

function freshId({ columns }: Table): string {
  const used = new Set(columns.map(({ id }) => id));
  let number = 1;
  while (used.has(`c${number}`)) number++;
  return `c${number}`;
}
