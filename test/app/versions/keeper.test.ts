import { expect, it } from 'vitest';
import { createDocument } from '../../../app/document.ts';
import { createPlans } from '../../../app/plans.ts';
import { createRuns } from '../../../app/runs.ts';
import { createVersions } from '../../../app/versions/keeper.ts';
import { openVersions } from '../../../app/versions/open.ts';
import { emptyGraph } from '../../../graphs/graph.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { artifactOf, fakeServices } from '../../support/fake-services.ts';
import { chain, picture, sketch } from '../../support/sketch.ts';
import { memoryVersions } from '../../support/version-storage.ts';

const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** The page's parts without a page, with a graph that was opened as the draft of last time. */
function setUp() {
  const fake = fakeServices({ immediate: true });
  const memory = memoryVersions();
  const schedule = (work: () => void) => queueMicrotask(work);
  const errors: Error[] = [];
  const loads = { fail: null as Error | null, count: 0 };
  const onError = (error: unknown) => void errors.push(error as Error);
  const cache = { lookUp: async () => new Map() };
  const document = createDocument({ get: async () => undefined, set: async () => undefined }, nodeTypes);
  const plans = createPlans({ document, nodeTypes, cache, schedule, onError });
  const runs = createRuns({ plans, services: { ...fake.services, cache }, limit: () => 4, schedule });
  const versions = createVersions({
    document,
    plans,
    runs,
    onError,
    load: async () => {
      loads.count++;
      if (loads.fail) throw loads.fail;
      return openVersions(nodeTypes, memory.storage);
    },
  });
  document.open({ title: 'T', graph: chain() });
  plans.setService('test');
  const listed = async () => (await (await versions.book()).list()).versions;
  const keyOf = (node: string) => plans.get().plan.nodes.get(node)!.tasks[0]!.key!;
  return { ...fake, ...memory, document, plans, runs, versions, listed, errors, loads, keyOf };
}

it('[R1] keeps a version when a run begins, which the run’s pictures stand for when it has ended', async () => {
  const { runs, listed, keyOf } = setUp();
  await runs.start();
  expect(await listed()).toMatchObject([{ title: 'T', reason: 'run', pictures: [picture('a').sha256] }]);
  await settle();
  expect(runs.get().run?.status).toBe('ended');
  expect(await listed()).toMatchObject([{ reason: 'run', pictures: [artifactOf(keyOf('b')).sha256] }]);
});

it('[R1] keeps the graph before another one is opened in its place, unless it is empty', async () => {
  const { document, listed, versions } = setUp();
  document.change({ type: 'setParam', node: 'a', name: 'prompt', value: 'mine' });
  document.open({ title: 'Untitled', graph: emptyGraph });
  document.open({ title: 'Other', graph: sketch({ words: ['prompt', { text: 'x' }] }) });
  const list = await listed();
  expect(list).toMatchObject([{ title: 'T', reason: 'open', first: true }]);
  expect((await (await versions.book()).read(list[0]!.id)).graph.nodes.a!.params.prompt).toBe('mine');
  await versions.keepNow('asked', 'Mine');
  expect((await listed()).map(({ title, document: of }) => [title, of === list[0]!.document])).toEqual([
    ['Other', false],
    ['T', true],
  ]);
});

it('[R1] a tab that only looks on keeps nothing by itself', async () => {
  const { document, runs, listed } = setUp();
  document.setReadOnly('This graph is open in another tab.');
  await runs.start();
  document.follow({ title: 'Theirs', graph: sketch({ words: ['prompt', { text: 'x' }] }), isOther: true });
  await settle();
  expect(await listed()).toEqual([]);
});

it.each([
  ['cannot be written', (world: ReturnType<typeof setUp>) => (world.fault.next = new Error('the disk is full'))],
  ['cannot be loaded', (world: ReturnType<typeof setUp>) => (world.loads.fail = new Error('no network'))],
])('[R1] where a version %s this is told, with the reason, and the run goes on', async (_, spoil) => {
  const world = setUp();
  const { runs, calls, errors, versions, fault, loads } = world;
  const { message } = spoil(world);
  await runs.start();
  await settle();
  expect(runs.get().run?.status).toBe('ended');
  expect(calls).toHaveLength(2);
  expect(errors.map((error) => error.message)).toEqual([`A version of this graph could not be kept: ${message}`]);
  fault.next = null;
  loads.fail = null;
  expect(await versions.keepNow('asked', 'Now')).toMatchObject({ name: 'Now' });
});

it('loads what it needs with the first version, once', async () => {
  const { loads, versions, document } = setUp();
  expect(loads.count).toBe(0);
  document.setTitle('Two');
  await Promise.all([versions.keepNow('asked', 'One'), versions.keepNow('asked', 'Two')]);
  expect(loads.count).toBe(1);
});
