import type { PickRow } from './pick-rows.ts';

/** A candidate by its row and its place in it. */
export type Place = { readonly row: number; readonly column: number };

/** Where a key leads to from a place; null where it leads nowhere. Up and down go by what is seen. */
export function steps(list: HTMLElement, rows: readonly PickRow[], { row, column }: Place, key: string): Place | null {
  const last = rows[row]!.candidates.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return column > 0 ? { row, column: column - 1 } : null;
    case 'ArrowRight':
      return column < last ? { row, column: column + 1 } : null;
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: last };
    case 'PageUp':
      return row > 0 ? { row: row - 1, column: 0 } : null;
    case 'PageDown':
      return row < rows.length - 1 ? { row: row + 1, column: 0 } : null;
    case 'ArrowUp':
      return beside(list, rows, { row, column }, -1);
    case 'ArrowDown':
      return beside(list, rows, { row, column }, 1);
    default:
      return null;
  }
}

/** The candidate above or below: in the next line of the same row, or else in the row beside it. */
function beside(list: HTMLElement, rows: readonly PickRow[], { row, column }: Place, by: 1 | -1): Place | null {
  const cells = [...list.querySelectorAll<HTMLElement>(`[data-row="${row}"] [data-candidate]`)];
  const here = cells[column]?.getBoundingClientRect();
  if (here) {
    const lines = cells.map((cell, i) => ({ i, box: cell.getBoundingClientRect() }));
    const beyond = lines.filter(({ box }) => (by > 0 ? box.top > here.top + 1 : box.top < here.top - 1));
    const nearest =
      by > 0 ? Math.min(...beyond.map(({ box }) => box.top)) : Math.max(...beyond.map(({ box }) => box.top));
    const line = beyond.filter(({ box }) => Math.abs(box.top - nearest) <= 1);
    const [best] = line.sort((a, b) => Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left));
    if (best) return { row, column: best.i };
  }
  const next = row + by;
  if (next < 0 || next >= rows.length) return null;
  return { row: next, column: Math.min(column, rows[next]!.candidates.length - 1) };
}
