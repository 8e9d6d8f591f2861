import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDocument } from '../../app/document.ts';
import { createMaking } from '../../app/making.ts';
import { createPlans } from '../../app/plans.ts';
import { createRuns } from '../../app/runs.ts';
import { createStarting } from '../../app/starting.ts';
import type { SettingsReply } from '../../app/settings-wire.ts';
import { failuresOf } from '../../graphs/failures.ts';
import { emptyGraph } from '../../graphs/graph.ts';
import { nodeTypes } from '../../nodes/index.ts';
import type { Known } from '../../graphs/known.ts';
import { artifactOf, fakeServices } from '../support/fake-services.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

type Settings = Partial<SettingsReply['settings']> & {
  kind?: 'offline' | 'remote';
  price?: number | null;
  token?: boolean;
};

function setUp({ kind = 'remote', price = 0.05, token = true, ...settings }: Settings = {}) {
  const fake = fakeServices({ immediate: true });
  const schedule = (work: () => void) => queueMicrotask(work);
  const storage = { get: async () => undefined, set: async () => undefined };
  const document = createDocument(storage, nodeTypes);
  const plans = createPlans({ document, nodeTypes, cache: fake.services.cache, schedule, onError: () => undefined });
  const runs = createRuns({ plans, services: fake.services, limit: () => 1, schedule, now: () => 0 });
  const making = createMaking(document);
  const reply: SettingsReply = {
    settings: {
      service: 'auto',
      baseUrl: 'https://model-api.example',
      inFlight: 1,
      offlineDelay: 0,
      askAbove: 200,
      runBudget: null,
      dayBudget: null,
      timeZone: null,
      ...settings,
    },
    service: { id: 'test', kind, model: 'm', label: 'Test', price, outputsFolder: '/' },
    token: token ? { present: true, source: 'file' } : { present: false, source: 'none' },
  };
  const settledAs: [string, ...string[]][] = [];
  const settle = async (keys: readonly string[], as: string) => void settledAs.push([as, ...keys]);
  let now = reply;
  const elsewhere: { reply: SettingsReply; wait?: Promise<void> } = { reply };
  const look = async () => {
    await elsewhere.wait;
    now = elsewhere.reply;
  };
  const starting = createStarting({ document, plans, runs, making: making.get, reply: () => now, look, settle });
  document.open({ title: 'T', graph: chain() });
  plans.setService('test');
  const firstKeyOf = (node: string) => plans.get().plan.nodes.get(node)!.tasks[0]!.firstKey!;
  const keyOf = (node: string) => plans.get().plan.nodes.get(node)!.tasks[0]!.key!;
  return { ...fake, document, plans, runs, making, starting, reply, elsewhere, firstKeyOf, keyOf, settledAs };
}

/** Three seeds, and a second edit behind each. */
const sweptChain = sketch(
  {
    photo: ['load-image', { picture: picture() }],
    seeds: ['seed-sweep', { first: 1, count: 3 }],
    a: ['edit', { prompt: 'orange' }],
    b: ['edit', { prompt: 'grey', seed: 1 }],
  },
  'photo.image > a.image',
  'seeds.seed > a.seed',
  'a.image > b.image',
);

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('[M14] with more new pictures than the limit nothing is begun before the question is answered', async () => {
  const { starting, calls } = setUp({ askAbove: 1 });
  expect(await starting.start()).toMatchObject({ started: false, reason: 'ask', count: { toPay: 2 } });
  expect(calls).toEqual([]);
  expect(await starting.start(undefined, { first: 1 })).toEqual({ started: true });
  await settled();
  expect(calls).toHaveLength(1);
});

it('[M14] a run that stops by itself in time needs no question', async () => {
  const { starting, making, runs, calls } = setUp({ askAbove: 1 });
  making.choose({ stop: { pictures: 1 } });
  expect(await starting.start()).toEqual({ started: true });
  await settled();
  expect(calls).toHaveLength(1);
  expect(runs.get().run).toMatchObject({ status: 'ended', held: 'pictures', spent: { edits: 1, dollars: 0.05 } });
});

it('[M14] a new take above the limit changes nothing before the question is answered', async () => {
  const { starting, document, firstKeyOf, keyOf, calls } = setUp({ askAbove: 1 });
  const before = document.get().graph;
  const firstKeys = [firstKeyOf('a'), firstKeyOf('b')];
  expect(await starting.newTake(firstKeys)).toMatchObject({ reason: 'ask', count: { toPay: 2 } });
  expect(document.get().graph).toBe(before);
  expect(await starting.newTake(firstKeys, { many: true })).toEqual({ started: true });
  await settled();
  expect(calls).toHaveLength(2);
  // The second one stands behind the first: both are made anew, under new keys.
  expect(calls).toEqual([keyOf('a'), keyOf('b')]);
  expect(calls.filter((key) => firstKeys.includes(key))).toEqual([]);
});

