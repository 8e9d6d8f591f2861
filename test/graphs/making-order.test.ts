import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pointAt } from '../../graphs/axes.ts';
import { depthFirst } from '../../graphs/depth-first.ts';
import type { MakingOrder } from '../../graphs/making-order.ts';
import { makePlan } from '../../graphs/plan.ts';
import { sourcesOf } from '../../graphs/task.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

/** Seeds down, prompts across, and a second edit behind the first. */
const gridOf = (seeds: number, prompts: number) =>
  makePlan(
    sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { first: 1, count: seeds }],
        prompts: ['prompt-sweep', { prompts: Array.from({ length: prompts }, (_, i) => `p${i}`).join('\n') }],
        a: ['edit', {}],
        b: ['edit', { prompt: 'grey', seed: 1 }],
      },
      'photo.image > a.image',
      'seeds.seed > a.seed',
      'prompts.text > a.prompt',
      'a.image > b.image',
    ),
    nodeTypes,
    'test',
  );
/** The points of the last edit in the order of making: row and column. */
const endsOf = (plan: ReturnType<typeof gridOf>, order?: MakingOrder) =>
  depthFirst(plan, order ? { order } : {})
    .filter(({ node }) => node === 'b')
    .map(({ index }) => pointAt(plan.nodes.get('b')!.axes, index).join());

it('[X1] as it comes: one point after the other', () => {
  expect(endsOf(gridOf(2, 3))).toEqual(['0,0', '0,1', '0,2', '1,0', '1,1', '1,2']);
});

it('[X11] corners first, then the middles between, ever finer', () => {
  expect(endsOf(gridOf(3, 3), { type: 'corners' })).toEqual([
    '0,0',
    '0,2',
    '2,0',
    '2,2',
    '0,1',
    '1,0',
    '1,1',
    '1,2',
    '2,1',
  ]);
  expect(endsOf(gridOf(5, 1), { type: 'corners' })).toEqual(['0,0', '4,0', '2,0', '1,0', '3,0']);
});

it('[X11] row by row: all of the chosen axis’s first value, then all of its second', () => {
  const along = (id: string) => endsOf(gridOf(2, 2), { type: 'rows', axis: id });
  expect(along('node seeds')).toEqual(['0,0', '0,1', '1,0', '1,1']);
  expect(along('node prompts')).toEqual(['0,0', '1,0', '0,1', '1,1']);
  expect(along('one that is gone')).toEqual(['0,0', '0,1', '1,0', '1,1']);
});

it('[X1, X11] whatever the order: every task once, and nothing before what it needs', () => {
  const orders = fc.constantFrom<MakingOrder>(
    { type: 'as-it-comes' },
    { type: 'corners' },
    { type: 'rows', axis: 'node seeds' },
    { type: 'rows', axis: 'node prompts' },
  );
  const size = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(size, size, orders, (rows, columns, order) => {
      const plan = gridOf(rows, columns);
      const tasks = depthFirst(plan, { order });
      expect(tasks).toHaveLength(2 * rows * columns);
      const place = new Map(tasks.map(({ key }, i) => [key, i]));
      expect(place.size).toBe(tasks.length);
      const early = tasks.filter((task, i) =>
        sourcesOf(task).some(({ task: need }) => need.key !== null && !(place.get(need.key)! < i)),
      );
      expect(early).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
