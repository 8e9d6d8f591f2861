import { expect, it } from 'vitest';
import { applyChange } from '../../graphs/changes.ts';
import { countPlan, type Known } from '../../graphs/known.ts';
import { createPlanner, makePlan } from '../../graphs/plan.ts';
import { sourcesOf } from '../../graphs/task.ts';
import * as zod from 'zod';
import { defineNode, nodeTypesOf, type NodeType } from '../../graphs/node-type.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

const SERVICE = 'offline/1/test';
const planOf = (graph: Parameters<typeof makePlan>[0], service = SERVICE) => makePlan(graph, nodeTypes, service);
const keysOf = (plan: ReturnType<typeof planOf>, node: string) => plan.nodes.get(node)!.tasks.map(({ key }) => key);

const crossed = () =>
  sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      prompts: ['prompt-sweep', { prompts: 'make it grey\nmake it blue' }],
      a: ['edit', { prompt: 'orange', seed: 9 }],
      b: ['edit', {}],
    },
    'photo.image > a.image',
    'a.image > b.image',
    'seeds.seed > b.seed',
    'prompts.text > b.prompt',
  );

it('[A1, A5] two sweeps multiply, and what does not depend on them is made once', () => {
  const plan = planOf(crossed());
  expect(plan.errors).toEqual([]);
  expect(keysOf(plan, 'a')).toHaveLength(1);
  expect(new Set(keysOf(plan, 'b')).size).toBe(6);
  expect(plan.nodes.get('b')!.axes.map(({ length }) => length)).toEqual([3, 2]);
});

it('[A1] a sweep before the first edit and one before the second cost |A| + |A|·|B| edits', () => {
  const graph = applyChange(crossed(), {
    type: 'connect',
    from: { node: 'seeds', port: 'seed' },
    to: { node: 'a', port: 'seed' },
  }).graph;
  const free = applyChange(graph, { type: 'remove', edges: ['b.seed'] }).graph;
  expect(countPlan(planOf(free), () => undefined)).toMatchObject({ edits: 3 + 3 * 2, toPay: 9 });
});

it('[A2] the same sweep met on two paths stays one axis', () => {
  const graph = applyChange(crossed(), {
    type: 'connect',
    from: { node: 'seeds', port: 'seed' },
    to: { node: 'a', port: 'seed' },
  }).graph;
  const plan = planOf(graph);
  expect(keysOf(plan, 'a')).toHaveLength(3);
  expect(plan.nodes.get('b')!.tasks.map(({ known }) => known.seed)).toEqual([1, 1, 2, 2, 3, 3]);
  expect(plan.nodes.get('b')!.tasks.map((task) => sourcesOf(task)[0]!.task.known.seed)).toEqual([1, 1, 2, 2, 3, 3]);
});

it('[A3] linked sweeps advance in step', () => {
  const linked = applyChange(crossed(), { type: 'link', nodes: ['seeds', 'prompts'], link: 'pair' }).graph;
  const two = applyChange(linked, { type: 'setParam', node: 'seeds', name: 'count', value: 2 }).graph;
  const plan = planOf(two);
  expect(plan.errors).toEqual([]);
  expect(plan.nodes.get('b')!.tasks.map(({ known }) => [known.seed, known.prompt])).toEqual([
    [1, 'make it grey'],
    [2, 'make it blue'],
  ]);
});

it('[A3] linked sweeps of different lengths are an error that names both', () => {
  const plan = planOf(applyChange(crossed(), { type: 'link', nodes: ['seeds', 'prompts'], link: 'pair' }).graph);
  expect(plan.errors).toEqual([
    {
      code: 'axis-length',
      node: 'prompts',
      message: 'Linked sweeps must have equally many values: "Seed sweep" has 3, "Prompt sweep" has 2.',
    },
  ]);
  expect(keysOf(plan, 'b')).toEqual([]);
});

it('[A3] the error goes when either of the linked sweeps gets the right length', () => {
  const planner = createPlanner(nodeTypes, SERVICE);
  const linked = applyChange(crossed(), { type: 'link', nodes: ['seeds', 'prompts'], link: 'pair' }).graph;
  expect(planner(linked).errors).toHaveLength(1);
  expect(
    planner(applyChange(linked, { type: 'setParam', node: 'seeds', name: 'count', value: 2 }).graph).errors,
  ).toEqual([]);
});

