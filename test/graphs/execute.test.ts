import fc from 'fast-check';
import { expect, it } from 'vitest';
import { execute } from '../../graphs/execute.ts';
import { countPlan, type Known, type Lookup } from '../../graphs/known.ts';
import { makePlan, type Plan } from '../../graphs/plan.ts';
import { reduceRun, startRun, type Run, type RunEvent } from '../../graphs/run.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf, fakeServices } from '../support/fake-services.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Parameters<typeof makePlan>[0]) => makePlan(graph, nodeTypes, 'test');
const nothingKnown: Lookup = () => undefined;

/** Runs a plan; `done` settles with the run state after the last event. */
function run(
  plan: Plan,
  fake: ReturnType<typeof fakeServices>,
  { lookup = nothingKnown, limit = 4, wanted }: { lookup?: Lookup; limit?: number; wanted?: ReadonlySet<string> } = {},
) {
  const controller = new AbortController();
  const events: RunEvent[] = [];
  const emit = (event: RunEvent) => void events.push(event);
  const ended = execute({
    plan,
    services: fake.services,
    lookup,
    emit,
    signal: controller.signal,
    limit,
    ...(wanted ? { wanted } : {}),
  });
  const done = ended.then((): Run => reduceRun(startRun(0), events, 1));
  return { controller, done, events };
}

