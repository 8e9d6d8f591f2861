import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valueId } from '../../graphs/axes.ts';
import { execute } from '../../graphs/execute.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Lookup } from '../../graphs/known.ts';
import { makePlan } from '../../graphs/plan.ts';
import { ancestorsOf, countWanted, withNeeds } from '../../graphs/wanted.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf, fakeServices } from '../support/fake-services.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Graph) => makePlan(graph, nodeTypes, 'test');
const keysAt = (plan: ReturnType<typeof planOf>, node: string) => plan.nodes.get(node)!.tasks.map(({ key }) => key!);

it('[X10] what a node in the middle needs stops there: nothing behind it is taken', () => {
  const plan = planOf(chain());
  expect(ancestorsOf(plan, ['b'])).toEqual(new Set([...keysAt(plan, 'a'), ...keysAt(plan, 'b')]));
  expect(ancestorsOf(plan, ['photo'])).toEqual(new Set());
  expect(ancestorsOf(plan, ['nobody'])).toEqual(new Set());
});

it('[P5] a count of some keys counts what they need as well, and nothing beside', () => {
  const plan = planOf(
    sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { first: 1, count: 3 }],
        a: ['edit', { prompt: 'orange' }],
        b: ['edit', { prompt: 'grey', seed: 1 }],
        save: ['save', { name: 'x' }],
      },
      'photo.image > a.image',
      'seeds.seed > a.seed',
      'a.image > b.image',
      'b.image > save.image',
    ),
  );
  const [a, b, save] = ['a', 'b', 'save'].map((node) => keysAt(plan, node));
  const lookup: Lookup = (key) => (key === a![0] ? { status: 'done', outputs: { image: artifactOf(key) } } : undefined);
  expect(countWanted(plan, lookup, new Set([b![0]!]))).toMatchObject({ edits: 2, made: 1, toPay: 1, toSave: 0 });
  expect(countWanted(plan, lookup, new Set([b![1]!, save![1]!]))).toMatchObject({ edits: 2, toPay: 2, toSave: 1 });
  expect(countWanted(plan, lookup, new Set())).toMatchObject({ edits: 0, toPay: 0 });
});

/** Edits that feed each other at random, each of them with its own words and perhaps with seeds of a sweep. */
const graphs = fc
  .array(fc.record({ from: fc.nat(), seeds: fc.boolean() }), { minLength: 1, maxLength: 8 })
  .map((edits) => {
    const nodes: Parameters<typeof sketch>[0] = {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 2 }],
    };
    const edges: string[] = [];
    const feeds: [string, string][] = [];
    edits.forEach(({ from, seeds }, i) => {
      nodes[`e${i}`] = ['edit', { prompt: `edit ${i}`, ...(seeds ? {} : { seed: 1 }) }];
      const source = from % (i + 1) === 0 ? 'photo' : `e${(from % (i + 1)) - 1}`;
      edges.push(`${source}.image > e${i}.image`);
      feeds.push([source, `e${i}`]);
      if (seeds) edges.push(`seeds.seed > e${i}.seed`);
    });
    return { graph: sketch(nodes, ...edges), feeds, count: edits.length };
  });

it('[X10] whatever the graph: run to here takes exactly the tasks of the nodes above and of the nodes themselves', () => {
  fc.assert(
    fc.property(graphs, fc.array(fc.nat(), { maxLength: 3 }), ({ graph, feeds, count }, picks) => {
      const plan = planOf(graph);
      const ends = picks.map((pick) => `e${pick % count}`);
      // Said by the edges alone: whatever leads to one of the ends.
      const above = new Set(ends);
      for (const [from, to] of [...feeds].reverse()) if (above.has(to)) above.add(from);
      const expected = new Set([...above].flatMap((node) => keysAt(plan, node)).filter((key) => key !== null));
      expect(ancestorsOf(plan, ends)).toEqual(expected);
      expect(withNeeds(plan, new Set(ends.flatMap((node) => keysAt(plan, node))))).toEqual(expected);
      expect(countWanted(plan, () => undefined, expected).toPay).toBe(expected.size);
    }),
    { numRuns: 60 },
  );
});

it('[X10] what is struck out is not made, nor what only it needs', () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 3 }, { struck: [valueId(2)] }],
      a: ['edit', { prompt: 'orange' }],
      b: ['edit', { prompt: 'grey', seed: 1 }],
    },
    'photo.image > a.image',
    'seeds.seed > a.seed',
    'a.image > b.image',
  );
  const plan = planOf(graph);
  const [a, b] = [keysAt(plan, 'a'), keysAt(plan, 'b')];
  expect(ancestorsOf(plan, ['b'])).toEqual(new Set([a[0], a[2], b[0], b[2]]));
  expect(countWanted(plan, () => undefined, new Set(b)).toPay).toBe(4);
  const cellOut = planOf({ ...graph, struck: { [plan.nodes.get('b')!.tasks[0]!.firstKey!]: true } });
  expect(ancestorsOf(cellOut, ['b'])).toEqual(new Set([a[2], b[2]]));
});

it('[X10] run to a pick makes what comes in; behind one where nobody has chosen it makes the same', () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      a: ['edit', { prompt: 'orange' }],
      pick: ['pick', {}],
      b: ['edit', { prompt: 'grey', seed: 1 }],
    },
    'photo.image > a.image',
    'seeds.seed > a.seed',
    'a.image > pick.image',
    'pick.image > b.image',
  );
  const plan = planOf(graph);
  expect(plan.errors).toEqual([]);
  const a = new Set(keysAt(plan, 'a'));
  expect(a.size).toBe(3);
  expect(ancestorsOf(plan, ['pick'])).toEqual(a);
  expect(ancestorsOf(plan, ['b'], graph.edges)).toEqual(a);
});

it('[X10, M9] whatever the graph and whatever is made: run to here submits what its count says, once, and all of it above', async () => {
  await fc.assert(
    fc.asyncProperty(
      graphs,
      fc.array(fc.nat(), { maxLength: 3 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      async ({ graph, count }, picks, made) => {
        const plan = planOf(graph);
        const every = Array.from({ length: count }, (_, i) => keysAt(plan, `e${i}`)).flat();
        const done = new Set(made.map((n) => every[n % every.length]!));
        const lookup: Lookup = (key) =>
          done.has(key) ? { status: 'done', outputs: { image: artifactOf(key) } } : undefined;
        const wanted = ancestorsOf(
          plan,
          picks.map((pick) => `e${pick % count}`),
        );
        const fake = fakeServices({ immediate: true });
        const signal = new AbortController().signal;
        await execute({ plan, services: fake.services, lookup, emit: () => {}, signal, limit: 3, wanted });
        expect(fake.calls.toSorted()).toEqual([...wanted].filter((key) => !done.has(key)).toSorted());
        expect(countWanted(plan, lookup, wanted).toPay).toBe(fake.calls.length);
      },
    ),
    { numRuns: 60 },
  );
});