it('[A4] a value that occurs twice is two points and one edit', () => {
  const graph = applyChange(crossed(), {
    type: 'setParam',
    node: 'prompts',
    name: 'prompts',
    value: 'grey\ngrey',
  }).graph;
  const plan = planOf(graph);
  expect(keysOf(plan, 'b')).toHaveLength(6);
  expect(countPlan(plan, () => undefined).edits).toBe(1 + 3);
});

it.each([
  ['no picture chosen', { photo: ['load-image', {}] as const }, [], 'photo', 'bad-param', /Choose a picture/],
  ['an input without an edge', { e: ['edit', { prompt: 'x' }] as const }, [], 'e', 'missing-input', /Image is missing/],
  [
    'an empty prompt',
    { photo: ['load-image', { picture: picture() }] as const, e: ['edit', { prompt: '  ' }] as const },
    ['photo.image > e.image'],
    'e',
    'empty-text',
    /Prompt is empty/,
  ],
  ['a sweep of none', { s: ['seed-sweep', { count: 0 }] as const }, [], 's', 'empty-axis', /no values/],
  [
    'an empty prompt list',
    { s: ['prompt-sweep', { prompts: ' \n' }] as const },
    [],
    's',
    'bad-param',
    /at least one prompt/,
  ],
  [
    'a seed of 0',
    { photo: ['load-image', { picture: picture() }] as const, e: ['edit', { prompt: 'x', seed: 0 }] as const },
    ['photo.image > e.image'],
    'e',
    'bad-param',
    /Seed: /,
  ],
  [
    'too many seeds',
    { s: ['seed-sweep', { first: 2 ** 31 - 1, count: 2 }] as const },
    [],
    's',
    'bad-param',
    /above 2147483647/,
  ],
])('[P2] %s is told on its node, which has no tasks', (_, nodes, edges, node, code, message) => {
  const { errors, broken, tasks } = planOf(sketch(nodes, ...edges)).nodes.get(node)!;
  expect(errors).toEqual([expect.objectContaining({ node, code, message: expect.stringMatching(message) })]);
  expect({ broken, tasks }).toEqual({ broken: true, tasks: [] });
});

it('[P2] what is wrong with an edit, or with what feeds one, stops the run', () => {
  expect(planOf(sketch({ e: ['edit', { prompt: 'x' }] })).errors).toEqual([expect.objectContaining({ node: 'e' })]);
  const fed = sketch(
    { photo: ['load-image', { picture: picture() }], s: ['seed-sweep', { count: 0 }], e: ['edit', { prompt: 'x' }] },
    'photo.image > e.image',
    's.seed > e.seed',
  );
  expect(planOf(fed).errors).toEqual([expect.objectContaining({ node: 's', code: 'empty-axis' })]);
});

it('[P2] a node that does nothing and feeds nothing stops no run, whatever it lacks', () => {
  const graph = {
    ...chain(),
    nodes: { ...chain().nodes, ...sketch({ p: ['prompt-sweep'], photo2: ['load-image'] }).nodes },
  };
  const plan = planOf(graph);
  expect(plan.errors).toEqual([]);
  expect(plan.nodes.get('p')!.errors).toHaveLength(1);
});

it('[P2] an unknown node type alone does not stop a run, but what it feeds cannot run', () => {
  expect(planOf(sketch({ odd: ['of-tomorrow', { x: 1 }] })).errors).toEqual([]);
  const fed = planOf(sketch({ odd: ['of-tomorrow'], e: ['edit', { prompt: 'x' }] }, 'odd.image > e.image'));
  expect(fed.errors.map(({ code, node }) => [code, node])).toEqual([
    ['unknown-type', 'odd'],
    ['needs-broken', 'e'],
  ]);
});

