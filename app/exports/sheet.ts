import type { ExportCell, ExportGrid } from './wire.ts';

/** A grid as it is drawn: one section for each point of the axes that run neither down nor to the right. */
export type Sheet = {
  readonly title: string;
  /** What it shows, how it ended, and when it was made. */
  readonly lines: readonly string[];
  readonly sections: readonly Section[];
};

export type Section = {
  /** The values of the further axes; null where there are none. */
  readonly heading: string | null;
  readonly rowTitle: string | null;
  readonly columnTitle: string | null;
} & (
  | {
      readonly type: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly { readonly label: string | null; readonly cells: readonly (ExportCell | null)[] }[];
    }
  /** One after the other, each with its own caption: a single axis, or none. */
  | { readonly type: 'row'; readonly cells: readonly ExportCell[] }
);

/** Rows and columns in which nothing is to be exported are left out. */
export function sheetOf(grid: ExportGrid): Sheet {
  const { axes, cells } = grid;
  const rows = grid.rows !== null && axes[grid.rows] ? grid.rows : null;
  const columns = grid.columns !== null && axes[grid.columns] && grid.columns !== rows ? grid.columns : null;
  const others = axes.map((_, i) => i).filter((i) => i !== rows && i !== columns);
  const groups = new Map<string, ExportCell[]>();
  for (const cell of cells) {
    const id = others.map((i) => cell.point[i] ?? 0).join(' ');
    const group = groups.get(id);
    if (group) group.push(cell);
    else groups.set(id, [cell]);
  }
  const sections = [...groups.values()].map((group): Section => {
    const words = others.map((i) => `${axes[i]!.title}: ${valueAt(grid, i, group[0]!)}`);
    const heading = others.length > 0 && axes.length > 0 ? words.join(' · ') : null;
    const rowTitle = rows === null ? null : axes[rows]!.title;
    const columnTitle = columns === null ? null : axes[columns]!.title;
    if (rows === null) {
      const ordered = columns === null ? group : [...group].sort((a, b) => a.point[columns]! - b.point[columns]!);
      return {
        type: 'row',
        heading,
        rowTitle,
        columnTitle,
        cells: ordered.map((cell) => captioned(grid, columns, cell)),
      };
    }
    return { type: 'table', heading, rowTitle, columnTitle, ...tableOf(grid, rows, columns, group) };
  });
  return {
    title: grid.title,
    lines: [`${grid.subject} · ${countWords(cells)}`, ...axisLine(grid, rows, columns, others), grid.date],
    sections,
  };
}

function tableOf(grid: ExportGrid, rows: number, columns: number | null, group: readonly ExportCell[]) {
  const usedColumns = columns === null ? [0] : usedPoints(group, columns);
  const places = new Map(usedColumns.map((point, place) => [point, place]));
  const lines = new Map<number, (ExportCell | null)[]>();
  for (const point of usedPoints(group, rows))
    lines.set(
      point,
      usedColumns.map(() => null),
    );
  for (const cell of group) {
    const place = columns === null ? 0 : places.get(cell.point[columns]!)!;
    lines.get(cell.point[rows]!)![place] = cell;
  }
  const label = (axis: number, point: number): string => grid.axes[axis]!.values[point] ?? String(point + 1);
  return {
    columns: columns === null ? [] : usedColumns.map((point) => label(columns, point)),
    rows: [...lines].map(([point, cells]) => ({ label: label(rows, point), cells })),
  };
}

const usedPoints = (cells: readonly ExportCell[], axis: number): number[] =>
  [...new Set(cells.map((cell) => cell.point[axis] ?? 0))].sort((a, b) => a - b);

function captioned(grid: ExportGrid, axis: number | null, cell: ExportCell): ExportCell {
  return cell.caption !== null || axis === null ? cell : { ...cell, caption: valueAt(grid, axis, cell) };
}

const valueAt = ({ axes }: ExportGrid, axis: number, { point }: ExportCell): string =>
  axes[axis]!.values[point[axis] ?? 0] ?? String((point[axis] ?? 0) + 1);

function axisLine(grid: ExportGrid, rows: number | null, columns: number | null, others: readonly number[]): string[] {
  const title = (axis: number): string => grid.axes[axis]!.title;
  const parts = [
    ...(rows === null ? [] : [`Rows: ${title(rows)}`]),
    ...(columns === null ? [] : [`${rows === null ? 'Along' : 'Columns'}: ${title(columns)}`]),
    ...(others.length === 0 ? [] : [`Sections: ${others.map(title).join(', ')}`]),
  ];
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

/** `12 pictures`, or `12 cells: 10 made, 1 failed, 1 struck out`. */
export function countWords(cells: readonly Pick<ExportCell, 'state'>[]): string {
  const counts = new Map<string, number>();
  for (const { state } of cells) counts.set(state, (counts.get(state) ?? 0) + 1);
  const made = counts.get('made') ?? 0;
  if (made === cells.length) return made === 1 ? '1 picture' : `${made} pictures`;
  const parts = stateWords.flatMap(([state, words]) => {
    const count = counts.get(state) ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}: ${parts.join(', ')}`;
}

const stateWords = [
  ['made', 'made'],
  ['underway', 'under way'],
  ['failed', 'failed'],
  ['blocked', 'blocked'],
  ['unknown', 'with unknown outcome'],
  ['cancelled', 'cancelled'],
  ['struck', 'struck out'],
  ['not-made', 'not made'],
] as const;
