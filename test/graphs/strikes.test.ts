import fc from 'fast-check';
import { expect, it } from 'vitest';
import { axisColours } from '../../graphs/axis-colours.ts';
import { pointWords } from '../../graphs/axes.ts';
import { pointName } from '../../graphs/point-name.ts';
import { applyChange, type Change } from '../../graphs/changes.ts';
import { createCounter } from '../../graphs/counter.ts';
import { depthFirst } from '../../graphs/depth-first.ts';
import { failuresOf, withDependents } from '../../graphs/failures.ts';
import type { Graph } from '../../graphs/graph.ts';
import { countPlan, type Known } from '../../graphs/known.ts';
import { createPlanner, makePlan, type Plan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

const nobody = () => undefined;
const made: Known = { status: 'done', outputs: {} };
const planOf = (graph: Graph) => makePlan(graph, nodeTypes, 'test');
const change = (graph: Graph, ...changes: Change[]) =>
  changes.reduce((before, next) => applyChange(before, next).graph, graph);
const idles = (plan: Plan, node: string) => plan.nodes.get(node)!.tasks.map(({ idle }) => idle);
const keys = (plan: Plan, node: string) => plan.nodes.get(node)!.tasks.map(({ key }) => key!);

/** Two prompts × three seeds through two edits; the seeds come in with the second one. */
const grid = () =>
  sketch(
    {
      photo: ['load-image', { picture: picture() }],
      prompts: ['prompt-sweep', { prompts: 'red\nblue' }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      a: ['edit'],
      b: ['edit', { prompt: 'b' }],
      save: ['save'],
    },
    'photo.image > a.image',
    'prompts.text > a.prompt',
    'a.image > b.image',
    'seeds.seed > b.seed',
    'b.image > save.image',
  );

it('[S1] nothing is made at a struck-out value, nor behind it; the keys stay as they were', () => {
  const before = planOf(grid());
  const after = planOf(change(grid(), { type: 'strikeValues', node: 'seeds', values: ['number 2'], struck: true }));
  expect(idles(after, 'seeds')).toEqual([null, 'struck', null]);
  expect(idles(after, 'a')).toEqual([null, null]);
  expect(idles(after, 'b')).toEqual([null, 'struck', null, null, 'struck', null]);
  expect(idles(after, 'save')).toEqual(idles(after, 'b'));
  expect(keys(after, 'b')).toEqual(keys(before, 'b'));
  expect(countPlan(after, nobody)).toMatchObject({ edits: 6, toPay: 6, struck: 2, toSave: 4 });
});

it('[S1] one struck-out picture is left alone with all that needs it', () => {
  const [first] = keys(planOf(grid()), 'a');
  const after = planOf(change(grid(), { type: 'strikeTasks', firstKeys: [first!], struck: true }));
  expect(idles(after, 'a')).toEqual(['struck', null]);
  expect(idles(after, 'b')).toEqual(['struck', 'struck', 'struck', null, null, null]);
  expect(countPlan(after, nobody)).toMatchObject({ edits: 4, toPay: 4, struck: 4 });
});

it('[S1] what only a struck-out task would have needed is made all the same: it was not struck out itself', () => {
  const third = keys(planOf(grid()), 'b');
  const after = planOf(change(grid(), { type: 'strikeTasks', firstKeys: third, struck: true }));
  expect(depthFirst(after).map(({ node }) => node)).toEqual(['a', 'a']);
  expect(countPlan(after, nobody)).toMatchObject({ edits: 2, toPay: 2, struck: 6, toSave: 0 });
});

it('[S2] a key that another task has too, which is not struck out, is made', () => {
  const twice = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      prompts: ['prompt-sweep', { prompts: 'red\nblue' }],
      a: ['edit'],
      same: ['edit', { prompt: 'red' }],
    },
    'photo.image > a.image',
    'prompts.text > a.prompt',
    'photo.image > same.image',
  );
  const plan = planOf(change(twice, { type: 'strikeValues', node: 'prompts', values: ['string red'], struck: true }));
  expect(idles(plan, 'a')).toEqual(['struck', null]);
  expect(keys(plan, 'same')[0]).toBe(keys(plan, 'a')[0]);
  expect(countPlan(plan, nobody)).toMatchObject({ edits: 2, toPay: 2, struck: 0 });
  expect(depthFirst(plan)).toHaveLength(2);
});

