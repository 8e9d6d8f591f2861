import { expect, it } from 'vitest';
import { aloneSize } from '../../../app/grid/alone-size.ts';

const window = { ratio: 1.5, gap: 6, extra: 20 };

it('cells of an axis that stands alone fill the width: no column is left empty beside them', () => {
  const size = aloneSize({ ...window, width: 556, height: 650, cells: 100 });
  expect(size).toBe(179);
  expect(Math.floor(556 / (size + 6))).toBe(3);
});

it.each([
  [1, 1436, 700, 400],
  [3, 1436, 700, 400],
  // Five in a row: four larger ones would end below the window.
  [12, 1436, 700, 281],
  [7, 556, 650, 179],
  // Four in a row would not be wide enough to fill it.
  [7, 1900, 700, 374],
  [4, 386, 500, 187],
])('%s cells are all in view in a window of %s × %s', (cells, width, height, expected) => {
  const size = aloneSize({ ...window, width, height, cells });
  const perRow = Math.min(cells, Math.floor(width / (size + 6)));
  expect(size).toBe(expected);
  expect(Math.ceil(cells / perRow) * (size / 1.5 + 26)).toBeLessThanOrEqual(height);
});

it('a narrow window has at least one cell in a row', () => {
  expect(aloneSize({ ...window, width: 90, height: 400, cells: 5 })).toBe(84);
});
