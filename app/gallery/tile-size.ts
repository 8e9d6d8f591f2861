import { largestTile, smallestTile } from './tiles.ts';

const usual = 170;
const usualNarrow = 116;
const storageKey = 'editloom-gallery-tile';

/** How large tiles shall be, as it was left. */
export function readTileSize(): number {
  try {
    const size = Number(localStorage.getItem(storageKey));
    if (size >= smallestTile && size <= largestTile) return size;
  } catch {
    // As usual then.
  }
  return matchMedia('(max-width: 760px)').matches ? usualNarrow : usual;
}

export function writeTileSize(size: number): void {
  try {
    localStorage.setItem(storageKey, String(size));
  } catch {
    // Then it is as usual the next time.
  }
}
