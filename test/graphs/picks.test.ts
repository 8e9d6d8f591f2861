import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countPoints } from '../../graphs/axes.ts';
import { pointName } from '../../graphs/point-name.ts';
import { applyChange, type Change } from '../../graphs/changes.ts';
import { execute } from '../../graphs/execute.ts';
import { pickId } from '../../graphs/gather.ts';
import type { Graph } from '../../graphs/graph.ts';
import { countPlan, type Known } from '../../graphs/known.ts';
import { defineNode, nodeTypesOf } from '../../graphs/node-type.ts';
import { createPlanner, makePlan, type Plan } from '../../graphs/plan.ts';
import { nearestEdit, provenanceOf } from '../../graphs/provenance.ts';
import { originalOf, pictureOf } from '../../graphs/task-picture.ts';
import { sourcesOf } from '../../graphs/task.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf, fakeServices } from '../support/fake-services.ts';
import { picture, sketch } from '../support/sketch.ts';

/** A node that makes one thing of a whole list. */
const sheet = defineNode({
  type: 'sheet',
  version: 1,
  title: 'Sheet',
  category: 'Results',
  description: 'Makes one picture of many.',
  params: z.object({ name: z.string().default('all') }),
  inputs: { images: { kind: 'images', required: true } },
  outputs: { image: { kind: 'image' } },
  uses: 'edits',
  run: async ({ values, edits }) => ({ image: await edits.edit(values) }),
});
/** The same, for all that arrives along some axes. */
const pile = defineNode({
  type: 'pile',
  version: 1,
  title: 'Pile',
  category: 'Results',
  description: 'Makes one picture of all along some axes.',
  params: z.object({ over: z.array(z.string()).default([]) }),
  inputs: { image: { kind: 'image', required: true } },
  outputs: { image: { kind: 'image' } },
  gathers: { port: 'image', over: 'over' },
  uses: 'edits',
  run: async ({ values, edits }) => ({ image: await edits.edit(values) }),
});
const types = nodeTypesOf([...nodeTypes.values(), sheet, pile]);

const nobody = () => undefined;
const planOf = (graph: Graph) => makePlan(graph, types, 'test');
const change = (graph: Graph, ...changes: Change[]) =>
  changes.reduce((before, next) => applyChange(before, next).graph, graph);
const tasks = (plan: Plan, node: string) => plan.nodes.get(node)!.tasks;
const keys = (plan: Plan, node: string) => tasks(plan, node).map(({ key }) => key);
const choose = (point: string, ...picked: string[]): Change => ({
  type: 'setParam',
  node: 'pick',
  name: 'choices',
  value: { [point]: { picked, at: 1 } },
});

