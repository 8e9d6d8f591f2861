import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunLimits } from '../../graphs/allowance.ts';
import { valueId } from '../../graphs/axes.ts';
import { applyChange } from '../../graphs/changes.ts';
import { EditError, toPayCode } from '../../graphs/errors.ts';
import { execute } from '../../graphs/execute.ts';
import type { Graph } from '../../graphs/graph.ts';
import { countPlan, type Known, type Lookup } from '../../graphs/known.ts';
import type { MakingOrder } from '../../graphs/making-order.ts';
import { makePlan, type Plan } from '../../graphs/plan.ts';
import { reduceRun, startRun, type RunEvent } from '../../graphs/run.ts';
import { countWanted } from '../../graphs/wanted.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf, fakeServices } from '../support/fake-services.ts';
import { picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Parameters<typeof makePlan>[0]) => makePlan(graph, nodeTypes, 'test');

/** Seeds before the first edit, a second edit behind it, and a file for each. */
const sweep = (seeds: number, prompt = 'orange') =>
  planOf(
    sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { first: 1, count: seeds }],
        a: ['edit', { prompt }],
        b: ['edit', { prompt: 'grey', seed: 1 }],
        save: ['save', { name: 'x' }],
      },
      'photo.image > a.image',
      'seeds.seed > a.seed',
      'a.image > b.image',
      'b.image > save.image',
    ),
  );

type Options = {
  lookup?: Lookup;
  limits?: RunLimits;
  wanted?: ReadonlySet<string>;
  order?: MakingOrder;
  fake?: ReturnType<typeof fakeServices>;
};

async function run(plan: Plan, { lookup = () => undefined, fake, ...options }: Options) {
  const counting = fake ?? fakeServices({ immediate: true });
  const events: RunEvent[] = [];
  const { signal } = new AbortController();
  const emit = (event: RunEvent) => void events.push(event);
  await execute({ plan, services: counting.services, lookup, emit, signal, limit: 3, ...options });
  return { ...reduceRun(startRun(0), events, 1), calls: counting.calls, saved: counting.saved };
}

it('[X12] a run that stops after some pictures finishes what it has begun, and writes their files', async () => {
  const plan = sweep(5);
  const { calls, saved, held, tasks, status } = await run(plan, { limits: { pictures: 4, price: null } });
  expect(calls).toHaveLength(4);
  // Three begin at once; the fourth is the second edit of the first.
  expect(saved).toHaveLength(1);
  expect([held, status]).toEqual(['pictures', 'ended']);
  expect([...tasks.values()].filter(({ status }) => status === 'cancelled')).toHaveLength(15 - 4 - 1);
});

it('[X12] what failed without being accepted makes room for another picture', async () => {
  const plan = planOf(
    sketch(
      {
        photo: ['load-image', { picture: picture() }],
        prompts: ['prompt-sweep', { prompts: 'fail one\ntwo\nthree\nfour' }],
        a: ['edit', { seed: 1 }],
      },
      'photo.image > a.image',
      'prompts.text > a.prompt',
    ),
  );
  const { calls, held, spent } = await run(plan, { limits: { pictures: 2, price: 0.05 } });
  expect(calls).toHaveLength(3);
  expect(held).toBe('pictures');
  // Nobody knows whether the failed one was free.
  expect(spent).toEqual({ edits: 3, dollars: expect.closeTo(0.15), untold: 0 });
});

it('[M11] a budget is never gone over: what is under way counts with its price', async () => {
  const { calls, held, spent } = await run(sweep(5), { limits: { budget: 0.17, price: 0.05 } });
  expect(calls).toHaveLength(3);
  expect(held).toBe('budget');
  expect(spent).toEqual({ edits: 3, dollars: expect.closeTo(0.15), untold: 0 });
});

it('[M11] a budget of exactly three edits is three edits, whatever the cents add up to', async () => {
  const { calls } = await run(sweep(5), { limits: { dollars: 0.3, price: 0.1 } });
  expect(calls).toHaveLength(3);
});

it('[M11] with a budget and no price nothing is begun: an unknown price is not counted as nothing', async () => {
  const { calls, held } = await run(sweep(2), { limits: { budget: 5, price: null } });
  expect(calls).toEqual([]);
  expect(held).toBe('budget');
});

