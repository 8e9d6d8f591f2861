import { expect, it } from 'vitest';
import { blockerWords } from '../../../app/grid/blocker-words.ts';
import type { TaskView } from '../../../app/runs.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { picture, sketch } from '../../support/sketch.ts';

const plan = makePlan(
  sketch(
    {
      photo: ['load-image', { picture: picture() }],
      first: ['edit', { prompt: 'one' }],
      second: ['edit', { prompt: 'two' }],
      third: ['edit', { prompt: 'three' }],
    },
    'photo.image > first.image',
    'first.image > second.image',
    'second.image > third.image',
  ),
  nodeTypes,
  'test',
);
const keyOf = (node: string): string => plan.nodes.get(node)!.tasks[0]!.key!;
const titleOf = (node: string): string => ({ first: 'First', second: 'Second' })[node] ?? node;
const words = (view: TaskView | undefined, by: TaskView | undefined) =>
  blockerWords({ plan, view, viewOf: (key) => (key === keyOf('first') ? by : undefined), titleOf });

it.each<[TaskView | undefined, string]>([
  [{ status: 'failed', message: 'No such seed' }, '“First” failed: No such seed'],
  [{ status: 'unknown', message: 'No answer' }, 'What became of “First” is unknown'],
  [{ status: 'cancelled', message: 'Stopped' }, '“First” was stopped'],
  [undefined, 'It waits for “First”'],
])('[X2] a blocked cell names the node that keeps it from being made, however far away: %#', (by, expected) => {
  expect(words({ status: 'blocked', by: keyOf('first') }, by)).toBe(expected);
});

it('a cell that is not blocked, and one that is blocked by what is in the graph no more, say nothing of it', () => {
  expect(words({ status: 'waiting' }, { status: 'failed', message: 'No.' })).toBe(null);
  expect(words({ status: 'blocked', by: 'gone' }, undefined)).toBe(null);
});
