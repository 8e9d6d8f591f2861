import type { Position } from '../../graphs/graph.ts';
import { GRID } from './size.ts';

export type Box = Position & { readonly width: number; readonly height: number };

/** The point on the grid that is nearest. */
export function onGrid({ x, y }: Position): Position {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

const GAP = 24;

/**
 * A place for a new box near `wish` at which it covers no other: the wish itself, else rings of places around it, the
 * nearest first. In a crowd without room, the wish.
 */
export function freePlace(wish: Box, taken: readonly Box[]): Position {
  const start = onGrid(wish);
  const near = taken.filter((box) => Math.abs(box.x - wish.x) < 4000 && Math.abs(box.y - wish.y) < 4000);
  const fits = (at: Position): boolean => !near.some((box) => overlap({ ...wish, ...at }, box));
  if (fits(start)) return start;
  for (let ring = 1; ring <= 12; ring++) {
    const places: Position[] = [];
    for (let i = -ring; i <= ring; i++)
      for (let j = -ring; j <= ring; j++)
        if (Math.max(Math.abs(i), Math.abs(j)) === ring)
          places.push(onGrid({ x: start.x + i * 10 * GRID, y: start.y + j * 10 * GRID }));
    places.sort((a, b) => distance(a, start) - distance(b, start));
    const place = places.find(fits);
    if (place) return place;
  }
  return start;
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + GAP && b.x < a.x + a.width + GAP && a.y < b.y + b.height + GAP && b.y < a.y + a.height + GAP
  );
}

function distance(a: Position, b: Position): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