it('[M14] retrying above the limit changes nothing before the question is answered, and then is one take', async () => {
  const { starting, document, plans, firstKeyOf, keyOf, calls } = setUp({ askAbove: 1 });
  const first = firstKeyOf('a');
  plans.learn(new Map([[first, { status: 'failed', message: 'No.', again: 'new-take' }]]));
  const before = document.get().graph;
  const failures = { same: [], newTake: [first] };
  // The second edit waits for the first: both would be made.
  expect(await starting.retry(failures)).toMatchObject({ started: false, reason: 'ask', count: { toPay: 2 } });
  expect(document.get().graph).toBe(before);
  expect(await starting.retry(failures, { many: true })).toEqual({ started: true });
  await settled();
  expect(document.get().graph.takes).toEqual({ [first]: 2 });
  expect(calls).toEqual([keyOf('a'), keyOf('b')]);
});

it('[M14] what a new take needs besides is counted in the question', async () => {
  const { starting, document, firstKeyOf } = setUp({ askAbove: 1 });
  const before = document.get().graph;
  expect(await starting.newTake([firstKeyOf('b')])).toMatchObject({ reason: 'ask', count: { toPay: 2 } });
  expect(document.get().graph).toBe(before);
});

/** How many edits were asked for by a press, after its question named `said` of them. */
async function pressed(world: ReturnType<typeof setUp>, wish: { same: string[]; newTake: string[] }, isRetry: boolean) {
  const { starting, calls } = world;
  const { count } = await starting.reckon({ same: isRetry ? wish.same : null, newTake: wish.newTake });
  const before = calls.length;
  const answers = { said: count.toPay };
  await (isRetry ? starting.retry(wish, answers) : starting.newTake(wish.newTake, answers));
  for (let i = 0; i < 20; i++) await settled();
  return { said: count.toPay, bought: calls.length - before };
}

it('[M9] the question before a new take names what has to be made before it, too, and changes nothing', async () => {
  const world = setUp();
  const { document, firstKeyOf } = world;
  const { graph } = document.get();
  expect((await world.starting.reckon({ same: null, newTake: [firstKeyOf('b')] })).count.toPay).toBe(2);
  expect(document.get().graph).toBe(graph);
  expect(await pressed(world, { same: [], newTake: [firstKeyOf('b')] }, false)).toEqual({ said: 2, bought: 2 });
});

it('[M9] the question before a retry names what waits for the new takes, too', async () => {
  const world = setUp();
  const first = world.firstKeyOf('a');
  world.services.cache.lookUp = async (keys) =>
    new Map(
      keys.flatMap((key) => (key === first ? [[key, { status: 'failed', message: 'No.', again: 'new-take' }]] : [])),
    );
  await world.plans.refresh();
  expect(await pressed(world, { same: [], newTake: [first] }, true)).toEqual({ said: 2, bought: 2 });
});

it('[M9] where more would be bought than the question said, nothing is, and it has to be asked anew', async () => {
  const { starting, document, firstKeyOf, calls } = setUp();
  const before = document.get().graph;
  expect(await starting.newTake([firstKeyOf('b')], { said: 1 })).toMatchObject({ started: false, reason: 'more' });
  expect([calls, document.get().graph]).toEqual([[], before]);
});

it('[M9, M14] what the question before a large run named is what is bought, also where pictures are gone by then', async () => {
  const { starting, plans, calls, services, keyOf } = setUp({ askAbove: 0 });
  const made = new Map<string, Known>([[keyOf('a'), { status: 'done', outputs: { image: artifactOf(keyOf('a')) } }]]);
  services.cache.lookUp = async () => made;
  await plans.refresh();
  expect(await starting.start()).toMatchObject({ reason: 'ask', count: { toPay: 1 } });
  made.clear();
  const more = { started: false, reason: 'more', count: { toPay: 2 } };
  expect(await starting.start(undefined, { many: true, said: 1 })).toMatchObject(more);
  expect(await starting.start(new Set([keyOf('b')]), { many: true, said: 1 })).toMatchObject(more);
  expect(calls).toEqual([]);
  expect(await starting.start(undefined, { many: true, said: 2 })).toEqual({ started: true });
});

/** An edit whose answer was lost. */
function withLostAnswer() {
  const world = setUp();
  const first = world.firstKeyOf('a');
  const book = new Map<string, Known>([[first, { status: 'unknown', message: 'Lost.' }]]);
  world.services.cache.lookUp = async () => book;
  world.plans.learn(book);
  return { ...world, first, book };
}

