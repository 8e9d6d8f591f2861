/** Larger cells than this are never taken without being asked for. */
const LARGE = 400;
/** Smaller pictures than this are rather scrolled through. */
const LEAST = 120;
/** So wide they are then, about. */
const USUAL = 200;

/**
 * The width of the cells of an axis that stands alone, in rows that fill the window: as large as all of them can be in
 * view together, else of a usual size. `extra`: what stands below each picture.
 */
export function aloneSize(options: {
  width: number;
  height: number;
  cells: number;
  ratio: number;
  gap: number;
  extra: number;
}): number {
  const { width, height, cells, ratio, gap, extra } = options;
  const sizeOf = (perRow: number): number => Math.floor(width / perRow) - gap;
  for (let perRow = 1; perRow <= cells && sizeOf(perRow) >= LEAST; perRow++) {
    const size = Math.min(LARGE, sizeOf(perRow));
    const rows = Math.ceil(cells / perRow);
    // More of them would go into such a row.
    if (rows > 1 && size < sizeOf(perRow)) continue;
    if (rows * (size / ratio + gap + extra) <= height) return size;
  }
  return sizeOf(Math.max(1, Math.round(width / USUAL)));
}
