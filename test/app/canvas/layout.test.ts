import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freePlace, type Box } from '../../../app/canvas/layout.ts';

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
