import { describe, expect, it } from 'vitest';
import type { Axis } from '../../graphs/axes.ts';
import { axesOfAll, placeOn, stepAlong, stepTogether } from '../../graphs/stepping.ts';

const axis = (id: string, ...values: unknown[]): Axis => ({
  id,
  length: values.length,
  members: [{ node: id, title: id, values }],
});
const prompts = axis('prompts', 'red', 'blue', 'green');
const seeds = axis('seeds', 1, 2, 3, 4);
const grid = [prompts, seeds];

describe('[A1] a step along an axis', () => {
  it.each([
    ['seeds', 5, 1, 6],
    ['seeds', 5, -1, 4],
    ['prompts', 5, 1, 9],
    ['prompts', 5, -1, 1],
    ['seeds', 4, 3, 7],
  ])('along %s from point %i by %i ends at %i', (id, from, by, to) => {
    expect(stepAlong(grid, from, id, by)).toBe(to);
  });

  it.each([
    ['seeds', 7, 1],
    ['seeds', 4, -1],
    ['prompts', 9, 1],
    ['prompts', 0, -1],
    ['nothing', 0, 1],
  ])('along %s from point %i by %i leads nowhere', (id, from, by) => {
    expect(stepAlong(grid, from, id, by)).toBeNull();
  });

  it('knows its place on each axis', () => {
    expect([placeOn(grid, 6, 'prompts'), placeOn(grid, 6, 'seeds'), placeOn(grid, 6, 'x')]).toEqual([1, 2, null]);
  });
});

describe('several points', () => {
  it('go together and stay as far from each other as they were', () => {
    const points = [
      { axes: grid, index: 0 },
      { axes: grid, index: 1 },
    ];
    expect(stepTogether(points, 'seeds', 1)).toEqual([1, 2]);
    expect(stepTogether(points, 'prompts', 2)).toEqual([8, 9]);
  });

  it('all stay where one of them is at the end', () => {
    expect(
      stepTogether(
        [
          { axes: grid, index: 2 },
          { axes: grid, index: 3 },
        ],
        'seeds',
        1,
      ),
    ).toBeNull();
  });

  it('that do not lie on the axis stay, also pictures that are no points at all', () => {
    expect(stepTogether([{ axes: [seeds], index: 2 }, null, { axes: grid, index: 6 }], 'seeds', 1)).toEqual([
      3,
      null,
      7,
    ]);
    expect(stepTogether([{ axes: [seeds], index: 2 }, null], 'prompts', 1)).toBeNull();
  });

  it('have each axis once', () => {
    expect(axesOfAll([{ axes: [seeds], index: 0 }, null, { axes: grid, index: 0 }]).map(({ id }) => id)).toEqual([
      'seeds',
      'prompts',
    ]);
  });
});
