/** Where tiles of one size stand: so many in a row, rows of one height. */
export type TileLayout = {
  readonly columns: number;
  readonly rows: number;
  readonly tile: number;
  readonly row: number;
  readonly height: number;
  readonly gap: number;
};

export const smallestTile = 88;
export const largestTile = 340;
/** The two lines below each picture. */
export const captionHeight = 40;

export function layoutOf(count: number, width: number, wish: number): TileLayout {
  const gap = width < 600 ? 4 : 10;
  const columns = Math.max(1, Math.round((width + gap) / (wish + gap)));
  const tile = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  const row = tile + gap + (hasCaption(tile) ? captionHeight : 0);
  const rows = Math.ceil(count / columns);
  return { columns, rows, tile, row, gap, height: Math.max(0, rows * row - gap) };
}

export const hasCaption = (tile: number): boolean => tile >= 120;

/** The rows that are in view, with some before and after; `last` is not among them. */
export function rowsIn(
  layout: TileLayout,
  scrolled: number,
  room: number,
  beyond = 2,
): { first: number; last: number } {
  const first = Math.min(layout.rows, Math.max(0, Math.floor(scrolled / layout.row) - beyond));
  const last = Math.min(layout.rows, Math.ceil((scrolled + room) / layout.row) + beyond);
  return { first, last };
}

/** How far to scroll so that this tile is wholly in view; null where it is. */
export function scrollTo(layout: TileLayout, index: number, scrolled: number, room: number): number | null {
  const top = Math.floor(index / layout.columns) * layout.row;
  const bottom = top + layout.row - layout.gap;
  if (top < scrolled) return top;
  return bottom > scrolled + room ? bottom - room : null;
}

/** Where a key leads from a tile; null for keys that lead nowhere. */
export function stepOf(
  { key, ctrl }: { key: string; ctrl: boolean },
  at: number,
  { columns, count, rowsInView }: { columns: number; count: number; rowsInView: number },
): number | null {
  const last = count - 1;
  const rowStart = at - (at % columns);
  const page = Math.max(1, rowsInView - 1) * columns;
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns < 0 ? at : at - columns,
    // From the row before the last one down to its end, where nothing stands right below.
    ArrowDown: at + columns > last && rowStart + columns <= last ? last : at + columns > last ? at : at + columns,
    Home: ctrl ? 0 : rowStart,
    End: ctrl ? last : rowStart + columns - 1,
    PageUp: at - page < 0 ? at % columns : at - page,
    PageDown: at + page,
  };
  const to = steps[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), Math.max(0, last));
}