it('[S1] what was made before it was struck out is not counted as left out, and neither retried nor counted as failed', () => {
  const all = planOf(grid());
  const struck = planOf(change(grid(), { type: 'strikeValues', node: 'seeds', values: ['number 2'], struck: true }));
  const [, second] = keys(all, 'b');
  expect(countPlan(struck, (key) => (key === second ? made : undefined))).toMatchObject({ edits: 6, struck: 1 });
  const failed: Known = { status: 'failed', message: '', again: 'same' };
  expect(failuresOf(struck, null, (key) => (key === second ? failed : undefined))).toEqual({ same: [], newTake: [] });
  expect(withDependents(struck, keys(all, 'a'), nobody).has(second!)).toBe(false);
});

it('[P3] striking out and putting back plans anew only what it touches; a colour touches nothing', () => {
  const planner = createPlanner(nodeTypes, 'test');
  const graph = grid();
  const first = planner(graph);
  const struck = change(graph, { type: 'strikeTasks', firstKeys: [keys(first, 'b')[0]!], struck: true });
  const second = planner(struck);
  for (const id of ['photo', 'prompts', 'seeds', 'a']) expect(second.nodes.get(id)).toBe(first.nodes.get(id));
  expect(idles(second, 'b')).toEqual(['struck', null, null, null, null, null]);
  const back = change(struck, { type: 'strikeTasks', firstKeys: [keys(first, 'b')[0]!], struck: false });
  expect(idles(planner(back), 'b')).toEqual([null, null, null, null, null, null]);
  const coloured = change(back, { type: 'setColour', node: 'seeds', colour: 5 });
  expect(planner(coloured)).toBe(planner(back));
});

it('[P3, P5] planned again after any strikes, it is as if it was planned afresh, and counted piece by piece likewise', () => {
  const planner = createPlanner(nodeTypes, 'test');
  const all = planOf(grid());
  const everyKey = [...all.nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ key }) => key ?? []));
  const strike = fc.oneof(
    fc.record({
      type: fc.constant('strikeValues' as const),
      node: fc.constant('seeds'),
      values: fc.subarray(['number 1', 'number 2', 'number 3']),
      struck: fc.boolean(),
    }),
    fc.record({
      type: fc.constant('strikeTasks' as const),
      firstKeys: fc.subarray(everyKey),
      struck: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(fc.array(strike, { maxLength: 6 }), fc.subarray(everyKey), (strikes, done) => {
      const graph = change(grid(), ...strikes);
      const plan = planner(graph);
      const fresh = planOf(graph);
      for (const [id, { tasks }] of fresh.nodes)
        expect(plan.nodes.get(id)!.tasks.map(({ key, idle }) => [key, idle])).toEqual(
          tasks.map(({ key, idle }) => [key, idle]),
        );
      const known = new Map<string, Known>();
      const counter = createCounter(plan, (key) => known.get(key));
      for (const key of done) {
        known.set(key, made);
        expect(counter.learn([key])).toEqual(countPlan(plan, (key) => known.get(key)));
      }
      const toMake = depthFirst(plan).filter(({ node }) => plan.nodes.get(node)!.type!.uses === 'edits');
      expect(countPlan(plan, nobody).toPay).toBe(toMake.length);
    }),
    { numRuns: 60 },
  );
});

it('axes have the colour of their order, or the one that was chosen', () => {
  const graph = grid();
  expect([...axisColours(graph, nodeTypes)]).toEqual([
    ['node prompts', 0],
    ['node seeds', 1],
  ]);
  const linked = change(
    graph,
    { type: 'link', nodes: ['prompts', 'seeds'], link: 'x' },
    { type: 'setColour', node: 'seeds', colour: 6 },
  );
  expect([...axisColours(linked, nodeTypes)]).toEqual([['link x', 6]]);
});

it('a point has a name that outlives titles and the order of the values, and words with both', () => {
  const { axes } = planOf(grid()).nodes.get('b')!;
  expect(pointWords(axes, 4)).toBe('Prompt sweep: blue · Seed sweep: 2');
  expect(pointName(axes, 4)).toBe('string blue | number 2');
  expect(pointName([...axes].reverse(), 3)).toBe('string blue | number 2');
  expect(pointName([], 0)).toBe('all');
});