it('[K1] a key is the SHA-256 of canonical JSON, written out here once', () => {
  const plan = planOf(
    sketch(
      { photo: ['load-image', { picture: picture('a') }], e: ['edit', { prompt: 'x', seed: 7 }] },
      'photo.image > e.image',
    ),
  );
  // printf '%s' '{"service":"offline/1/test","take":1,"type":"edit","values":{"enable_reflection_mode":true,"enable_thinking_mode":true,"image":{"sha256":"aaaa…"},"negative_prompt":"","output_format":"jpeg","prompt":"x","seed":7},"version":1}' | sha256sum
  expect(keysOf(plan, 'e')).toEqual(['8ae10755e74557809f644e2055bf22c9d2e667bdf12bbe55c12c4cbde2dfdd23']);
});

it('[K2] another edit service gives other keys for edits, and for all that follows them', () => {
  const offline = planOf(chain());
  const remote = planOf(chain(), 'model-api.example/stepfun-ai/stepx-edit2');
  expect(keysOf(offline, 'a')).not.toEqual(keysOf(remote, 'a'));
  expect(keysOf(offline, 'save')).not.toEqual(keysOf(remote, 'save'));
});

it('[K3] a typed prompt and seed give the same key as connected ones', () => {
  const typed = sketch(
    { photo: ['load-image', { picture: picture() }], e: ['edit', { prompt: 'x', seed: 5 }] },
    'photo.image > e.image',
  );
  const wired = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      p: ['prompt', { text: 'x' }],
      s: ['seed-sweep', { first: 5, count: 1 }],
      e: ['edit', { prompt: 'something else', seed: 77 }],
    },
    'photo.image > e.image',
    'p.text > e.prompt',
    's.seed > e.seed',
  );
  expect(keysOf(planOf(typed), 'e')).toEqual(keysOf(planOf(wired), 'e'));
});

it('[K4] a picture counts by its bytes, not by its name or size', () => {
  const other = { ...picture(), name: 'renamed.png', width: 99 };
  const graph = applyChange(chain(), { type: 'setParam', node: 'photo', name: 'picture', value: other }).graph;
  expect(keysOf(planOf(graph), 'b')).toEqual(keysOf(planOf(chain()), 'b'));
});

it('[K5] moving, renaming, resizing and another id change no key', () => {
  const moved = [
    { type: 'move', positions: { a: { x: 5, y: 5 } } } as const,
    { type: 'setTitle', node: 'a', title: 'Orange' } as const,
    { type: 'resize', node: 'a', width: 400 } as const,
  ].reduce((graph, change) => applyChange(graph, change).graph, chain());
  expect(keysOf(planOf(moved), 'b')).toEqual(keysOf(planOf(chain()), 'b'));
});

it('[K6] a new take is a new key for the edit and all behind it, and taking it back gives the old keys again', () => {
  const before = planOf(chain());
  const first = before.nodes.get('a')!.tasks[0]!.firstKey!;
  const graph = applyChange(chain(), { type: 'newTake', firstKeys: [first] }).graph;
  const after = planOf(graph);
  expect(graph.takes).toEqual({ [first]: 2 });
  expect(after.nodes.get('a')!.tasks[0]!.firstKey).toBe(first);
  expect(keysOf(after, 'a')).not.toEqual(keysOf(before, 'a'));
  expect(keysOf(after, 'b')).not.toEqual(keysOf(before, 'b'));
  expect(keysOf(planOf({ ...graph, takes: {} }), 'b')).toEqual(keysOf(before, 'b'));
});

it('[P3] planning again touches only what depends on the change', () => {
  const planner = createPlanner(nodeTypes, SERVICE);
  const before = planner(crossed());
  const graph = crossed();
  const again = planner(graph);
  const changed = applyChange(graph, { type: 'setParam', node: 'prompts', name: 'prompts', value: 'new' }).graph;
  const after = planner(changed);
  expect(after.nodes.get('a')).toBe(again.nodes.get('a'));
  expect(after.nodes.get('seeds')).toBe(again.nodes.get('seeds'));
  expect(after.nodes.get('b')).not.toBe(before.nodes.get('b'));
});

it('[P3] a moved node is not planned again, and neither is the plan', () => {
  const planner = createPlanner(nodeTypes, SERVICE);
  const graph = chain();
  const before = planner(graph);
  expect(planner(applyChange(graph, { type: 'move', positions: { a: { x: 9, y: 9 } } }).graph)).toBe(before);
});

