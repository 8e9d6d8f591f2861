import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { Position } from '../../graphs/graph.ts';
import { GRID, LEAST_ZOOM, MAP_CORNER } from './size.ts';

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

/** The view of all cards: where the map would stand before one of them, they stand beside or above it. */
export function fittedView(
  cards: readonly Box[],
  { width, height, map, mostZoom }: { width: number; height: number; map: boolean; mostZoom: number },
): Viewport {
  const left = Math.min(...cards.map(({ x }) => x));
  const top = Math.min(...cards.map(({ y }) => y));
  const bounds = {
    x: left,
    y: top,
    width: Math.max(...cards.map((card) => card.x + card.width)) - left,
    height: Math.max(...cards.map((card) => card.y + card.height)) - top,
  };
  const fit = (room: { right?: `${number}px`; bottom?: `${number}px` }): Viewport =>
    getViewportForBounds(bounds, width, height, LEAST_ZOOM, mostZoom, { x: 0.12, y: 0.12, ...room });
  const usual = fit({});
  const isHidden = (card: Box): boolean =>
    (card.x + card.width) * usual.zoom + usual.x > width - MAP_CORNER.width &&
    (card.y + card.height) * usual.zoom + usual.y > height - MAP_CORNER.height;
  if (!map || !cards.some(isHidden)) return usual;
  const beside = fit({ right: `${MAP_CORNER.width}px` });
  const above = fit({ bottom: `${MAP_CORNER.height}px` });
  return above.zoom > beside.zoom ? above : beside;
}