it('[M11] an edit that cost more than was said makes the next ones count as much', async () => {
  const fake = fakeServices({ immediate: true });
  const { edits } = fake.services;
  const dear: (typeof edits)['edit'] = async (request) => {
    const { outputs } = await edits.edit(request);
    return { outputs, known: { status: 'done', outputs, making: { price: 0.2 } } };
  };
  const services = { ...fake.services, edits: { edit: dear } };
  const { calls, spent } = await run(sweep(9), {
    fake: { ...fake, services },
    limits: { budget: 0.9, price: 0.05 },
  });
  // Three at 0.05 are begun before it is known.
  expect(calls).toHaveLength(4);
  expect(spent!.dollars).toBeCloseTo(0.8);
});

it('[M11] what failed and was billed counts with what was billed', async () => {
  const fake = fakeServices({ immediate: true });
  const fail = () => Promise.reject(new EditError('It failed.', 'service-failed', 'failed', { cost: 0.04 }));
  const services = { ...fake.services, edits: { edit: fail } };
  const { spent } = await run(sweep(2), { fake: { ...fake, services }, limits: { price: 0.05 } });
  expect(spent).toEqual({ edits: 2, dollars: expect.closeTo(0.08), untold: 0 });
});

it('[M12] where the server refuses for the day, nothing more is asked of it', async () => {
  const fake = fakeServices({ immediate: true });
  let asked = 0;
  const refuse = () => {
    asked++;
    return Promise.reject(new EditError('The budget of today is used.', 'day-budget', 'cancelled', { mayCost: false }));
  };
  const services = { ...fake.services, edits: { edit: refuse } };
  const { held, spent, tasks } = await run(sweep(9), { fake: { ...fake, services } });
  expect(asked).toBe(3);
  expect(held).toBe('day');
  expect(spent).toEqual({ edits: 0, dollars: 0, untold: 0 });
  expect([...tasks.values()].filter(({ status }) => status === 'failed')).toEqual([]);
});

/** A run that finds three edits under way, of which surely nothing was made when it asks for them. */
async function runJoining(limits: RunLimits) {
  const plan = sweep(3);
  const underway = new Set(plan.nodes.get('a')!.tasks.map(({ key }) => key!));
  const fake = fakeServices({ immediate: true });
  const joined: string[] = [];
  const edit: (typeof fake.services)['edits']['edit'] = (request) => {
    if (!request.joins) return fake.services.edits.edit(request);
    joined.push(request.key);
    return Promise.reject(new EditError('It was cancelled.', toPayCode, 'cancelled', { mayCost: false }));
  };
  const services = { ...fake.services, edits: { edit } };
  const lookup: Lookup = (key) => (underway.has(key) ? { status: 'underway' } : undefined);
  const result = await run(plan, { lookup, fake: { ...fake, services }, limits });
  return { ...result, joined, underway: [...underway] };
}

it('[M1, M11] what was under way and surely was not made is asked for anew only where it fits into the budget', async () => {
  const { calls, joined, underway, held, spent, tasks } = await runJoining({ budget: 0.12, price: 0.05 });
  expect(joined).toEqual(underway);
  expect(calls).toHaveLength(2);
  expect(held).toBe('budget');
  expect(spent).toEqual({ edits: 2, dollars: expect.closeTo(0.1), untold: 0 });
  expect([...tasks.values()].filter(({ status }) => status === 'failed')).toEqual([]);
});

it('[X12] it counts among the new pictures, too, and without limits all of it is made', async () => {
  expect((await runJoining({ pictures: 2, price: null })).calls).toHaveLength(2);
  const { calls, saved } = await runJoining({ price: null });
  expect([calls.length, new Set(calls).size, saved.length]).toEqual([6, 6, 3]);
});

