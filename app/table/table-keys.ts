import type { Table } from '../../graphs/table.ts';
import type { Spot } from './table-edits.ts';

/** Where a key leads from a cell, as in a spreadsheet; undefined where it leads nowhere. `page` is a screenful of rows. */
export function spotByKey(key: string, mod: boolean, at: Spot, table: Table, page: number): Spot | undefined {
  const { row, column } = at;
  const [lastRow, lastColumn] = [table.rows.length - 1, table.columns.length - 1];
  switch (key) {
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: mod ? lastRow : row + 1, column };
    case 'ArrowLeft':
      return { row, column: mod ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: mod ? lastColumn : column + 1 };
    case 'PageUp':
      return { row: row - page, column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: mod ? 0 : row, column: 0 };
    case 'End':
      return { row: mod ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}

/** The nearest cell that the table has. */
export function within({ rows, columns }: Table, { row, column }: Spot): Spot {
  return {
    row: Math.max(0, Math.min(row, rows.length - 1)),
    column: Math.max(0, Math.min(column, columns.length - 1)),
  };
}