it('[P3] remembering never changes a plan: after any change it equals one made afresh', () => {
  const planner = createPlanner(nodeTypes, SERVICE);
  let graph = crossed();
  planner(graph);
  for (const change of [
    { type: 'setParam', node: 'seeds', name: 'count', value: 4 },
    { type: 'remove', edges: ['b.seed'] },
    { type: 'connect', from: { node: 'seeds', port: 'seed' }, to: { node: 'a', port: 'seed' } },
    { type: 'connect', from: { node: 'photo', port: 'image' }, to: { node: 'b', port: 'image' } },
    { type: 'remove', nodes: ['prompts'] },
    { type: 'setParam', node: 'b', name: 'prompt', value: 'typed' },
  ] as const) {
    graph = applyChange(graph, change).graph;
    const fresh = planOf(graph);
    expect([...planner(graph).nodes.values()]).toEqual([...fresh.nodes.values()]);
    expect(planner(graph).errors).toEqual(fresh.errors);
  }
});

it('[P4] a chain of 50,000 edits plans without recursion', () => {
  const nodes: Record<string, readonly [string, Record<string, unknown>]> = {
    n0: ['load-image', { picture: picture() }],
  };
  const edges: string[] = [];
  for (let i = 1; i <= 50_000; i++) {
    nodes[`n${i}`] = ['edit', { prompt: 'x' }];
    edges.push(`n${i - 1}.image > n${i}.image`);
  }
  const plan = planOf(sketch(nodes, ...edges));
  expect(plan.errors).toEqual([]);
  expect(plan.taskCount).toBe(50_001);
});

it('[P4] sweeps that multiply beyond all reason are refused', () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      s: ['seed-sweep', { count: 1000 }],
      p: ['prompt-sweep', { prompts: Array.from({ length: 101 }, (_, i) => `p${i}`).join('\n') }],
      e: ['edit', {}],
    },
    'photo.image > e.image',
    's.seed > e.seed',
    'p.text > e.prompt',
  );
  expect(planOf(graph).errors).toEqual([expect.objectContaining({ code: 'too-many-tasks', node: 'e' })]);
});

it('[P5, M9] the count tells made, underway, stuck, unknown, forgotten, blocked, and what is to pay', () => {
  const plan = planOf(crossed());
  const keys = keysOf(plan, 'b') as string[];
  const made: Known = { status: 'done', outputs: {} };
  const known = new Map<string, Known>([
    [keysOf(plan, 'a')[0]!, made],
    [keys[0]!, made],
    [keys[1]!, { status: 'underway' }],
    [keys[2]!, { status: 'failed', message: '', again: 'new-take' }],
    [keys[3]!, { status: 'failed', message: '', again: 'same' }],
    [keys[4]!, { status: 'unknown', message: '' }],
    [keys[5]!, { status: 'forgotten', message: '' }],
  ]);
  expect(countPlan(plan, (key) => known.get(key))).toEqual({
    edits: 7,
    made: 2,
    underway: 1,
    stuck: 1,
    unknown: 1,
    forgotten: 1,
    blocked: 0,
    toPay: 1,
    struck: 0,
    toSave: 0,
  });
  const gone: Known = { status: 'failed', message: '', again: 'fetch' };
  expect(countPlan(plan, () => gone)).toMatchObject({ edits: 7, underway: 7, toPay: 0 });
  const first: Known = { status: 'failed', message: '', again: 'new-take' };
  expect(countPlan(plan, (key) => (key === keysOf(plan, 'a')[0] ? first : undefined))).toMatchObject({
    stuck: 1,
    blocked: 6,
    toPay: 0,
  });
});

it('[A1] a node whose id is the name of a link stays an axis of its own', () => {
  const graph = applyChange(crossed(), { type: 'link', nodes: ['seeds'], link: 'prompts' }).graph;
  const plan = planOf(graph);
  expect(plan.errors).toEqual([]);
  expect(keysOf(plan, 'b')).toHaveLength(6);
});

