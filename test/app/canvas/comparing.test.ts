import { describe, expect, it } from 'vitest';
import { cellsToCompare, withMark } from '../../../app/canvas/comparing.ts';

describe('marking points to be compared', () => {
  it('marks, sets free, and holds four at most', () => {
    expect(withMark([3], 5)).toEqual([3, 5]);
    expect(withMark([3, 5], 3)).toEqual([5]);
    expect(withMark([1, 2, 3, 4], 9)).toEqual([1, 2, 3, 9]);
  });
});

describe('what is compared', () => {
  const count = (node: string) => ({ a: 6, b: 1, text: 0 })[node] ?? 0;
  const none = { marked: new Map<string, readonly number[]>(), current: new Map([['a', 4]]) };

  it('is the point that each node shows, without nodes that have none', () => {
    expect(cellsToCompare(none, ['a', 'text', 'b'], count)).toEqual([
      { node: 'a', index: 4 },
      { node: 'b', index: 0 },
    ]);
  });

  it('is what is marked, as far as those points are still there', () => {
    const marked = new Map([['a', [5, 2, 99]]]);
    expect(cellsToCompare({ ...none, marked }, ['a'], count)).toEqual([
      { node: 'a', index: 5 },
      { node: 'a', index: 2 },
    ]);
  });

  it('is the last point of a node that has become shorter, and four pictures at most', () => {
    const current = new Map([['a', 40]]);
    expect(cellsToCompare({ ...none, current }, ['a'], count)).toEqual([{ node: 'a', index: 5 }]);
    const marked = new Map([['a', [0, 1, 2, 3]]]);
    expect(cellsToCompare({ ...none, marked }, ['a', 'b'], count)).toHaveLength(4);
  });
});
