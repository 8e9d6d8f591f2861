import Papa from 'papaparse';
import type { ExportCell, ExportGrid } from './wire.ts';

export type CsvOptions = {
  /** A mark at the beginning by which Excel knows UTF-8. */
  readonly mark: boolean;
  /** An apostrophe before what a spreadsheet would take for a formula. */
  readonly safe: boolean;
};

type Row = Readonly<Record<string, unknown>>;

const usual = ['prompt', 'negative_prompt', 'seed', 'enable_thinking_mode', 'enable_reflection_mode', 'output_format'];

/** All cells as CSV (RFC 4180): what was asked for, how it ended, where it is and what it cost. */
export function csvOf(grid: ExportGrid, { mark, safe }: CsvOptions): string {
  const records = grid.cells.map((cell) => (cell.record ?? {}) as Row);
  const parameters = new Set(usual);
  for (const { parameters: own } of records) for (const name of Object.keys((own ?? {}) as Row)) parameters.add(name);
  const axes = distinct(grid.axes.map(({ title }) => `axis: ${title}`));
  const fields = ['index', 'state', ...parameters, ...axes, ...told];
  const data = grid.cells.map((cell, i) => {
    const record = records[i]!;
    const own = (record.parameters ?? {}) as Row;
    return [
      cell.index + 1,
      cell.state,
      ...[...parameters].map((name) => plain(own[name])),
      ...cell.point.map((at, axis) => grid.axes[axis]?.values[at] ?? ''),
      ...tellingOf(grid, cell, record),
    ];
  });
  const text = Papa.unparse({ fields, data }, { newline: '\r\n', ...(safe ? { escapeFormulae: formula } : {}) });
  return `${mark ? '\ufeff' : ''}${text}\r\n`;
}

/** Also what stands wide, as in Japanese; a line feed begins a cell that some programs read from there. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

const told = [
  'node',
  'key',
  'take',
  'picture',
  'width',
  'height',
  'bytes',
  'files',
  'service',
  'model',
  'request_id',
  'submitted',
  'finished',
  'price_usd',
  'detail',
  'graph',
];

function tellingOf(grid: ExportGrid, { picture, detail }: ExportCell, record: Row): unknown[] {
  return [
    record.node,
    record.key,
    record.take,
    picture?.sha256,
    picture?.width,
    picture?.height,
    picture?.bytes,
    (record.files as readonly string[] | undefined)?.join('\n'),
    record.service,
    record.model,
    record.requestId,
    record.submittedAt,
    record.finishedAt,
    record.price,
    detail,
    grid.title,
  ].map(plain);
}

/** Switches as a table reads them. */
function plain(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

function distinct(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; used.has(free); number++) free = `${name} ${number}`;
    used.add(free);
    return free;
  });
}
