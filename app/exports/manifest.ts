import type { ExportCell, ExportGrid } from './wire.ts';

/** The cells as JSON: what the JSON export is, and what lies beside the pictures of a zip. `fileOf` names them there. */
export function manifestOf(
  grid: ExportGrid,
  now: Date,
  fileOf: (cell: ExportCell) => string | null = () => null,
): object {
  const { title, subject, axes, rows, columns, cells } = grid;
  return {
    format: 'editloom-cells',
    version: 1,
    title,
    subject,
    date: now.toISOString(),
    axes: axes.map((axis) => ({ title: axis.title, values: axis.values })),
    rows: rows === null ? null : (axes[rows]?.title ?? null),
    columns: columns === null ? null : (axes[columns]?.title ?? null),
    cells: cells.map((cell) => {
      const file = fileOf(cell);
      return {
        // From 1, as in the names of files and in the CSV.
        index: cell.index + 1,
        point: cell.point.map((at, axis) => ({ axis: axes[axis]?.title ?? '', value: axes[axis]?.values[at] ?? null })),
        state: cell.state,
        ...(cell.detail === null ? {} : { detail: cell.detail }),
        ...(file === null ? {} : { file }),
        picture: cell.picture,
        ...(cell.record as object | undefined),
      };
    }),
  };
}
