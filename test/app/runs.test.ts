import { expect, it } from 'vitest';
import { createDocument } from '../../app/document.ts';
import { createPlans } from '../../app/plans.ts';
import { createRuns } from '../../app/runs.ts';
import { EditError } from '../../graphs/errors.ts';
import type { Known } from '../../graphs/known.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf, fakeServices } from '../support/fake-services.ts';
import { chain } from '../support/sketch.ts';

/** The page's parts without a page: a cache that the test fills, edits that the test ends. */
function setUp(options: { immediate?: boolean; begun?: boolean; known?: Map<string, Known> } = {}) {
  const fake = fakeServices(options);
  const asked: string[][] = [];
  const server = { down: false, slow: null as Promise<void> | null };
  const known = options.known ?? new Map<string, Known>();
  const cache = {
    lookUp: async (keys: readonly string[]) => {
      if (server.down) throw new Error('no server');
      asked.push([...keys]);
      const found = new Map([...known].filter(([key]) => keys.includes(key)));
      await server.slow;
      return found;
    },
  };
  const storage = { get: async () => undefined, set: async () => undefined };
  const document = createDocument(storage, nodeTypes);
  const schedule = (work: () => void) => queueMicrotask(work);
  const errors: unknown[] = [];
  const plans = createPlans({ document, nodeTypes, cache, schedule, onError: (error) => errors.push(error) });
  const runs = createRuns({ plans, services: { ...fake.services, cache }, limit: () => 4, schedule, now: () => 0 });
  document.open({ title: 'T', graph: chain() });
  plans.setService('test');
  const keyOf = (node: string) => plans.get().plan.nodes.get(node)!.tasks[0]!.key!;
  return { ...fake, server, asked, known, document, plans, runs, keyOf, errors };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const done = (key: string): Known => ({ status: 'done', outputs: { image: artifactOf(key) } });

it('[M1] a double press of Run starts one run and asks for each edit once', async () => {
  const { runs, calls } = setUp({ immediate: true });
  const [first, second] = await Promise.all([runs.start(), runs.start()]);
  await settle();
  expect([first, second]).toEqual([{ started: true }, { started: false, reason: 'running' }]);
  expect(calls).toHaveLength(2);
});

it('with everything made there is nothing to run', async () => {
  const { runs, known, keyOf, calls } = setUp({ immediate: true });
  for (const node of ['a', 'b', 'save']) known.set(keyOf(node), done(keyOf(node)));
  expect(await runs.start()).toEqual({ started: false, reason: 'nothing-to-do' });
  expect(calls).toEqual([]);
});

it('[P5] the count follows the graph, and asks only for keys it has not asked for', async () => {
  const { plans, document, asked, keyOf, known } = setUp();
  await settle();
  expect(plans.get()).toMatchObject({ counted: true, count: { edits: 2, made: 0, toPay: 2, toSave: 1 } });
  const [a, b] = [keyOf('a'), keyOf('b')];
  known.set(keyOf('a'), done(a));
  document.change({ type: 'setParam', node: 'b', name: 'prompt', value: 'make it blue' });
  await settle();
  expect(asked.at(-1)).not.toContain(a);
  plans.learn(new Map([[a, done(a)]]));
  await settle();
  expect(plans.get().count).toMatchObject({ edits: 2, made: 1, toPay: 1 });
  document.undo();
  expect(keyOf('b')).toBe(b);
});

it('Run looks afresh first: a picture that is gone from the disk is not counted as made', async () => {
  const { plans, runs, known, keyOf, calls } = setUp({ immediate: true });
  await settle();
  plans.learn(new Map(['a', 'b', 'save'].map((node) => [keyOf(node), done(keyOf(node))])));
  await settle();
  expect(plans.get().count.toPay).toBe(0);
  known.clear();
  await runs.start();
  await settle();
  expect(calls).toEqual([keyOf('a'), keyOf('b')]);
});

it('[P2] a graph with a problem is not run, and the problem is told', async () => {
  const { document, runs, calls } = setUp({ immediate: true });
  document.change({ type: 'setParam', node: 'a', name: 'prompt', value: '' });
  expect(await runs.start()).toMatchObject({
    started: false,
    reason: 'errors',
    errors: [{ node: 'a', code: 'empty-text' }],
  });
  expect(calls).toEqual([]);
});

it('[X5] after Stop, what had not begun shows nothing again, and Run takes it up', async () => {
  const { runs, keyOf, calls } = setUp();
  await runs.start();
  await settle();
  expect(runs.viewOf(keyOf('b'))).toEqual({ status: 'waiting' });
  runs.stop();
  expect(runs.get().stopping).toBe(true);
  await settle();
  expect(runs.get()).toMatchObject({ stopping: false, run: { status: 'stopped' } });
  expect(runs.viewOf(keyOf('b'))).toMatchObject({ status: 'blocked' });
  await runs.start();
  await settle();
  expect(calls).toEqual([keyOf('a'), keyOf('a')]);
});

it('[X5, M8] after Stop another run may begin at once: what is still being made is joined, and arrives for both', async () => {
  const { runs, plans, keyOf, calls, open } = setUp({ begun: true });
  await runs.start();
  await settle();
  const [a, b] = [keyOf('a'), keyOf('b')];
  const first = open.get(a)!;
  runs.stop();
  expect(runs.get()).toMatchObject({ stopping: true, run: { status: 'stopped' } });
  expect(runs.isBusy()).toBe(false);
  expect(await runs.start()).toEqual({ started: true });
  await settle();
  expect(calls).toEqual([a, a]);
  first.resolve();
  await settle();
  expect(runs.get().stopping).toBe(false);
  expect(plans.lookup(a)?.status).toBe('done');
  expect(runs.get().run?.status).toBe('running');
  open.get(a)!.resolve();
  await settle();
  expect(calls).toEqual([a, a, b]);
});

it('[X8] what a stopped run still tells does not touch the run after it', async () => {
  const { runs, keyOf, open, document } = setUp({ begun: true });
  await runs.start();
  await settle();
  const a = keyOf('a');
  runs.stop();
  document.change({ type: 'setParam', node: 'a', name: 'seed', value: 99 });
  await runs.start();
  await settle();
  open.get(a)!.reject(new Error('It failed after all.'));
  await settle();
  expect(runs.get().run?.tasks.has(a)).toBe(false);
  expect(runs.get().run?.tasks.get(keyOf('a'))?.status).toBe('running');
});

it('[M4] an unknown outcome blocks only what it feeds, and what the book learns of it later is shown', async () => {
  const { runs, plans, keyOf, open } = setUp({ begun: true });
  await runs.start();
  await settle();
  const a = keyOf('a');
  open.get(a)!.reject(new EditError('The answer was lost.', 'lost', 'unknown'));
  await settle();
  expect(runs.get().run?.status).toBe('ended');
  expect(runs.viewOf(a)?.status).toBe('unknown');
  expect(runs.viewOf(keyOf('b'))?.status).toBe('blocked');
  plans.learn(new Map([[a, { status: 'forgotten', message: 'Let rest.' }]]));
  expect(runs.viewOf(a)?.status).toBe('forgotten');
  plans.learn(new Map([[a, done(a)]]));
  expect(runs.viewOf(keyOf('b'))).toBe(undefined);
});

it('while the server cannot be asked the count is not trusted, and it is asked again with the next change', async () => {
  const { plans, document, errors, server } = setUp();
  await settle();
  server.down = true;
  document.change({ type: 'setParam', node: 'a', name: 'seed', value: 99 });
  await settle();
  expect(plans.get().counted).toBe(false);
  expect(errors).not.toEqual([]);
  server.down = false;
  document.change({ type: 'setParam', node: 'a', name: 'seed', value: 100 });
  await settle();
  expect(plans.get().counted).toBe(true);
});

it('what is learned while a question is under way is newer than its answer', async () => {
  const { plans, document, server, known, keyOf } = setUp();
  await settle();
  let answer = (): void => undefined;
  server.slow = new Promise((resolve) => (answer = resolve));
  document.change({ type: 'setParam', node: 'a', name: 'seed', value: 99 });
  known.set(keyOf('a'), { status: 'underway' });
  await settle();
  plans.learn(new Map([[keyOf('a'), done(keyOf('a'))]]));
  answer();
  await settle();
  expect(plans.lookup(keyOf('a'))?.status).toBe('done');
});

it('when the server is back, what was underway is asked for again', async () => {
  const { plans, document, known, keyOf } = setUp();
  document.change({ type: 'setParam', node: 'a', name: 'seed', value: 99 });
  known.set(keyOf('a'), { status: 'underway' });
  await settle();
  expect(plans.get().count).toMatchObject({ underway: 1 });
  known.set(keyOf('a'), done(keyOf('a')));
  plans.retry();
  await settle();
  expect(plans.get().count).toMatchObject({ underway: 0, made: 1 });
});

it('[P5] a question about a graph that is no longer open does not put its count in place of the open one’s', async () => {
  const { plans, document, server } = setUp();
  await settle();
  let answer = () => {};
  server.slow = new Promise((resolve) => (answer = resolve));
  const asked = plans.refresh();
  document.open({ title: 'Empty', graph: { nodes: {}, edges: {}, takes: {} } });
  const told: unknown[] = [];
  plans.store.subscribe(({ plan, count, counted }) => {
    if (counted && plan.nodes.size === 0) told.push(count.edits);
  });
  answer();
  expect(await asked).toMatchObject({ edits: 2 });
  await settle();
  expect(told.filter((edits) => edits !== 0)).toEqual([]);
  expect(plans.get()).toMatchObject({ counted: true, count: { edits: 0 } });
});
