import { expect, it } from 'vitest';
import { keptScroll } from '../../../app/grid/kept-place.ts';

/** Which cell, and how far in it, is at a place of the view. */
const cellAt = (scroll: number, at: number, { item, head }: { item: number; head: number }): number =>
  (scroll + at - head) / item;

it.each([
  [200, { item: 94, head: 100 }, { item: 282, head: 100 }],
  [400, { item: 282, head: 100 }, { item: 94, head: 100 }],
  [330, { item: 94, head: 60 }, { item: 188, head: 120 }],
])(
  'the cell at %s stays there while cells change their size and the headers cover the beginning',
  (at, before, after) => {
    const scroll = keptScroll({ from: 470, at, before, after });
    expect(cellAt(scroll, at, after)).toBeCloseTo(cellAt(470, at, before), 9);
  },
);

it('over a header the first cell in view stays the first', () => {
  const line = { item: 100, head: 80 };
  expect(keptScroll({ from: 300, at: 20, before: line, after: { ...line, item: 200 } })).toBe(600);
});