/** Two prompts × three seeds, then `end`, then an edit and a file of what comes out of it. */
const grid = (end: [string, Record<string, unknown>?]) =>
  sketch(
    {
      photo: ['load-image', { picture: picture() }],
      prompts: ['prompt-sweep', { prompts: 'red\nblue' }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      a: ['edit'],
      [end[0]]: end,
      b: ['edit', { prompt: 'b' }],
    },
    'photo.image > a.image',
    'prompts.text > a.prompt',
    'seeds.seed > a.seed',
    `a.image > ${end[0]}.image`,
    ...(end[0] === 'pick' ? ['pick.image > b.image'] : []),
  );

describe('[S4] a list', () => {
  const collect = (params: Record<string, unknown> = {}) => {
    const graph = grid(['collect', params]);
    const { b: _, ...nodes } = graph.nodes;
    const s = sketch({ s: ['sheet'] }, 'collect.images > s.images');
    return { ...graph, nodes: { ...nodes, s: s.nodes.s! }, edges: { ...graph.edges, ...s.edges } };
  };

  it('is what arrives at all points, in their order, and takes the axes away', () => {
    const plan = planOf(collect());
    expect(plan.nodes.get('collect')!.axes).toEqual([]);
    expect(tasks(plan, 's')).toHaveLength(1);
    expect(sourcesOf(tasks(plan, 's')[0]!).map(({ task }) => task)).toEqual(tasks(plan, 'a'));
    expect(tasks(plan, 'collect')[0]).toMatchObject({ key: null, outputs: null, idle: null });
  });

  it('may leave axes: one list for each of their points', () => {
    const plan = planOf(collect({ over: ['seeds'] }));
    expect(plan.nodes.get('s')!.axes.map(({ id }) => id)).toEqual(['node prompts']);
    expect(tasks(plan, 's').map((task) => sourcesOf(task).map(({ task: { index } }) => index))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    const across = planOf(collect({ over: ['prompts'] }));
    expect(tasks(across, 's').map((task) => sourcesOf(task).map(({ task: { index } }) => index))).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  it('is one list as well where no axis arrives', () => {
    const graph = collect();
    const plan = planOf(
      change(
        graph,
        { type: 'remove', edges: ['a.seed', 'a.prompt'] },
        { type: 'setParam', node: 'a', name: 'prompt', value: 'x' },
      ),
    );
    expect(sourcesOf(tasks(plan, 's')[0]!)).toHaveLength(1);
  });

  it('of pictures that are all known is known itself, and the same pictures typed or arriving give the same key', () => {
    const graph = sketch(
      { batch: ['image-batch', { pictures: [picture('a'), picture('b')] }], collect: ['collect'], s: ['sheet'] },
      'batch.image > collect.image',
      'collect.images > s.images',
    );
    const plan = planOf(graph);
    expect(tasks(plan, 'collect')[0]!.outputs).toMatchObject({
      images: [{ sha256: 'a'.repeat(64) }, { sha256: 'b'.repeat(64) }],
    });
    const other = change(graph, {
      type: 'setParam',
      node: 'batch',
      name: 'pictures',
      value: [{ ...picture('a'), name: 'other' }, picture('b')],
    });
    expect(keys(planOf(other), 's')).toEqual(keys(plan, 's'));
    const turned = change(graph, {
      type: 'setParam',
      node: 'batch',
      name: 'pictures',
      value: [picture('b'), picture('a')],
    });
    expect(keys(planOf(turned), 's')).not.toEqual(keys(plan, 's'));
  });

  it('leaves out what is struck out, and what waits for an empty list is struck out with it', () => {
    const struck = (...values: string[]): Change => ({ type: 'strikeValues', node: 'seeds', values, struck: true });
    const graph = collect({ over: ['seeds'] });
    const some = planOf(change(graph, struck('number 2')));
    expect(tasks(some, 's').map((task) => sourcesOf(task).map(({ task: { index } }) => index))).toEqual([
      [0, 2],
      [3, 5],
    ]);
    expect(tasks(some, 's').map(({ idle }) => idle)).toEqual([null, null]);
    const none = planOf(change(graph, struck('number 1', 'number 2', 'number 3')));
    expect(tasks(none, 's').map(({ idle }) => idle)).toEqual(['struck', 'struck']);
    expect(countPlan(none, nobody)).toMatchObject({ edits: 0, toPay: 0, struck: 8 });
  });

  it('keeps its key where the whole point is struck out, so that what was made stays to be seen', () => {
    const graph = change(collect({ over: ['seeds'] }), {
      type: 'strikeValues',
      node: 'seeds',
      values: ['number 2'],
      struck: true,
    });
    const before = keys(planOf(graph), 's');
    const after = planOf(
      change(graph, { type: 'strikeValues', node: 'prompts', values: ['string red'], struck: true }),
    );
    expect(keys(after, 's')).toEqual(before);
    expect(tasks(after, 's').map(({ idle }) => idle)).toEqual(['struck', null]);
  });

  it('says so where its axes do not arrive any more', () => {
    expect(planOf(collect({ over: ['gone'] })).errors).toMatchObject([{ code: 'bad-axis', node: 'collect' }]);
  });

  it('may be gathered by the node that uses it; which node an axis is of is in no key', () => {
    const graph = grid(['pile', { over: ['seeds'] }]);
    const plan = planOf(graph);
    expect(plan.errors.filter(({ node }) => node !== 'b')).toEqual([]);
    expect(tasks(plan, 'pile').map((task) => sourcesOf(task).length)).toEqual([3, 3]);
    const { seeds, ...others } = graph.nodes;
    const renamed = JSON.parse(
      JSON.stringify({ ...graph, nodes: { ...others, sown: { ...seeds, id: 'sown' } } }).replaceAll(
        '"seeds"',
        '"sown"',
      ),
    ) as Graph;
    expect(keys(planOf(renamed), 'pile')).toEqual(keys(plan, 'pile'));
  });

  it('arrives as a list; one picture that failed blocks what needs the list, all else is made', async () => {
    const graph = change(collect({ over: ['seeds'] }), {
      type: 'setParam',
      node: 'prompts',
      name: 'prompts',
      value: 'fail red\nblue',
    });
    const plan = planOf(graph);
    const fake = fakeServices({ immediate: true });
    const inputs: unknown[] = [];
    const { edits } = fake.services;
    const services = {
      ...fake.services,
      edits: { edit: (request: Parameters<typeof edits.edit>[0]) => (inputs.push(request.input), edits.edit(request)) },
    };
    const events: string[] = [];
    await execute({
      plan,
      services,
      lookup: nobody,
      emit: (event) => event.type !== 'ended' && events.push(`${event.type} ${event.key}`),
      signal: new AbortController().signal,
      limit: 4,
    });
    const [red, blue] = keys(plan, 's');
    expect(events).toContain(`blocked ${red}`);
    expect(events).toContain(`done ${blue}`);
    expect(inputs.at(-1)).toMatchObject({
      images: keys(plan, 'a')
        .slice(3)
        .map((sha256) => ({ sha256 })),
    });
  });
});

describe('[S5] a pick', () => {
  const start = () => grid(['pick', { over: ['seeds'] }]);

  it('waits for a choice at each point of the axes that stay; what is behind has no key and costs nothing', () => {
    const plan = planOf(start());
    expect(tasks(plan, 'pick').map(({ idle, gathered }) => [idle, gathered!.length])).toEqual([
      ['pick', 3],
      ['pick', 3],
    ]);
    expect(tasks(plan, 'b').map(({ key, idle }) => [key, idle])).toEqual([
      [null, 'pick'],
      [null, 'pick'],
    ]);
    expect(countPlan(plan, nobody)).toMatchObject({ edits: 6, toPay: 6, struck: 0 });
    expect(plan.picks).toEqual([{ node: 'pick', open: 2, total: 2, gone: 0 }]);
    expect(plan.errors).toEqual([]);
  });

  it('hands on what was chosen as it is: behind it stands the key of the chosen picture', () => {
    const [, second] = keys(planOf(start()), 'a');
    const plan = planOf(change(start(), choose('string red', second!)));
    const direct = sketch(
      {
        photo: ['load-image', { picture: picture() }],
        a: ['edit', { prompt: 'red', seed: 2 }],
        b: ['edit', { prompt: 'b' }],
      },
      'photo.image > a.image',
      'a.image > b.image',
    );
    expect(keys(plan, 'b')).toEqual([keys(planOf(direct), 'b')[0], null]);
    expect(tasks(plan, 'b').map(({ idle }) => idle)).toEqual([null, 'pick']);
    expect(plan.picks).toEqual([{ node: 'pick', open: 1, total: 2, gone: 0 }]);
    expect(countPlan(plan, nobody)).toMatchObject({ edits: 7, toPay: 7 });
  });

  it('A, then B, then A: the keys are those of the first time, so nothing is made again', () => {
    const [a, b] = keys(planOf(start()), 'a');
    const [first, other, again] = [a, b, a].map(
      (key) => keys(planOf(change(start(), choose('string red', key!))), 'b')[0],
    );
    expect(other).not.toBe(first);
    expect(again).toBe(first);
  });

  it('of several is an axis of its own', () => {
    const many = change(start(), { type: 'setParam', node: 'pick', name: 'count', value: 2 });
    const [a, , c] = keys(planOf(many), 'a');
    const plan = planOf(change(many, choose('string red', c!, a!)));
    expect(plan.nodes.get('b')!.axes.map(({ id, length }) => [id, length])).toEqual([
      ['node prompts', 2],
      ['node pick', 2],
    ]);
    expect(tasks(plan, 'b').map(({ idle }) => idle)).toEqual([null, null, 'pick', 'pick']);
    expect(sourcesOf(tasks(plan, 'b')[0]!)[0]!.task.key).toBe(c);
    expect(plan.picks).toEqual([{ node: 'pick', open: 2, total: 4, gone: 0 }]);
  });

  it('never waits for more than there is', () => {
    const many = change(start(), { type: 'setParam', node: 'pick', name: 'count', value: 5 });
    const all = keys(planOf(many), 'a');
    const plan = planOf(
      change(many, {
        type: 'setParam',
        node: 'pick',
        name: 'choices',
        value: { 'string red': { picked: all.slice(0, 3), at: 1 }, 'string blue': { picked: all.slice(3), at: 1 } },
      }),
    );
    expect(plan.picks).toEqual([]);
    expect(countPlan(plan, nobody).toPay).toBe(12);
  });

  it('whose picture does not come in any more is open again, and stops nothing else', () => {
    const [a] = keys(planOf(start()), 'a');
    const chosen = change(start(), choose('string red', a!));
    const moved = planOf(change(chosen, { type: 'setParam', node: 'seeds', name: 'first', value: 100 }));
    expect(moved.errors).toEqual([]);
    expect(moved.picks).toEqual([{ node: 'pick', open: 2, total: 2, gone: 1 }]);
    expect(keys(moved, 'b')).toEqual([null, null]);
    const struck = planOf(change(chosen, { type: 'strikeTasks', firstKeys: [a!], struck: true }));
    expect(struck.picks).toMatchObject([{ open: 2, gone: 1 }]);
  });

  it('at a point that is struck out is not open', () => {
    const plan = planOf(
      change(start(), { type: 'strikeValues', node: 'prompts', values: ['string red'], struck: true }),
    );
    expect(plan.picks).toEqual([{ node: 'pick', open: 1, total: 1, gone: 0 }]);
    expect(tasks(plan, 'b').map(({ idle }) => idle)).toEqual(['struck', 'pick']);
  });

  it('among known pictures hands on the picture itself', () => {
    const graph = sketch(
      {
        batch: ['image-batch', { pictures: [picture('a'), picture('b')] }],
        pick: ['pick'],
        b: ['edit', { prompt: 'b' }],
      },
      'batch.image > pick.image',
      'pick.image > b.image',
    );
    const plan = planOf(change(graph, choose('all', 'b'.repeat(64))));
    expect(tasks(plan, 'pick')[0]!.gathered!.map(pickId)).toEqual(['a'.repeat(64), 'b'.repeat(64)]);
    expect(tasks(plan, 'b')[0]!.known.image).toMatchObject({ sha256: 'b'.repeat(64) });
    expect(tasks(plan, 'pick')[0]!.outputs).toMatchObject({ image: { sha256: 'b'.repeat(64) } });
  });

  it('of another pick waits for the first one', () => {
    const two = start();
    const second = sketch({ best: ['pick'] }, 'pick.image > best.image');
    const graph = {
      ...two,
      nodes: { ...two.nodes, best: second.nodes.best! },
      edges: { ...two.edges, ...second.edges },
    };
    expect(planOf(graph).picks).toEqual([
      { node: 'pick', open: 2, total: 2, gone: 0 },
      { node: 'best', open: 1, total: 1, gone: 0 },
    ]);
    const [a] = keys(planOf(graph), 'a');
    const one = planOf(change(graph, choose('string red', a!)));
    expect(tasks(one, 'best')[0]!.gathered!.map(pickId)).toEqual([a]);
  });

  it('is seen through: the picture, its edit, its original and how it was made are those of the chosen one', () => {
    const [a] = keys(planOf(start()), 'a');
    const plan = planOf(change(start(), choose('string red', a!)));
    const [pick] = tasks(plan, 'pick');
    const image = picture('e');
    const lookup = (key: string): Known | undefined => (key === a ? { status: 'done', outputs: { image } } : undefined);
    expect(pictureOf(plan, pick!, lookup)).toBe(image);
    expect(nearestEdit(plan, pick!)!.key).toBe(a);
    expect(originalOf(plan, pick!, lookup)).toMatchObject({ sha256: 'a'.repeat(64) });
    expect(provenanceOf(plan, pick!, lookup).steps.map(({ key }) => key)).toEqual([a]);
    expect(provenanceOf(plan, tasks(plan, 'b')[0]!, lookup).steps.map(({ key }) => key)).toEqual([
      a,
      keys(plan, 'b')[0],
    ]);
  });

  it('[P3] that is made anew touches only what is behind it', () => {
    const planner = createPlanner(types, 'test');
    const graph = start();
    const first = planner(graph);
    const second = planner(change(graph, choose('string red', keys(first, 'a')[0]!)));
    const touched = [...second.nodes.keys()].filter((id) => second.nodes.get(id) !== first.nodes.get(id));
    expect(touched).toEqual(['pick', 'b']);
  });
});

describe('[M9] planned misses are what is submitted', () => {
  /** Sweeps, maybe with duplicates; two edits; then up to two that gather; then what uses it. */
  const world = fc.record({
    prompts: fc.array(fc.constantFrom('red', 'blue', 'fail'), { minLength: 1, maxLength: 3 }),
    seeds: fc.integer({ min: 1, max: 3 }),
    over: fc.constantFrom([], ['seeds'], ['prompts'], ['seeds', 'prompts']),
    again: fc.constantFrom([], ['seeds'], ['prompts']),
    count: fc.integer({ min: 1, max: 3 }),
    struckSeeds: fc.subarray(['number 1', 'number 2', 'number 3']),
    struckTasks: fc.array(fc.nat(), { maxLength: 3 }),
    picked: fc.array(fc.nat(), { maxLength: 6 }),
    made: fc.array(fc.nat(), { maxLength: 6 }),
  });

  function graphOf({
    prompts,
    seeds,
    over,
    again,
    count,
  }: typeof world extends fc.Arbitrary<infer T> ? T : never): Graph {
    return sketch(
      {
        photo: ['load-image', { picture: picture() }],
        prompts: ['prompt-sweep', { prompts: prompts.join('\n') }],
        seeds: ['seed-sweep', { first: 1, count: seeds }],
        a: ['edit'],
        twin: ['edit', { seed: 1 }],
        b: ['edit', { prompt: 'b' }],
        pick: ['pick', { over, count }],
        c: ['edit', { prompt: 'c' }],
        collect: ['collect', { over: again }],
        sheet: ['sheet'],
        pile: ['pile', { over: count > 1 ? ['pick'] : [] }],
        out: ['save'],
      },
      'photo.image > a.image',
      'photo.image > twin.image',
      'prompts.text > a.prompt',
      'prompts.text > twin.prompt',
      'seeds.seed > a.seed',
      'a.image > b.image',
      'b.image > pick.image',
      'pick.image > c.image',
      'a.image > collect.image',
      'collect.images > sheet.images',
      'c.image > pile.image',
      'c.image > out.image',
    );
  }

  it('with strikes, picks, lists and duplicates, whatever was made before and whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (drawn) => {
        let graph = graphOf(drawn);
        const [b, a] = [keys(planOf(graph), 'b'), keys(planOf(graph), 'a')];
        const { axes } = planOf(graph).nodes.get('pick')!;
        const rest = axes.filter(({ id }) => id !== 'node pick');
        const chosen = drawn.picked.map((n) => b[n % b.length]!);
        const choices = Object.fromEntries(
          Array.from({ length: countPoints(rest) }, (_, i) => [pointName(rest, i), { picked: chosen, at: 1 }]),
        );
        graph = change(
          graph,
          { type: 'setParam', node: 'pick', name: 'choices', value: choices },
          { type: 'strikeValues', node: 'seeds', values: drawn.struckSeeds, struck: true },
          {
            type: 'strikeTasks',
            firstKeys: drawn.struckTasks.map((n) => [...a, ...b][n % (a.length + b.length)]!),
            struck: true,
          },
        );
        const plan = planOf(graph);
        expect(plan.errors).toEqual([]);
        const every = [...plan.nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ key }) => key ?? []));
        const done = new Set(drawn.made.map((n) => every[n % every.length]!));
        const known = (key: string): Known | undefined =>
          done.has(key) ? { status: 'done', outputs: { image: artifactOf(key) } } : undefined;
        const count = countPlan(plan, known);

        const fake = fakeServices({ immediate: true });
        const ended = new Set<string>();
        await execute({
          plan,
          services: fake.services,
          lookup: known,
          emit: (event) =>
            'key' in event && (event.type === 'blocked' || event.type === 'failed') && ended.add(event.key),
          signal: new AbortController().signal,
          limit: 3,
        });
        const edits = new Set(
          [...plan.nodes.values()].flatMap(({ type, tasks }) =>
            type!.uses === 'edits' ? tasks.flatMap(({ key }) => key ?? []) : [],
          ),
        );
        const blocked = [...ended].filter((key) => edits.has(key) && !fake.calls.includes(key));
        expect(new Set(fake.calls).size).toBe(fake.calls.length);
        expect(fake.calls.length + blocked.length).toBe(count.toPay);
        const idle = new Set(
          [...plan.nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ key, idle }) => (key && idle ? [key] : []))),
        );
        const live = new Set(
          [...plan.nodes.values()].flatMap(({ tasks }) =>
            tasks.flatMap(({ key, idle }) => (key && !idle ? [key] : [])),
          ),
        );
        for (const key of fake.calls) expect([key, idle.has(key) && !live.has(key)]).toEqual([key, false]);
      }),
      { numRuns: 80 },
    );
  });
});
