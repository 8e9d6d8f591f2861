import { expect, it } from 'vitest';
import type { Api } from '../../../app/api.ts';
import { createEditor } from '../../../app/editor.ts';
import { createGridActions } from '../../../app/grid/actions.ts';
import type { DialogState, RunWish, Shell } from '../../../app/panels/shell.ts';
import { openVersions } from '../../../app/versions/open.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { fakeFeed } from '../../support/fake-feed.ts';
import { picture, sketch } from '../../support/sketch.ts';
import { memoryVersions } from '../../support/version-storage.ts';

function setUp() {
  const asked: (DialogState | RunWish | { firstKeys: readonly string[]; said: boolean })[] = [];
  const told: string[] = [];
  const shell: Pick<Shell, 'show' | 'begin' | 'newTake' | 'make' | 'tell'> = {
    show: (dialog) => void asked.push(dialog),
    begin: (wish) => void asked.push(wish),
    newTake: (firstKeys, { said = false } = {}) => void asked.push({ firstKeys, said }),
    make: (keys) => void asked.push({ type: 'keys', keys: new Set(keys) }),
    tell: ({ text }) => void told.push(text),
  };
  const editor = createEditor({
    api: { lookUp: async () => ({ jobs: [], outputs: [], missingPictures: [] }) } as unknown as Api,
    feed: fakeFeed().feed,
    storage: { get: async () => undefined, set: async () => undefined },
    nodeTypes,
    schedule: (work) => queueMicrotask(work),
    onError: (error) => {
      throw error;
    },
    loadVersions: async () => openVersions(nodeTypes, memoryVersions().storage),
  });
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      each: ['edit', { prompt: 'change background to orange' }],
    },
    'photo.image > each.image',
    'seeds.seed > each.seed',
  );
  editor.document.open({ title: 'T', graph });
  editor.plans.setService('test');
  const keys = editor.plans
    .get()
    .plan.nodes.get('each')!
    .tasks.map(({ key }) => key!);
  const fail = (key: string, again: 'same' | 'new-take') =>
    editor.plans.learn(new Map([[key, { status: 'failed', message: 'No.', again }]]));
  return {
    editor,
    asked,
    told,
    keys,
    fail,
    actions: createGridActions({ editor, shell: shell as Shell, node: 'each' }),
  };
}

it('[M14] retrying cells goes the way of every run, so that its questions and answers are heard', () => {
  const { actions, asked, keys, fail } = setUp();
  fail(keys[0]!, 'same');
  actions.retry([0, 1]);
  expect(asked).toEqual([{ type: 'retry', failures: { same: [keys[0]], newTake: [] } }]);
});

it('a new take of what failed is asked about first', () => {
  const { actions, asked, keys, fail } = setUp();
  fail(keys[1]!, 'new-take');
  actions.retry([1]);
  expect(asked).toEqual([{ type: 'retry', failures: { same: [], newTake: [keys[1]] } }]);
});

it('[S1] what is struck out is not retried', () => {
  const { actions, editor, keys, fail } = setUp();
  fail(keys[0]!, 'same');
  fail(keys[1]!, 'new-take');
  editor.document.change({ type: 'strikeTasks', firstKeys: keys, struck: true });
  expect(actions.retrying([0, 1, 2])).toEqual({ same: [], newTake: [] });
  expect(actions.outlookOf([0, 1, 2])).toMatchObject({ failed: 0, alone: 3 });
});

it('[S1] who asks for what is struck out is told that it is', () => {
  const { actions, editor, keys, asked, told } = setUp();
  editor.document.change({ type: 'strikeTasks', firstKeys: keys.slice(0, 2), struck: true });
  actions.takeAnew([0]);
  actions.make([0, 1]);
  expect(asked).toEqual([]);
  expect(told).toEqual([
    'This cell is struck out, so nothing is made there. Put it back first (X).',
    'These cells are struck out, so nothing is made there. Put them back first (X).',
  ]);
  // Of several, those that are not.
  actions.takeAnew([1, 2]);
  actions.make([0, 2]);
  expect(asked).toEqual([
    { firstKeys: [keys[2]], said: false },
    { type: 'keys', keys: new Set([keys[2]]) },
  ]);
  editor.document.change({ type: 'strikeTasks', firstKeys: keys, struck: false });
  editor.document.change({ type: 'strikeValues', node: 'seeds', values: ['number 1'], struck: true });
  actions.retry([0]);
  expect(told.at(-1)).toBe('A value of this cell is struck out, so nothing is made there. Put it back first.');
});

it('[S5] what waits for a pick leads to the pick that it waits for, however far before it', () => {
  const { editor, asked, actions } = setUp();
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 2 }],
      tries: ['edit', { prompt: 'one' }],
      pick: ['pick', {}],
      next: ['edit', { prompt: 'two' }],
      each: ['edit', { prompt: 'three' }],
    },
    'photo.image > tries.image',
    'seeds.seed > tries.seed',
    'tries.image > pick.image',
    'pick.image > next.image',
    'next.image > each.image',
  );
  editor.document.open({ title: 'T', graph });
  actions.pick();
  expect(asked).toEqual([{ type: 'pick', node: 'pick' }]);
});

it('a new take whose price stood beside it is not asked about again; one by key is', () => {
  const { actions, asked, keys } = setUp();
  actions.newTake(actions.takesOf([2]), { said: true });
  actions.newTake(actions.takesOf([0, 1]));
  expect(asked).toEqual([
    { firstKeys: [keys[2]], said: true },
    { firstKeys: [keys[0], keys[1]], said: false },
  ]);
});

it('[X13] more seeds are made from the grid of any node behind a seed sweep', () => {
  const { actions, asked, editor } = setUp();
  expect(actions.seedSweep()).toBe('seeds');
  actions.moreSeeds();
  expect(asked).toEqual([{ type: 'more-seeds', node: 'each' }]);
  editor.document.change({ type: 'remove', nodes: ['seeds'], edges: [] });
  expect(actions.seedSweep()).toBe(null);
});
