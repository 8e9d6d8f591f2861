import Papa from 'papaparse';
import { LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, valueOfCell, type Column, type Table } from '../../graphs/table.ts';

/** A file larger than this is not read. */
export const MOST_TABLE_BYTES = 20_000_000;

export const separators = [
  { sign: ',', title: 'Comma' },
  { sign: ';', title: 'Semicolon' },
  { sign: '\t', title: 'Tab' },
] as const;
export type Separator = (typeof separators)[number]['sign'];

export type Cells = {
  readonly rows: readonly (readonly string[])[];
  readonly separator: Separator;
  /** What is worth knowing of how it was read, a sentence each. */
  readonly notes: readonly string[];
};

/** The text of a file: UTF-8, UTF-16 with its mark, or what old spreadsheets write. */
export function textOfBytes(bytes: Uint8Array): { text: string; notes: readonly string[] } {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (encoding) return { text: new TextDecoder(encoding).decode(bytes), notes: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      notes: [
        'This file is not in UTF-8; it was read as Windows-1252. Look whether letters such as ä and é are right.',
      ],
    };
  }
}

/** Cells of a CSV or of copied cells of a spreadsheet: commas, semicolons or tabs, quotes with line breaks in them. */
export function readCells(text: string, separator?: Separator): Cells {
  const { data, errors, meta } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter: separator ?? guess(text),
    skipEmptyLines: false,
  });
  const last = data.at(-1);
  // The line break at the end begins no row.
  const all = last?.length === 1 && last[0] === '' ? data.slice(0, -1) : data;
  const rows = all.map((row) => row.map(withoutGuard)).filter((row) => row.some((cell) => cell.trim() !== ''));
  const blank = all.length - rows.length;
  const broken = errors.find(({ type }) => type === 'Quotes');
  return {
    rows,
    separator: meta.delimiter as Separator,
    notes: [
      ...(blank > 0 ? [`${blank === 1 ? '1 empty row was' : `${count(blank)} empty rows were`} left out.`] : []),
      ...(broken
        ? [`Row ${(broken.row ?? 0) + 1} has a quotation mark without its partner: look whether its cells are right.`]
        : []),
    ],
  };
}

