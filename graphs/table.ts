import { LARGEST_SEED, type OutputPort } from './ports.ts';

export const MOST_ROWS = 10_000;
export const MOST_COLUMNS = 50;
/** As long as a prompt may be. */
export const LONGEST_CELL = 8000;

export const columnKinds = ['text', 'seed', 'switch', 'format'] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** `id` names the output, and stays when the column is renamed or moved; `auto` = what the cells look like. */
export type Column = { readonly id: string; readonly title: string; readonly kind: 'auto' | ColumnKind };
export type Table = { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

/** One row as a value of the axis: what it gives at each output, and its cells as its name. */
export type TableRow = { readonly name: string; readonly values: Readonly<Record<string, unknown>> };

export function outputsOfTable(table: Table): Record<string, OutputPort> {
  const kinds = kindsOfColumns(table);
  return Object.fromEntries(
    table.columns.map(({ id, title }, i) => [id, { kind: kinds[i]!, title: title || `Column ${i + 1}` }]),
  );
}

export function kindsOfColumns({ columns, rows }: Table): readonly ColumnKind[] {
  return columns.map(({ kind }, i) => (kind === 'auto' ? kindOfCells(rows, i) : kind));
}

/** Whole numbers that can be seeds, on and off, or jpeg and png alone; else texts. Empty cells say nothing. */
function kindOfCells(rows: Table['rows'], column: number): ColumnKind {
  let possible: readonly ColumnKind[] = ['seed', 'switch', 'format'];
  let isEmpty = true;
  for (const row of rows) {
    const cell = (row[column] ?? '').trim();
    if (cell === '') continue;
    isEmpty = false;
    possible = possible.filter((kind) => typeof valueOfCell(kind, cell) !== 'undefined');
    if (possible.length === 0) return 'text';
  }
  return isEmpty ? 'text' : possible[0]!;
}

/** What a cell says; undefined where it cannot be read as this kind. */
export function valueOfCell(kind: ColumnKind, cell: string): string | number | boolean | undefined {
  if (kind === 'text') return cell;
  const word = cell.trim().toLowerCase();
  switch (kind) {
    case 'seed': {
      const seed = Number(word);
      return String(seed) === word && Number.isInteger(seed) && seed >= 1 && seed <= LARGEST_SEED ? seed : undefined;
    }
    case 'switch':
      return word === 'on' || word === 'true' ? true : word === 'off' || word === 'false' ? false : undefined;
    case 'format':
      return word === 'jpeg' || word === 'png' ? word : undefined;
  }
}

export function rowsOfTable(table: Table): TableRow[] {
  const kinds = kindsOfColumns(table);
  return table.rows.map((row) => ({
    name: nameOfRow(row),
    values: Object.fromEntries(
      table.columns.map(({ id }, i) => {
        const cell = row[i] ?? '';
        // A cell that does not fit is said to be so by the node that takes it, with the row.
        return [id, valueOfCell(kinds[i]!, cell) ?? (cell.trim() === '' ? undefined : cell)];
      }),
    ),
  }));
}

function nameOfRow(row: readonly string[]): string {
  const name = row
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(' · ');
  return name.length <= 200 ? name : `${name.slice(0, 199)}…`;
}

/** Cells that are empty, or not what their column holds or nearly holds: a sentence for each column that has such. */
export function gapsOfTable(table: Table): string[] {
  const kinds = kindsOfColumns(table);
  return table.columns.flatMap(({ title, kind: asked }, i) => {
    const kind = kinds[i]!;
    if (kind === 'text' && asked === 'auto') return nearlyWords(table.rows, i, title || `Column ${i + 1}`);
    const wrong = table.rows.flatMap((row, at) => (valueOfCell(kind, row[i] ?? '') === undefined ? [at] : []));
    const [first] = wrong;
    if (kind === 'text' || first === undefined) return [];
    const name = title || `Column ${i + 1}`;
    const got = (table.rows[first]![i] ?? '').trim();
    const where = got === '' ? `row ${first + 1} has none` : `row ${first + 1} has “${got.slice(0, 30)}”`;
    const others = wrong.length > 1 ? `, and so have ${wrong.length - 1} more` : '';
    return [`“${name}” holds ${kindWords[kind]}, but ${where}${others}.`];
  });
}

/** More than half of the cells are of one kind: then the others were hardly meant. */
function nearlyWords(rows: Table['rows'], column: number, name: string): string[] {
  const filled = rows.flatMap((row, at) => ((row[column] ?? '').trim() === '' ? [] : [at]));
  const cellAt = (at: number): string => (rows[at]![column] ?? '').trim();
  for (const kind of ['seed', 'switch', 'format'] as const) {
    const others = filled.filter((at) => cellAt(at).length > 20 || valueOfCell(kind, cellAt(at)) === undefined);
    const [first] = others;
    if (first === undefined || others.length * 2 >= filled.length) continue;
    const cell = `“${cellAt(first).slice(0, 30)}”`;
    const where =
      others.length === 1
        ? `row ${first + 1}, which has ${cell}`
        : `${others.length} rows, the first is row ${first + 1} with ${cell}`;
    return [
      `“${name}” holds ${kindWords[kind]} but for ${where}: so all of it counts as texts, which no ${kind} takes.`,
    ];
  }
  return [];
}

export const kindWords: Readonly<Record<ColumnKind, string>> = {
  text: 'texts',
  seed: 'seeds',
  switch: 'switches (on, off)',
  format: 'formats (jpeg, png)',
};
