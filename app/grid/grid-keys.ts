import type { GridLayout } from './grid-layout.ts';

/** A cell, or a header: row −1 is the row of column headers, column −1 the column of row headers. */
export type Spot = { readonly row: number; readonly column: number };

/** How many rows and columns are in view, for Page Up and Page Down. */
export type Page = { readonly rows: number; readonly columns: number };

type Press = { readonly key: string; readonly mod: boolean; readonly alt: boolean };

/** Where a key leads from a spot; null where the key does not move. Edges hold: nothing wraps round. */
export function moveOf({ key, mod, alt }: Press, from: Spot, layout: GridLayout, page: Page): Spot | null {
  if (alt)
    return key === 'PageUp' || key === 'PageDown' ? moved(0, key === 'PageUp' ? -page.columns : page.columns) : null;
  switch (key) {
    case 'ArrowLeft':
      return mod ? to(from.row, 0) : moved(0, -1);
    case 'ArrowRight':
      return mod ? to(from.row, Infinity) : moved(0, 1);
    case 'ArrowUp':
      return mod ? to(0, from.column) : moved(-1, 0);
    case 'ArrowDown':
      return mod ? to(Infinity, from.column) : moved(1, 0);
    case 'Home':
      return mod ? to(0, 0) : to(from.row, 0);
    case 'End':
      return mod ? to(Infinity, Infinity) : to(from.row, Infinity);
    case 'PageUp':
      return to(Math.max(Math.min(from.row, 0), from.row - page.rows), from.column);
    case 'PageDown':
      return moved(page.rows, 0);
    default:
      return null;
  }

  function moved(rows: number, columns: number): Spot {
    return to(from.row + rows, from.column + columns);
  }

  function to(row: number, column: number): Spot {
    // The corner has nothing to stand on.
    return row < 0 && column < 0 ? from : spotNear(layout, { row, column });
  }
}

/** The nearest spot that there is: headers only where there are some, and never the corner. */
export function spotNear(layout: GridLayout, { row, column }: Spot): Spot {
  const { rowCount, columnCount } = layout;
  const firstRow = hasColumnHeaders(layout) ? -1 : 0;
  const firstColumn = hasRowHeaders(layout) ? -1 : 0;
  const near = {
    row: Math.max(firstRow, Math.min(row, rowCount - 1)),
    column: Math.max(firstColumn, Math.min(column, columnCount - 1)),
  };
  if (near.row === -1 && near.column === -1) return { row: -1, column: 0 };
  if (near.row >= 0 && near.column >= 0 && layout.indexAt(near.row, near.column) === null)
    return { row: near.row, column: (layout.columns.length - 1) % (layout.wrap ?? 1) };
  return near;
}

export const hasColumnHeaders = ({ columnAxis, wrap }: GridLayout): boolean => columnAxis !== null && wrap === null;
export const hasRowHeaders = ({ rowAxis }: GridLayout): boolean => rowAxis !== null;

/** The tasks that a spot stands for: a cell its own, a header those of its row or column. */
export function tasksAt(layout: GridLayout, { row, column }: Spot): number[] {
  if (row >= 0 && column >= 0) return present([layout.indexAt(row, column)]);
  if (row < 0) return present(Array.from({ length: layout.rowCount }, (_, r) => layout.indexAt(r, column)));
  return present(Array.from({ length: layout.columnCount }, (_, c) => layout.indexAt(row, c)));
}

/** All tasks in the rectangle between two spots; a header stands for its whole row or column. */
export function tasksBetween(layout: GridLayout, a: Spot, b: Spot): number[] {
  const rows = span(a.row, b.row, layout.rowCount);
  const columns = span(a.column, b.column, layout.columnCount);
  const tasks: (number | null)[] = [];
  for (let r = rows[0]; r <= rows[1]; r++)
    for (let c = columns[0]; c <= columns[1]; c++) tasks.push(layout.indexAt(r, c));
  return present(tasks);
}

function span(a: number, b: number, count: number): [number, number] {
  return a < 0 || b < 0 ? [0, count - 1] : [Math.min(a, b), Math.max(a, b)];
}

const present = (list: (number | null)[]): number[] => list.filter((index) => index !== null);