/** Our own export, and other careful ones, put an apostrophe before what a spreadsheet would take for a formula. */
const withoutGuard = (cell: string): string => (/^'[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell);

/** Tabs are never part of a text; of commas and semicolons the one that cuts the rows alike. */
function guess(text: string): Separator {
  const head = text.slice(0, 100_000);
  if (/^[^\n]*\t/.test(head)) return '\t';
  const found = Papa.parse<string[]>(head, { delimitersToGuess: [',', ';', '\t'], preview: 20 }).meta.delimiter;
  return separators.some(({ sign }) => sign === found) ? (found as Separator) : ',';
}

const usualNames = /^(prompt|text|seed|negative|thinking|reflection|format|name|title|id|no|nr)\b/i;

const onlyName =
  /^(prompts?|texts?|seeds?|negative( prompt)?|(enable )?(thinking|reflection)( mode)?|(output )?format|name|title|id|no|nr)$/i;

/** Does the first row look like names: words that are usual ones, or stand above cells of another kind? */
export function looksLikeNames([first, ...others]: Cells['rows']): boolean {
  // A heading without rows: all of it has to be names.
  if (first && others.length === 0) return first.every((cell) => onlyName.test(cell.trim().replaceAll('_', ' ')));
  if (!first || first.some((cell) => cell.trim() === '')) return false;
  if (new Set(first).size < first.length) return false;
  if (first.some((cell) => usualNames.test(cell.trim().replaceAll('_', ' ')))) return true;
  return first.some((cell, i) =>
    (['seed', 'switch', 'format'] as const).some(
      (kind) =>
        valueOfCell(kind, cell) === undefined && others.every((row) => valueOfCell(kind, row[i] ?? '') !== undefined),
    ),
  );
}

export type TableDraft = {
  readonly table: Table;
  readonly notes: readonly string[];
  /** Why it cannot become a table as it is. */
  readonly fault: string | null;
  /** Rows that would be left out, since a table holds no more. */
  readonly over: number;
};

/** A table of these cells. Columns that `before` has by the same name keep their outputs. */
export function draftOf(cells: Cells['rows'], hasNames: boolean, before: Table | null = null): TableDraft {
  const names = hasNames ? (cells[0] ?? []) : [];
  const body = hasNames ? cells.slice(1) : cells;
  const width = body.reduce((most, row) => Math.max(most, row.length), names.length);
  const over = Math.max(0, body.length - MOST_ROWS);
  const kept = body.slice(0, MOST_ROWS);
  const { columns, notes } = columnsOf(names, width, before);
  return {
    table: {
      columns: columns.slice(0, MOST_COLUMNS),
      rows: kept.map((row) => padded(row, Math.min(width, MOST_COLUMNS))),
    },
    notes: [...notes, ...raggedWords(kept, hasNames ? names.length : null)],
    fault: faultOf(cells, body, width, columns),
    over,
  };
}

function faultOf(cells: Cells['rows'], body: Cells['rows'], width: number, columns: readonly Column[]): string | null {
  if (cells.length === 0) return 'There is nothing in this table.';
  if (body.length === 0)
    return 'There are names of columns and no rows. Where the first row is a row like any other, say so below.';
  if (width > MOST_COLUMNS) return `This table has ${count(width)} columns; at most ${MOST_COLUMNS} can be taken.`;
  for (const [at, row] of body.entries()) {
    const i = row.findIndex((cell) => cell.length > LONGEST_CELL);
    if (i >= 0)
      return `Row ${at + 1}, “${columns[i]!.title}”, has ${count(row[i]!.length)} characters; a cell holds ${count(LONGEST_CELL)}. Shorten it first.`;
  }
  return null;
}

function columnsOf(
  names: readonly string[],
  width: number,
  before: Table | null,
): { columns: Column[]; notes: string[] } {
  const used = new Set<string>();
  const repeated = new Set<string>();
  const ids = new Set(before?.columns.map(({ id }) => id));
  const columns = Array.from({ length: width }, (_, i): Column => {
    const wish = (names[i] ?? '').trim().slice(0, 190);
    let title = wish || `Column ${i + 1}`;
    for (let number = 2; used.has(title.toLowerCase()); number++) {
      repeated.add(wish);
      title = `${wish || `Column ${i + 1}`} ${number}`;
    }
    used.add(title.toLowerCase());
    const same = before?.columns.find((column) => column.title.toLowerCase() === title.toLowerCase());
    if (same) return same;
    let number = 1;
    while (ids.has(`c${number}`)) number++;
    ids.add(`c${number}`);
    return { id: `c${number}`, title, kind: 'auto' };
  });
  return {
    columns,
    notes: [...repeated].map((name) => `Several columns are called “${name}”: they were numbered.`),
  };
}

/** Rows of other lengths than the first one, or than the names. */
function raggedWords(rows: Cells['rows'], named: number | null): string[] {
  const usual = named ?? rows[0]?.length ?? 0;
  const told = (wrong: readonly number[], [is, are]: readonly [string, string]): string[] => {
    const [first] = wrong;
    if (first === undefined) return [];
    return [
      wrong.length === 1
        ? `Row ${first + 1} ${is}`
        : `${count(wrong.length)} rows, the first of them row ${first + 1}, ${are}`,
    ];
  };
  const shorter = rows.flatMap((row, i) => (row.length < usual ? [i] : []));
  const longer = rows.flatMap((row, i) => (row.length > usual ? [i] : []));
  const first = named === null ? 'the first row' : 'there are names';
  return [
    ...told(shorter, [
      `has fewer cells than ${first}: the others are empty.`,
      `have fewer cells than ${first}: the others are empty.`,
    ]),
    ...told(longer, [
      `has more cells than ${first}: columns were added for them.`,
      `have more cells than ${first}: columns were added for them.`,
    ]),
  ];
}

const padded = (row: readonly string[], width: number): string[] =>
  Array.from({ length: width }, (_, i) => row[i] ?? '');

const count = (number: number): string => number.toLocaleString('en');
