import { describe, expect, it } from 'vitest';
import { failuresOf, withDependents } from '../../graphs/failures.ts';
import type { Known } from '../../graphs/known.ts';
import { makePlan } from '../../graphs/plan.ts';
import type { Run } from '../../graphs/run.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

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

it('[X9] tries again with everything that waits for it, and nothing that stands before', () => {
  expect(withDependents(plan, [b], knows({ [a]: { status: 'done', outputs: {} } }))).toEqual(new Set([b, save]));
});

it('[X9] what needs something besides that was never begun is not tried with it, since that would be paid for, too', () => {
  const sheet = makePlan(
    sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { first: 1, count: 3 }],
        each: ['edit', { prompt: 'change background to orange' }],
        all: ['collect'],
        sheet: ['contact-sheet', { name: 'sheet' }],
      },
      'photo.image > each.image',
      'seeds.seed > each.seed',
      'each.image > all.image',
      'all.images > sheet.images',
    ),
    nodeTypes,
    'test',
  );
  const [first, second, third] = sheet.nodes.get('each')!.tasks.map(({ key }) => key!);
  const whole = sheet.nodes.get('sheet')!.tasks[0]!.key!;
  const done: Known = { status: 'done', outputs: {} };
  expect(withDependents(sheet, [first!], knows({ [second!]: done }))).toEqual(new Set([first]));
  for (const known of [done, { status: 'underway' }, { status: 'failed', message: '', again: 'fetch' }] as const)
    expect(withDependents(sheet, [first!], knows({ [second!]: done, [third!]: known }))).toEqual(
      new Set([first, whole]),
    );
  expect(withDependents(sheet, [first!, third!], knows({ [second!]: done }))).toEqual(new Set([first, third, whole]));
});