it('[P2, M4] while there is an error anywhere, a new take and a retry change nothing, and nothing is counted as lost', async () => {
  const { starting, document, first, calls, settledAs } = withLostAnswer();
  const { a, seeds } = { ...chain().nodes, ...sweptChain.nodes };
  document.change({ type: 'add', nodes: [{ ...a!, id: 'z' }, { ...seeds! }] });
  const { graph } = document.get();
  expect(await starting.newTake([first])).toMatchObject({ reason: 'errors', errors: [{ node: 'z' }] });
  expect(await starting.retry({ same: [], newTake: [first] })).toMatchObject({ reason: 'errors' });
  expect([calls, settledAs, document.get().graph]).toEqual([[], [], graph]);
});

it('[M4, M9] a take that no run comes to is taken back, and what it stands in for is not counted as lost', async () => {
  const { starting, document, first, calls, settledAs, services, book } = withLostAnswer();
  const { graph } = document.get();
  let isAway = true;
  services.cache.lookUp = async () => {
    if (isAway && document.get().graph !== graph) throw new Error('The server is away.');
    return book;
  };
  await expect(starting.newTake([first])).rejects.toThrow('The server is away.');
  expect([calls, settledAs, document.get().graph]).toEqual([[], [], graph]);
  isAway = false;
  expect(await starting.newTake([first])).toEqual({ started: true });
  expect([settledAs, document.get().graph.takes]).toEqual([[['lost', first]], { [first]: 2 }]);
});

it('[M9] whatever is made, failed and shown: new takes and retries buy exactly what was said', async () => {
  const standing = fc.constantFrom('nothing', 'done', 'done', 'failed', 'again');
  await fc.assert(
    fc.asyncProperty(
      fc.array(standing, { minLength: 7, maxLength: 7 }),
      fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (standings, places, isRetry) => {
        const world = setUp();
        const { document, plans, services } = world;
        document.open({ title: 'T', graph: sweptChain });
        const made = new Map<string, Known>();
        const standingOf = (key: string): Known | undefined => {
          const what = standings[Number.parseInt(key.slice(0, 6), 16) % standings.length];
          if (what === 'done') return { status: 'done', outputs: { image: artifactOf(key) } };
          if (what === 'failed') return { status: 'failed', message: 'No.', again: 'new-take' };
          return what === 'again' ? { status: 'failed', message: 'No.', again: 'same' } : undefined;
        };
        const takes1 = [...plans.get().plan.nodes.values()].flatMap(({ tasks }) =>
          tasks.flatMap(({ key }) => key ?? []),
        );
        for (const key of takes1) {
          const known = standingOf(key);
          if (known) made.set(key, known);
        }
        services.cache.lookUp = async (keys) =>
          new Map(keys.flatMap((key) => (made.has(key) ? [[key, made.get(key)!]] : [])));
        await plans.refresh();
        const edits = ['a', 'b'].flatMap((node) => plans.get().plan.nodes.get(node)!.tasks);
        const failures = failuresOf(plans.get().plan, null, plans.lookup);
        const wish = isRetry
          ? { same: [...failures.same], newTake: [...failures.newTake] }
          : { same: [], newTake: places.map((place) => edits[place]!.firstKey!) };
        if (wish.same.length + wish.newTake.length === 0) return;
        const { said, bought } = await pressed(world, wish, isRetry);
        expect(bought).toBe(said);
      },
    ),
    { numRuns: 60 },
  );
});

it('[K6] a new take that is pressed twice in a row is one take', async () => {
  const { starting, document, firstKeyOf, keyOf, calls } = setUp();
  const first = firstKeyOf('a');
  const both = [starting.newTake([first]), starting.newTake([first])];
  expect(await Promise.all(both)).toEqual([{ started: true }, { started: false, reason: 'running' }]);
  await settled();
  expect(document.get().graph.takes).toEqual({ [first]: 2 });
  expect(calls).toEqual([keyOf('a')]);
});

it('[M11, M14] limits that were set on another page hold on this one, too', async () => {
  const { starting, runs, calls, reply, elsewhere } = setUp();
  elsewhere.reply = { ...reply, settings: { ...reply.settings, askAbove: 1, runBudget: 0.07 } };
  expect(await starting.start()).toMatchObject({ started: false, reason: 'ask' });
  expect(calls).toEqual([]);
  await starting.start(undefined, { many: true });
  await settled();
  expect(calls).toHaveLength(1);
  expect(runs.get().run).toMatchObject({ held: 'budget' });
});

it('a service that was chosen on another page is paid only once its price was shown here', async () => {
  const { starting, document, calls, reply, elsewhere, firstKeyOf } = setUp({ kind: 'offline', price: 0 });
  const before = document.get().graph;
  const failures = { same: [], newTake: [firstKeyOf('a')] };
  for (const begin of [
    () => starting.start(),
    () => starting.newTake([firstKeyOf('a')]),
    () => starting.retry(failures),
  ]) {
    elsewhere.reply = { ...elsewhere.reply, service: { ...reply.service, id: `${elsewhere.reply.service.id}-other` } };
    expect(await begin()).toEqual({ started: false, reason: 'other-service' });
  }
  expect([calls, document.get().graph]).toEqual([[], before]);
});

