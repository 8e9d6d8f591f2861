import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fittedView, freePlace, type Box } from '../../../app/canvas/layout.ts';

const card = (x: number, y: number): Box => ({ x, y, width: 320, height: 240 });

it('a wish that is free is granted, on the grid', () => {
  expect(freePlace(card(101, 45), [])).toEqual({ x: 104, y: 48 });
  expect(freePlace(card(0, 0), [card(400, 0)])).toEqual({ x: 0, y: 0 });
});

it('a new card covers no other', () => {
  const boxes = fc.array(fc.tuple(fc.integer({ min: -800, max: 800 }), fc.integer({ min: -800, max: 800 })), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(boxes, (places) => {
      const taken = places.map(([x, y]) => card(x, y));
      const at = freePlace(card(0, 0), taken);
      const covers = taken.some((box) => Math.abs(box.x - at.x) < 320 && Math.abs(box.y - at.y) < 240);
      expect(covers).toBe(false);
    }),
  );
});

it('in a crowd without room the wish is granted', () => {
  const crowd = Array.from({ length: 900 }, (_, i) => card((i % 30) * 200 - 3000, Math.floor(i / 30) * 200 - 3000));
  expect(freePlace(card(0, 0), crowd)).toEqual({ x: 0, y: 0 });
});

/** Where a card ends in the window, from its right and lower edge. */
const ends = (cards: readonly Box[], map: boolean) => {
  const { x, y, zoom } = fittedView(cards, { width: 1200, height: 800, map, mostZoom: 1 });
  return cards.map((box) => ({
    right: Math.round(1200 - x - (box.x + box.width) * zoom),
    below: Math.round(800 - y - (box.y + box.height) * zoom),
  }));
};

it('the whole graph is fitted beside the map, or above it, where the map would stand before a card', () => {
  const tall = [card(0, 0), { ...card(800, 0), height: 900 }];
  expect(ends(tall, false)[1]!.right).toBeLessThan(200);
  expect(ends(tall, true)[1]!.right).toBeGreaterThanOrEqual(200);
  const low = [card(0, 0), card(1600, 800)];
  expect(ends(low, false)[1]!.below).toBeLessThan(144);
  expect(ends(low, true)[1]!.below).toBeGreaterThanOrEqual(144);
});

it('a graph that leaves the corner of the map free is fitted as without a map', () => {
  const free = [card(0, 0), { ...card(800, 0), height: 400 }, { ...card(0, 400), height: 500 }];
  expect(ends(free, true)).toEqual(ends(free, false));
});
