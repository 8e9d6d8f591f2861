import { describe, expect, it } from 'vitest';
import { fittingSize, MOST_CELLS, numbersOf, rangeInView, scrollFor, sizeLimits } from '../../../app/grid/window.ts';

describe('what is in view', () => {
  it('is what the window touches, and so many more on each side as there are', () => {
    expect(rangeInView({ from: 250, size: 300, item: 100, count: 100, more: 1 })).toEqual({ first: 1, last: 6 });
    expect(rangeInView({ from: 0, size: 300, item: 100, count: 3, more: 1 })).toEqual({ first: 0, last: 2 });
  });

  it('has the one with the focus always among it, wherever the window is', () => {
    expect(numbersOf({ first: 5, last: 7 }, 2)).toEqual([2, 5, 6, 7]);
    expect(numbersOf({ first: 5, last: 7 }, 6)).toEqual([5, 6, 7]);
    expect(numbersOf({ first: 5, last: 7 }, 90)).toEqual([5, 6, 7, 90]);
    expect(numbersOf({ first: 5, last: 7 }, -1)).toEqual([5, 6, 7]);
  });

  it('is scrolled no further than needed, and headers cover nothing', () => {
    const size = { size: 400, length: 100, covered: 40 };
    expect(scrollFor({ ...size, from: 0, begin: 200 })).toBe(0);
    expect(scrollFor({ ...size, from: 0, begin: 300 })).toBe(40);
    expect(scrollFor({ ...size, from: 500, begin: 300 })).toBe(300);
  });
});

describe('sizes', () => {
  it.each([
    [1440, 700, 1.5],
    [3840, 2000, 1],
    [390, 700, 0.7],
  ])('in a window of %s × %s never more cells are drawn than a page bears', (width, height, ratio) => {
    const { least, most } = sizeLimits({ width, height, ratio, cells: 100 });
    expect((width / least) * (height / (least / ratio))).toBeLessThanOrEqual(MOST_CELLS);
    expect(most).toBeGreaterThan(least);
  });

  it('a very long axis has smaller cells, since no box may be larger than browsers lay out', () => {
    expect(sizeLimits({ width: 1000, height: 700, ratio: 1, cells: 50_000 }).most * 50_000).toBeLessThanOrEqual(
      12_000_000,
    );
  });

  it('few cells fill the window, and many are not made too small to see', () => {
    const box = { width: 1000, height: 700, ratio: 1, gap: 0, extra: 0 };
    expect(fittingSize({ ...box, columns: 4, rows: 3 })).toBe(233);
    expect(fittingSize({ ...box, columns: 100, rows: 100 })).toBe(88);
    expect(fittingSize({ ...box, columns: 2, rows: 100 })).toBe(160);
    expect(fittingSize({ ...box, columns: 8, rows: 100 })).toBe(125);
    expect(fittingSize({ ...box, columns: 100, rows: 5 })).toBe(140);
  });
});