/** Graphs of edits behind each other and beside each other, with two sweeps. */
const graphs = fc
  .array(
    fc.record({ from: fc.nat(), seeds: fc.boolean(), prompts: fc.boolean(), same: fc.boolean(), save: fc.boolean() }),
    { minLength: 1, maxLength: 5 },
  )
  .map((edits) => {
    const nodes: Parameters<typeof sketch>[0] = {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      prompts: ['prompt-sweep', { prompts: 'one\ntwo\none' }],
    };
    const edges: string[] = [];
    edits.forEach(({ from, seeds, prompts, same, save }, i) => {
      nodes[`e${i}`] = [
        'edit',
        { ...(prompts ? {} : { prompt: same ? 'same' : `edit ${i}` }), ...(!seeds && { seed: 1 }) },
      ];
      const source = from % (i + 1);
      edges.push(`${source === 0 ? 'photo' : `e${source - 1}`}.image > e${i}.image`);
      if (seeds) edges.push(`seeds.seed > e${i}.seed`);
      if (prompts) edges.push(`prompts.text > e${i}.prompt`);
      if (save) {
        nodes[`s${i}`] = ['save', { name: `{index}-${i}` }];
        edges.push(`e${i}.image > s${i}.image`);
      }
    });
    return sketch(nodes, ...edges);
  });

const orders = fc.constantFrom<MakingOrder>(
  { type: 'as-it-comes' },
  { type: 'corners' },
  { type: 'rows', axis: 'node seeds' },
  { type: 'rows', axis: 'node prompts' },
);

/** What may be known of a key before a run. */
const standings = fc.constantFrom<'nothing' | 'done' | 'failed' | 'again' | 'unknown'>(
  'nothing',
  'nothing',
  'nothing',
  'done',
  'failed',
  'again',
  'unknown',
);

function knownOf(standing: string, key: string): Known | undefined {
  if (standing === 'done') return { status: 'done', outputs: { image: artifactOf(key) } };
  if (standing === 'failed') return { status: 'failed', message: 'No.', again: 'new-take' };
  if (standing === 'again') return { status: 'failed', message: 'No.', again: 'same' };
  return standing === 'unknown' ? { status: 'unknown', message: 'Lost.' } : undefined;
}

/** Some cells struck out, and perhaps a row. */
function withStrikes(graph: Graph, cells: readonly number[], row: boolean): Graph {
  const firstKeys = [...planOf(graph).nodes.values()].flatMap(({ tasks }) =>
    tasks.flatMap(({ firstKey }) => firstKey ?? []),
  );
  const struck = cells.map((cell) => firstKeys[cell % firstKeys.length]!);
  const cellsOut = applyChange(graph, { type: 'strikeTasks', firstKeys: struck, struck: true }).graph;
  if (!row) return cellsOut;
  return applyChange(cellsOut, { type: 'strikeValues', node: 'seeds', values: [valueId(2)], struck: true }).graph;
}

it('[M9] whatever the graph, what is struck out, known and wanted, and the order: the edits asked for are those counted to pay', async () => {
  await fc.assert(
    fc.asyncProperty(
      graphs,
      fc.array(fc.nat(), { maxLength: 3 }),
      fc.boolean(),
      fc.array(standings, { minLength: 12, maxLength: 12 }),
      orders,
      fc.option(fc.array(fc.nat(), { minLength: 1, maxLength: 4 })),
      fc.option(fc.integer({ min: 1, max: 6 })),
      async (graph, cells, row, known, order, wishes, pictures) => {
        const plan = planOf(withStrikes(graph, cells, row));
        const keys = [
          ...new Set([...plan.nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ key }) => key ?? []))),
        ];
        const lookup: Lookup = (key) => knownOf(known[Number.parseInt(key.slice(0, 6), 16) % known.length]!, key);
        const wanted = wishes && new Set(wishes.map((wish) => keys[wish % keys.length]!));
        const count = wanted ? countWanted(plan, lookup, wanted) : countPlan(plan, lookup);
        const limits = pictures === null ? undefined : { pictures, price: null };
        const { calls, held } = await run(plan, {
          lookup,
          order,
          ...(wanted && { wanted }),
          ...(limits && { limits }),
        });
        expect(calls).toHaveLength(Math.min(count.toPay, pictures ?? Infinity));
        expect(new Set(calls).size).toBe(calls.length);
        const out = [...plan.nodes.values()].flatMap(({ tasks }) =>
          tasks.flatMap(({ key, idle }) => (idle ? (key ?? []) : [])),
        );
        expect(calls.filter((key) => out.includes(key))).toEqual([]);
        expect(held).toBe(pictures !== null && count.toPay > pictures ? 'pictures' : null);
      },
    ),
    { numRuns: 150 },
  );
});
