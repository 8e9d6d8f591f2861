import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyChange, type Change } from '../../graphs/changes.ts';
import type { Graph } from '../../graphs/graph.ts';
import { createPlanner, makePlan, type Plan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

const change = (graph: Graph, ...changes: Change[]) =>
  changes.reduce((before, next) => applyChange(before, next).graph, graph);
const tasks = (plan: Plan, node: string) => plan.nodes.get(node)!.tasks;
const set = (node: string, name: string, value: unknown): Change => ({ type: 'setParam', node, name, value });

/** Photographs × prompts × seeds through two edits, then a pick, a list and what is made of it. */
const laboratory = (): Graph =>
  sketch(
    {
      batch: ['image-batch', { pictures: [picture('a'), picture('b')] }],
      prompts: ['prompt-sweep', { prompts: 'red\nblue' }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      more: ['seed-sweep', { first: 7, count: 3 }],
      a: ['edit'],
      b: ['edit', { prompt: 'b' }],
      pick: ['pick', { over: ['seeds'] }],
      c: ['edit', { prompt: 'c' }],
      collect: ['collect', { over: ['prompts'] }],
      sheet: ['contact-sheet', { name: 'sheet' }],
      out: ['save'],
    },
    'batch.image > a.image',
    'prompts.text > a.prompt',
    'seeds.seed > a.seed',
    'a.image > b.image',
    'b.image > pick.image',
    'pick.image > c.image',
    'b.image > collect.image',
    'a.image > sheet.image',
    'c.image > out.image',
  );

const everyKey = (plan: Plan): string[] =>
  [...plan.nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ firstKey }) => firstKey ?? []));
const first = makePlan(laboratory(), nodeTypes, 'test');
const someKeys = everyKey(first).filter((_, i) => i % 3 === 0);
const keysOf = (node: string) => tasks(first, node).map(({ key }) => key!);

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom<Change[]>(
    set('a', 'negative_prompt', 'noise'),
    set('a', 'negative_prompt', ''),
    set('b', 'prompt', 'other'),
    set('c', 'prompt', 'other'),
    set('prompts', 'prompts', 'red\ngreen'),
    set('prompts', 'prompts', 'blue\nred\nred'),
    set('prompts', 'prompts', ''),
    set('seeds', 'count', 4),
    set('seeds', 'count', 3),
    set('seeds', 'first', 2),
    set('batch', 'pictures', [picture('a'), picture('c')]),
    set('batch', 'pictures', [{ ...picture('b'), name: 'renamed.png' }, picture('b')]),
    set('pick', 'over', ['prompts']),
    set('pick', 'count', 2),
    set('pick', 'choices', { 'picture a | string red': { picked: [], at: 1 } }),
    set('collect', 'over', ['seeds']),
    { type: 'link', nodes: ['seeds', 'more'], link: 'both' },
    { type: 'link', nodes: ['seeds', 'more'], link: null },
    { type: 'remove', edges: ['a.seed'] },
    { type: 'connect', from: { node: 'seeds', port: 'seed' }, to: { node: 'a', port: 'seed' } },
    { type: 'connect', from: { node: 'more', port: 'seed' }, to: { node: 'a', port: 'seed' } },
    { type: 'connect', from: { node: 'more', port: 'seed' }, to: { node: 'b', port: 'seed' } },
    { type: 'connect', from: { node: 'a', port: 'image' }, to: { node: 'c', port: 'image' } },
    { type: 'connect', from: { node: 'pick', port: 'image' }, to: { node: 'c', port: 'image' } },
    { type: 'setTitle', node: 'seeds', title: 'Grains' },
    { type: 'remove', nodes: ['more'] },
  ),
  fc.record({
    type: fc.constant('strikeValues' as const),
    node: fc.constant('seeds'),
    values: fc.subarray(['number 1', 'number 2', 'number 3']),
    struck: fc.boolean(),
  }),
  fc.record({ type: fc.constant('strikeTasks' as const), firstKeys: fc.subarray(someKeys), struck: fc.boolean() }),
  fc.record({ type: fc.constant('newTake' as const), firstKeys: fc.subarray(someKeys) }),
  fc.constantFrom(...keysOf('b')).map((key) =>
    set('pick', 'choices', {
      [`picture ${'a'.repeat(64)} | string red`]: { picked: [key], at: 1 },
      [`picture ${'b'.repeat(64)} | string blue`]: { picked: [key], at: 1 },
    }),
  ),
);

