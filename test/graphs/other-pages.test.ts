import { expect, it } from 'vitest';
import type { RunLimits } from '../../graphs/allowance.ts';
import { execute } from '../../graphs/execute.ts';
import type { Known } from '../../graphs/known.ts';
import { makePlan } from '../../graphs/plan.ts';
import { reduceRun, startRun, type RunEvent } from '../../graphs/run.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { fakeServices } from '../support/fake-services.ts';
import { picture, sketch } from '../support/sketch.ts';

const underway: Known = { status: 'underway' };
const dropped: Known = { status: 'cancelled', message: 'Cancelled.', again: 'same' };

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Four edits with a file for each. What is known of them is the test's to change while the run goes on. */
function begin({ limit, limits, known: first }: { limit: number; limits: RunLimits; known?: Known }) {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 4 }],
      a: ['edit', { prompt: 'orange' }],
      save: ['save', { name: 'x' }],
    },
    'photo.image > a.image',
    'seeds.seed > a.seed',
    'a.image > save.image',
  );
  const plan = makePlan(graph, nodeTypes, 'test');
  const keys = plan.nodes.get('a')!.tasks.map(({ key }) => key!);
  const known = new Map<string, Known>(first && keys.map((key) => [key, first]));
  const { services, saved, open } = fakeServices();
  const bought: string[] = [];
  const joined: string[] = [];
  const edit: typeof services.edits.edit = (request) => {
    (request.joins ? joined : bought).push(request.key);
    return services.edits.edit(request);
  };
  const events: RunEvent[] = [];
  const ended = execute({
    plan,
    services: { ...services, edits: { edit } },
    lookup: (key) => known.get(key),
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    limit,
    limits,
  });
  /** Makes what is asked for, until nothing is left. */
  async function finish() {
    for (const _ of keys) {
      await settle();
      for (const { resolve } of open.values()) resolve();
    }
    await ended;
    const { held, spent } = reduceRun(startRun(0), events, 1);
    return { held, spent, bought, joined, saved: saved.length };
  }
  return { keys, known, bought, joined, finish };
}

it('[M11, X12] what was under way and was dropped before its turn is begun within the limits or not at all', async () => {
  const { keys, known, finish } = begin({ limit: 1, limits: { price: 0.1, budget: 0.1 }, known: underway });
  for (const key of keys.slice(1)) known.set(key, dropped);
  const { bought, joined, held, spent } = await finish();
  expect([joined, bought]).toEqual([keys.slice(0, 1), keys.slice(1, 2)]);
  expect([held, spent?.edits]).toEqual(['budget', 1]);
});

it('[X12] what another page has begun meanwhile costs this run nothing, so it goes on though its budget is used', async () => {
  const { keys, known, finish } = begin({ limit: 4, limits: { price: 0.1, budget: 0.1 } });
  for (const key of keys.slice(2)) known.set(key, underway);
  const { bought, joined, saved, held } = await finish();
  expect([bought, joined]).toEqual([keys.slice(0, 1), keys.slice(2)]);
  expect([saved, held]).toEqual([3, 'budget']);
});

it('[X12] a run of which everything was made was not held back, even if it was for a while', async () => {
  const { keys, known, finish } = begin({ limit: 4, limits: { price: null, pictures: 1 } });
  for (const key of keys.slice(1)) known.set(key, underway);
  const { saved, held } = await finish();
  expect([saved, held]).toEqual([4, null]);
});