it('[P4] sweeps that multiply to too many tasks over all nodes are refused before they are all planned', () => {
  const edits = Array.from({ length: 40 }, (_, i) => `e${i}`);
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 1000 }],
      prompts: ['prompt-sweep', { prompts: '{a|b|c|d|e|f|g|h|i|j}{0|1|2|3|4}' }],
      ...Object.fromEntries(edits.map((id) => [id, ['edit', { prompt: 'x' }] as const])),
    },
    'photo.image > e0.image',
    'seeds.seed > e0.seed',
    'prompts.text > e0.prompt',
    ...edits.slice(1).map((id, i) => `e${i}.image > ${id}.image`),
  );
  const planner = createPlanner(nodeTypes, SERVICE);
  const plan = planner(graph);
  expect(plan.errors).toEqual([expect.objectContaining({ code: 'too-many-tasks' })]);
  expect(plan.taskCount).toBeLessThan(300_000);

  const fewer = planner(applyChange(graph, { type: 'setParam', node: 'seeds', name: 'count', value: 1 }).graph);
  expect(fewer.errors).toEqual([]);
  expect(keysOf(fewer, 'e39')).toHaveLength(50);
});

it('[P2] a connected prompt that is longer than the edit takes is told before anything is spent', () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      prompts: ['prompt-sweep', { prompts: `short\n${'long '.repeat(2000)}` }],
      e: ['edit', {}],
    },
    'photo.image > e.image',
    'prompts.text > e.prompt',
  );
  expect(planOf(graph).errors).toEqual([
    expect.objectContaining({ node: 'e', port: 'prompt', code: 'bad-value', message: expect.stringMatching(/8000/) }),
  ]);
});

it('[P2] a mistake of a node type in its check or its axis is an error of its node, not an exception', () => {
  const { z } = zod;
  const faulty = (type: string, part: Partial<NodeType>): NodeType => ({
    ...defineNode({
      type,
      version: 1,
      title: type,
      category: 'Sweeps',
      description: '',
      params: z.object({}),
      inputs: {},
      outputs: { text: { kind: 'text' } },
      run: () => ({ text: '' }),
    }),
    ...part,
  });
  const boom = () => {
    throw new Error('boom');
  };
  const types = nodeTypesOf([faulty('checks', { check: boom }), faulty('sweeps', { axis: boom })]);
  const plan = makePlan(sketch({ c: ['checks'], s: ['sweeps'] }), types, SERVICE);
  expect([...plan.nodes.values()].map(({ errors }) => errors[0]?.message)).toEqual(['boom', 'boom']);
});

it('[A3] a linked sweep behind another sweep sets its own length for its link', () => {
  const { z } = zod;
  const behind = defineNode({
    type: 'behind',
    version: 1,
    title: 'Behind',
    category: 'Sweeps',
    description: '',
    params: z.object({}),
    inputs: { text: { kind: 'text' } },
    outputs: { seed: { kind: 'seed' } },
    axis: () => [1, 2],
    run: ({ at }) => ({ seed: at }),
  });
  const types = nodeTypesOf([...nodeTypes.values(), behind]);
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      prompts: ['prompt-sweep', { prompts: 'grey\nblue\nred' }],
      x: ['behind', {}, { link: 'pair' }],
      y: ['behind', {}, { link: 'pair' }],
      e: ['edit', { prompt: 'x' }],
      f: ['edit', { prompt: 'x' }],
    },
    'prompts.text > x.text',
    'prompts.text > y.text',
    'photo.image > e.image',
    'x.seed > e.seed',
    'e.image > f.image',
    'y.seed > f.seed',
  );
  const plan = makePlan(graph, types, SERVICE);
  expect(plan.errors).toEqual([]);
  expect(keysOf(plan, 'f')).toHaveLength(6);
});

it('[P1] planning calls pure node types, and never one that uses a service', () => {
  const called: string[] = [];
  const watched = new Map(
    [...nodeTypes].map(([name, type]) => [
      name,
      {
        ...type,
        run: (input: never) => {
          called.push(name);
          return (type.run as (input: never) => unknown)(input);
        },
      } as typeof type,
    ]),
  );
  makePlan(seedsThenSave(), watched, 'test');
  expect(new Set(called)).toEqual(new Set(['load-image', 'seed-sweep']));
});

const seedsThenSave = () =>
  sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      a: ['edit', { prompt: 'orange' }],
      save: ['save', { name: '{index}' }],
    },
    'photo.image > a.image',
    'seeds.seed > a.seed',
    'a.image > save.image',
  );