it('[P3] remembering never changes a plan: after any changes it equals one made afresh', () => {
  fc.assert(
    fc.property(fc.array(changes, { minLength: 1, maxLength: 8 }), (all) => {
      const planner = createPlanner(nodeTypes, 'test');
      let graph = laboratory();
      planner(graph);
      for (const next of all) {
        graph = change(graph, next);
        const [plan, fresh] = [planner(graph), makePlan(graph, nodeTypes, 'test')];
        expect(plan.errors).toEqual(fresh.errors);
        for (const [id, planned] of fresh.nodes) expect(plan.nodes.get(id)).toEqual(planned);
        // What is awaited is today's task, not one of an earlier plan.
        for (const { tasks: list } of plan.nodes.values())
          for (const { awaited } of list)
            for (const source of Object.values(awaited).flat())
              expect(tasks(plan, source.task.node)[source.task.index]).toBe(source.task);
      }
    }),
    { numRuns: 40 },
  );
});

it('[P3] another value of a sweep leaves the tasks of all others what they are', () => {
  const planner = createPlanner(nodeTypes, 'test');
  const graph = laboratory();
  const before = planner(graph);
  const after = planner(change(graph, set('prompts', 'prompts', 'red\ngreen')));
  expect(tasks(before, 'b')).toHaveLength(12);
  const kept = tasks(after, 'b').map((task, i) => task === tasks(before, 'b')[i]);
  expect(kept).toEqual([true, true, true, false, false, false, true, true, true, false, false, false]);
});

it('[P3, S1] striking out touches only the tasks at the struck value, and a single one only what it feeds', () => {
  const planner = createPlanner(nodeTypes, 'test');
  const graph = laboratory();
  const before = planner(graph);
  const row = planner(change(graph, { type: 'strikeValues', node: 'prompts', values: ['string red'], struck: true }));
  expect(tasks(row, 'b').map((task, i) => task === tasks(before, 'b')[i])).toEqual(
    Array.from({ length: 12 }, (_, i) => i % 6 >= 3),
  );
  expect(
    planner(graph)
      .nodes.get('b')!
      .tasks.map(({ idle }) => idle),
  ).toEqual(Array(12).fill(null));
});

it('[P3] what changes nothing in the tasks, such as a new name of a sweep, leaves them as they are', () => {
  const planner = createPlanner(nodeTypes, 'test');
  const graph = laboratory();
  const before = planner(graph);
  const after = planner(change(graph, { type: 'setTitle', node: 'seeds', title: 'Grains' }));
  expect(after.nodes.get('b')!.axes.map(({ members }) => members[0]!.title)).toContain('Grains');
  expect(tasks(after, 'b')).toBe(tasks(before, 'b'));
});

it('[K1, K3] the tasks of a sweep have the keys that each of them has alone', () => {
  const swept = makePlan(laboratory(), nodeTypes, 'test');
  const alone = ['a', 'b'].flatMap((digit) =>
    ['red', 'blue'].flatMap((prompt) =>
      [1, 2, 3].map((seed) =>
        makePlan(
          sketch(
            {
              photo: ['load-image', { picture: picture(digit) }],
              a: ['edit', { prompt, seed }],
              b: ['edit', { prompt: 'b' }],
            },
            'photo.image > a.image',
            'a.image > b.image',
          ),
          nodeTypes,
          'test',
        ),
      ),
    ),
  );
  const keysIn = (plan: Plan, node: string) => tasks(plan, node).map(({ key }) => key!);
  for (const node of ['a', 'b'])
    expect(keysIn(swept, node).toSorted()).toEqual(alone.flatMap((plan) => keysIn(plan, node)).toSorted());
});
