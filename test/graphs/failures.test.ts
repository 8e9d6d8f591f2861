import { describe, expect, it } from 'vitest';
import { failuresOf, withDependents } from '../../graphs/failures.ts';
import type { Known } from '../../graphs/known.ts';
import { makePlan } from '../../graphs/plan.ts';
import type { Run } from '../../graphs/run.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain } from '../support/sketch.ts';

const plan = makePlan(chain(), nodeTypes, 'test');
const keyOf = (node: string) => plan.nodes.get(node)!.tasks[0]!.key!;
const [a, b, save] = ['a', 'b', 'save'].map(keyOf) as [string, string, string];
const failed = (again: 'same' | 'new-take'): Known => ({ status: 'failed', message: 'No.', again });
const knows = (known: Record<string, Known>) => (key: string) => known[key];
const runWith = (tasks: Run['tasks']): Run => ({
  status: 'ended',
  startedAt: 0,
  endedAt: 1,
  held: null,
  spent: null,
  tasks,
});

describe('what failed', () => {
  it('is asked for again under the same key where nothing was accepted', () => {
    expect(failuresOf(plan, null, knows({ [a]: failed('same') }))).toEqual({ same: [a], newTake: [] });
  });

  it('needs a new take where it was accepted once', () => {
    expect(failuresOf(plan, null, knows({ [a]: failed('new-take') }))).toEqual({ same: [], newTake: [a] });
  });

  it('[M4] is not what may have been made: of that the user is asked apart', () => {
    const run = runWith(new Map([[a, { status: 'failed', message: 'Lost.' }]] as const));
    for (const status of ['unknown', 'forgotten'] as const)
      expect(failuresOf(plan, run, knows({ [a]: { status, message: 'Lost.' } }))).toEqual({ same: [], newTake: [] });
  });

  it('is also what only the run knows of, and no longer what was made since', () => {
    const run = runWith(new Map([a, b].map((key) => [key, { status: 'failed', message: 'No server.' }] as const)));
    const lookup = knows({ [b]: { status: 'done', outputs: {} } });
    expect(failuresOf(plan, run, lookup)).toEqual({ same: [a], newTake: [] });
  });

  it('is not what is blocked by it or was stopped before it began', () => {
    const run = runWith(
      new Map([
        [b, { status: 'blocked', by: a }],
        [save, { status: 'cancelled', message: 'Stopped.' }],
      ] as const),
    );
    expect(failuresOf(plan, run, knows({}))).toEqual({ same: [], newTake: [] });
  });
});

it('tries again with everything that waits for it, and nothing that stands before', () => {
  expect(withDependents(plan, [b])).toEqual(new Set([b, save]));
});
