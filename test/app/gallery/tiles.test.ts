import { expect, it } from 'vitest';
import { layoutOf, rowsIn, scrollTo, stepOf } from '../../../app/gallery/tiles.ts';

it('tiles fill the width and are about as large as wished', () => {
  expect(layoutOf(20_000, 1140, 170)).toEqual({
    columns: 6,
    rows: 3334,
    tile: 181,
    row: 231,
    gap: 10,
    height: 770_144,
  });
  expect(layoutOf(3, 374, 116)).toMatchObject({ columns: 3, rows: 1, tile: 122 });
  expect(layoutOf(0, 1140, 170)).toMatchObject({ rows: 0, height: 0 });
  expect(layoutOf(5, 40, 170)).toMatchObject({ columns: 1, rows: 5, tile: 40, row: 44 });
});

it('only the rows in view, and a few beyond, are on the page', () => {
  const layout = layoutOf(20_000, 1140, 170);
  expect(rowsIn(layout, 0, 800)).toEqual({ first: 0, last: 6 });
  expect(rowsIn(layout, 231_000, 800)).toEqual({ first: 998, last: 1006 });
  expect(rowsIn(layout, 9e6, 800)).toEqual({ first: 3334, last: 3334 });
});

it('a tile that is not wholly in view is scrolled to, as little as needed', () => {
  const layout = layoutOf(20_000, 1140, 170);
  expect(scrollTo(layout, 6, 0, 800)).toBeNull();
  expect(scrollTo(layout, 600, 0, 800)).toBe(100 * 231 + 221 - 800);
  expect(scrollTo(layout, 0, 500, 800)).toBe(0);
});

/** Three rows: 0–3, 4–7, 8–9. */
const world = { columns: 4, count: 10, rowsInView: 2 };

it.each([
  ['ArrowRight', 3, 4],
  ['ArrowRight', 9, 9],
  ['ArrowLeft', 0, 0],
  ['ArrowUp', 2, 2],
  ['ArrowUp', 6, 2],
  ['ArrowDown', 1, 5],
  ['ArrowDown', 6, 9],
  ['ArrowDown', 8, 8],
  ['Home', 6, 4],
  ['End', 5, 7],
  ['End', 8, 9],
  ['PageDown', 2, 6],
  ['PageUp', 9, 5],
  ['PageUp', 2, 2],
])('%s leads from %i to %i', (key, from, to) => {
  expect(stepOf({ key, ctrl: false }, from, world)).toBe(to);
});

it('Ctrl+Home and Ctrl+End lead to both ends, other keys nowhere', () => {
  expect(stepOf({ key: 'Home', ctrl: true }, 6, world)).toBe(0);
  expect(stepOf({ key: 'End', ctrl: true }, 6, world)).toBe(9);
  expect(stepOf({ key: 'x', ctrl: false }, 6, world)).toBeNull();
});