it('[M15] without a token nothing is sent that must fail: runs, new takes and retries are refused before', async () => {
  const { starting, document, plans, runs, calls, firstKeyOf } = setUp({ token: false, askAbove: 1 });
  const first = firstKeyOf('a');
  const before = document.get().graph;
  const failures = { same: [], newTake: [first] };
  for (const begin of [() => starting.start(), () => starting.newTake([first]), () => starting.retry(failures)])
    expect(await begin()).toEqual({ started: false, reason: 'no-token' });
  expect([calls, document.get().graph, runs.get().run]).toEqual([[], before, null]);
  expect(plans.get().count.toPay).toBe(2);
});

it('[M15] without a token what costs nothing is run: files of pictures that are made', async () => {
  const { starting, document, plans, saved } = setUp({ token: false });
  document.open({
    title: 'T',
    graph: sketch(
      { photo: ['load-image', { picture: picture() }], save: ['save', { name: '{title}' }] },
      'photo.image > save.image',
    ),
  });
  plans.setService('test');
  expect(await starting.start()).toEqual({ started: true });
  await settled();
  expect(saved).toHaveLength(1);
  expect(plans.get().count.toSave).toBe(0);
});

it('a run that waits for its price says so, until it is told or cannot be had', async () => {
  const { starting, elsewhere } = setUp();
  let answer!: () => void;
  const slow = new Promise<void>((resolve) => (answer = resolve));
  elsewhere.wait = slow;
  const begun = starting.start();
  expect(starting.looking.getState()).toEqual({ isLooking: true });
  answer();
  expect(await begun).toEqual({ started: true });
  expect(starting.looking.getState()).toEqual({ isLooking: false });
});

it('[M11] a run stops at its budget; another one, or none, goes on with what is left', async () => {
  const { starting, runs, calls } = setUp({ runBudget: 0.07 });
  await starting.start();
  await settled();
  expect(calls).toHaveLength(1);
  expect(runs.get().run).toMatchObject({ held: 'budget' });
  await starting.start(undefined, { many: true, budget: null });
  await settled();
  expect(new Set(calls).size).toBe(2);
  expect(runs.get().run).toMatchObject({ status: 'ended', held: null });
});

it('[M11] with a budget and no price nothing is begun, and no new take is written down', async () => {
  const { starting, document, firstKeyOf, calls } = setUp({ runBudget: 5, price: null });
  const before = document.get().graph;
  expect(await starting.start()).toEqual({ started: false, reason: 'price-unknown' });
  expect(await starting.newTake([firstKeyOf('a')])).toEqual({ started: false, reason: 'price-unknown' });
  expect([calls, document.get().graph]).toEqual([[], before]);
});

it('[K6] a new take beside an earlier one that is shown is a take that nobody has made', async () => {
  const { starting, calls, document, firstKeyOf, keyOf, services } = setUp();
  const made = new Map<string, Known>();
  services.cache.lookUp = async (keys) =>
    new Map(keys.flatMap((key) => (made.has(key) ? [[key, made.get(key)!]] : [])));
  await starting.start();
  await settled();
  const first = firstKeyOf('a');
  await starting.newTake([first]);
  await settled();
  for (const key of calls) made.set(key, { status: 'done', outputs: { image: artifactOf(key) } });
  document.change({ type: 'showTakes', takes: { [first]: 1 } });
  const steps = document.get().history.past.length;
  const before = calls.length;
  await starting.newTake([first]);
  await settled();
  expect(document.get().graph.takes[first]).toBe(3);
  expect(calls.slice(before)).toEqual([keyOf('a')]);
  expect(document.get().history.past.length).toBe(steps + 1);
});

it('[M11] what is made for nothing has no budget', async () => {
  const { starting, making, calls } = setUp({ kind: 'offline', price: 0, runBudget: 0.01 });
  making.choose({ stop: { dollars: 0.01 } });
  expect(await starting.start()).toEqual({ started: true });
  await settled();
  expect(calls).toHaveLength(2);
});

it('the order and the stop are kept for as long as the graph is open', () => {
  const { making, document } = setUp();
  making.choose({ order: { type: 'corners' }, stop: { pictures: 12 } });
  document.change({ type: 'setTitle', node: 'a', title: 'Other' });
  expect(making.get()).toEqual({ order: { type: 'corners' }, stop: { pictures: 12 } });
  document.open({ title: 'Another', graph: emptyGraph });
  expect(making.get()).toEqual({ order: { type: 'as-it-comes' }, stop: {} });
});