/** Lets everything that is ready settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const seedsThenEdit = (count = 3) =>
  sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count }],
      a: ['edit', { prompt: 'orange' }],
      b: ['edit', { prompt: 'grey', seed: 1 }],
      c: ['edit', { prompt: 'border', seed: 1 }],
    },
    'photo.image > a.image',
    'seeds.seed > a.seed',
    'a.image > b.image',
    'b.image > c.image',
  );
const keysOf = (plan: Plan, node: string) => plan.nodes.get(node)!.tasks.map(({ key }) => key!);

it('[O1, X8] a chain is made in order, and the result of one edit is the input of the next', async () => {
  const plan = planOf(chain());
  const fake = fakeServices({ immediate: true });
  const { tasks, status } = await run(plan, fake).done;
  const [a, b, save] = ['a', 'b', 'save'].map((node) => keysOf(plan, node)[0]!);
  expect(fake.calls).toEqual([a, b]);
  expect(fake.saved).toEqual([save]);
  expect(status).toBe('ended');
  expect([...tasks.values()].map((state) => state.status)).toEqual(['done', 'done', 'done']);
});

it('[X1] with one at a time, the first end result is finished after as many edits as the graph is deep', async () => {
  const plan = planOf(seedsThenEdit());
  const fake = fakeServices({ immediate: true });
  await run(plan, fake, { limit: 1 }).done;
  const [a, b, c] = ['a', 'b', 'c'].map((node) => keysOf(plan, node));
  expect(fake.calls).toEqual([a![0], b![0], c![0], a![1], b![1], c![1], a![2], b![2], c![2]]);
});

it('[X2] a failed task blocks only what it feeds', async () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      prompts: ['prompt-sweep', { prompts: 'fine\nfail here\nfine too' }],
      a: ['edit', { seed: 1 }],
      b: ['edit', { prompt: 'grey', seed: 1 }],
    },
    'photo.image > a.image',
    'prompts.text > a.prompt',
    'a.image > b.image',
  );
  const plan = planOf(graph);
  const fake = fakeServices({ immediate: true });
  const { tasks } = await run(plan, fake).done;
  expect(keysOf(plan, 'a').map((key) => tasks.get(key)!.status)).toEqual(['done', 'failed', 'done']);
  expect(keysOf(plan, 'b').map((key) => tasks.get(key))).toEqual([
    { status: 'done' },
    { status: 'blocked', by: keysOf(plan, 'a')[1] },
    { status: 'done' },
  ]);
  expect(tasks.get(keysOf(plan, 'a')[1]!)).toEqual({ status: 'failed', code: 'test', message: 'It failed.' });
});

it('[X3] tasks with the same key are one job', async () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      a: ['edit', { prompt: 'x', seed: 1 }],
      b: ['edit', { prompt: 'x', seed: 1 }],
    },
    'photo.image > a.image',
    'photo.image > b.image',
  );
  const fake = fakeServices({ immediate: true });
  await run(planOf(graph), fake).done;
  expect(fake.calls).toHaveLength(1);
});

it('[X4] never more than the limit at once', async () => {
  const plan = planOf(seedsThenEdit(10));
  const fake = fakeServices();
  const { done } = run(plan, fake, { limit: 3 });
  await settle();
  expect(fake.calls).toHaveLength(3);
  for (let left = 30; left > 0; left--) {
    [...fake.open.values()].forEach(({ resolve }) => resolve());
    await settle();
  }
  await done;
  expect(fake.mostAtOnce()).toBe(3);
  expect(fake.calls).toHaveLength(30);
});

it('[X5] after Stop nothing new starts, and what was waiting is cancelled', async () => {
  const plan = planOf(seedsThenEdit());
  const fake = fakeServices();
  const { controller, done } = run(plan, fake, { limit: 2 });
  await settle();
  controller.abort();
  const { tasks, status } = await done;
  expect(status).toBe('stopped');
  expect(fake.calls).toHaveLength(2);
  expect(new Set([...tasks.values()].map((state) => state.status))).toEqual(new Set(['cancelled', 'blocked']));
});

it('[X6, M9] what is made is not asked for again: the calls are exactly the count’s edits to pay', async () => {
  const plan = planOf(seedsThenEdit());
  const made = new Set([...keysOf(plan, 'a'), keysOf(plan, 'b')[0]!]);
  const lookup: Lookup = (key) => (made.has(key) ? { status: 'done', outputs: { image: artifactOf(key) } } : undefined);
  const fake = fakeServices({ immediate: true });
  expect(countPlan(plan, lookup)).toMatchObject({ edits: 9, made: 4, toPay: 5 });
  await run(plan, fake, { lookup }).done;
  expect(fake.calls).toHaveLength(5);
  expect(fake.calls.filter((key) => made.has(key))).toEqual([]);
});

it('[X6] a run with everything made ends at once without a call', async () => {
  const fake = fakeServices();
  const { tasks, status } = await run(planOf(seedsThenEdit()), fake, {
    lookup: (key) => ({ status: 'done', outputs: { image: artifactOf(key) } }),
  }).done;
  expect({ calls: fake.calls, tasks: tasks.size, status }).toEqual({ calls: [], tasks: 0, status: 'ended' });
});

it.each([
  ['failed after it was accepted', { status: 'failed', message: '', again: 'new-take' }, 0],
  ['lost its answer', { status: 'unknown', message: '' }, 0],
  ['failed before it was accepted', { status: 'failed', message: '', again: 'same' }, 2],
] as [string, Known, number][])('[X7] an edit that %s', async (_, known, calls) => {
  const plan = planOf(chain());
  const stuck = keysOf(plan, 'a')[0];
  const fake = fakeServices({ immediate: true });
  await run(plan, fake, { lookup: (key) => (key === stuck ? known : undefined) }).done;
  expect(fake.calls).toHaveLength(calls);
});

it('with wanted keys, only they and what they need are made', async () => {
  const plan = planOf(seedsThenEdit());
  const fake = fakeServices({ immediate: true });
  await run(plan, fake, { wanted: new Set([keysOf(plan, 'b')[1]!]) }).done;
  expect(fake.calls).toEqual([keysOf(plan, 'a')[1], keysOf(plan, 'b')[1]]);
});

it('[P2] a plan with errors is never run', async () => {
  const plan = planOf(sketch({ e: ['edit', { prompt: 'x' }] }));
  await expect(run(plan, fakeServices()).done).rejects.toThrow(/Image is missing/);
});

it('[M9] planned misses = submitted jobs, for random graphs, sweeps and made pictures', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 2 ** 30 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (seed, size, limit) => {
        const plan = planOf(randomGraph(seed, size));
        expect(plan.errors).toEqual([]);
        const lookup: Lookup = (key) =>
          parseInt(key.slice(0, 2), 16) < 80 ? { status: 'done', outputs: { image: artifactOf(key) } } : undefined;
        const fake = fakeServices({ immediate: true });
        const { tasks } = await run(plan, fake, { lookup, limit }).done;
        expect(fake.calls.length).toBe(countPlan(plan, lookup).toPay);
        expect(new Set(fake.calls).size).toBe(fake.calls.length);
        expect(fake.mostAtOnce()).toBeLessThanOrEqual(limit);
        expect([...tasks.values()].every((state) => state.status === 'done')).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

/** Edits that feed on earlier ones, some with sweeps; the same seed gives the same graph. */
function randomGraph(seed: number, size: number) {
  let state = seed;
  const random = (below: number) => (state = (state * 1103515245 + 12345) % 2 ** 31) % below;
  const nodes: Parameters<typeof sketch>[0] = {
    photo: ['load-image', { picture: picture() }],
    seeds: ['seed-sweep', { count: 3 }],
    prompts: ['prompt-sweep', { prompts: 'a\nb' }],
  };
  const edges: string[] = [];
  for (let i = 0; i < size; i++) {
    nodes[`e${i}`] = ['edit', { prompt: `p${random(3)}`, seed: 1 + random(2) }];
    const from = random(i + 1);
    edges.push(`${from === 0 ? 'photo' : `e${from - 1}`}.image > e${i}.image`);
    if (random(4) === 0) edges.push(`seeds.seed > e${i}.seed`);
    if (random(5) === 0) edges.push(`prompts.text > e${i}.prompt`);
  }
  return sketch(nodes, ...edges);
}
