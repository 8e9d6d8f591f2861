import { expect, it } from 'vitest';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { HttpError, type Api } from '../../../app/api.ts';
import { createEdits } from '../../../app/services/edits.ts';
import type { Job } from '../../../app/wire.ts';
import { artifactOf } from '../../support/fake-services.ts';
import { fakeFeed, jobOf } from '../../support/fake-feed.ts';
import { fakeLocks } from '../../support/fake-locks.ts';
import { chain } from '../../support/sketch.ts';

const key = 'c'.repeat(64);
const plan = makePlan(chain(), nodeTypes, 'test');
const task = plan.nodes.get('a')!.tasks[0]!;
const done = (seq: number) =>
  jobOf(key, seq, { status: 'done', accepted: true, artifacts: [artifactOf('d'.repeat(64))] });
const input = {
  image: artifactOf('a'.repeat(64)),
  prompt: 'x',
  negative_prompt: '',
  seed: 1,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'jpeg',
};

function setUp(reply: (put: number) => Promise<Job>) {
  const { feed, tell, tellOnline, listening } = fakeFeed();
  const book = { job: null as Job | null };
  const cancelled: string[] = [];
  let puts = 0;
  const api = {
    putJob: () => reply(++puts),
    job: async () => book.job ?? Promise.reject(new HttpError('No such job.', 404, 'no-such-job')),
    cancelJob: async (asked: string) => {
      cancelled.push(asked);
      return jobOf(key, 50, { status: 'cancelled', error: { code: 'cancelled', message: 'Cancelled.' } });
    },
  } as unknown as Api;
  const edits = createEdits(api, feed);
  const controller = new AbortController();
  const edit = () =>
    edits.edit({ key, service: 'test', plan, task, input, signal: controller.signal, progress: () => undefined });
  return { edit, edits, tell, tellOnline, book, listening, cancelled, controller };
}

it('an end that overtakes the answer to our own request is not missed', async () => {
  let answer!: (job: Job) => void;
  const { edit, tell, listening } = setUp(() => new Promise((resolve) => (answer = resolve)));
  const result = edit();
  tell(done(7));
  answer(jobOf(key, 5, { status: 'queued' }));
  expect((await result).outputs.image.sha256).toBe('d'.repeat(64));
  expect(listening()).toBe(0);
});

it('an older failure of the same key, told before the answer, does not end the new try', async () => {
  let answer!: (job: Job) => void;
  const { edit, tell } = setUp(() => new Promise((resolve) => (answer = resolve)));
  const result = edit();
  tell(jobOf(key, 3, { status: 'failed', error: { code: 'no-balance', message: 'No balance.' } }));
  answer(jobOf(key, 5, { status: 'queued' }));
  await Promise.resolve();
  tell(done(9));
  expect((await result).outputs.image.sha256).toBe('d'.repeat(64));
});

it.each([
  ['failed', { code: 'not-understood', message: 'I cannot do that.' }],
  ['unknown', { code: 'answer-lost', message: 'The answer was lost.' }],
] as const)('a job that ends as %s rejects with its words', async (status, error) => {
  const { edit } = setUp(async () => jobOf(key, 1, { status, error, accepted: true }));
  await expect(edit()).rejects.toMatchObject({ name: 'EditError', status, message: error.message });
});

it('[M8] after Stop the job is cancelled once', async () => {
  const { edit, cancelled, controller } = setUp(async () => jobOf(key, 1, { status: 'submitted' }));
  const stopped = edit();
  await Promise.resolve();
  controller.abort();
  await expect(stopped).rejects.toMatchObject({ status: 'cancelled' });
  expect(cancelled).toEqual([key]);
});

it('[M8] a Stop that comes before the job is in the book is carried out as soon as it is', async () => {
  let answer!: (job: Job) => void;
  const { edit, cancelled, controller } = setUp(() => new Promise((resolve) => (answer = resolve)));
  const stopped = edit();
  controller.abort();
  expect(cancelled).toEqual([]);
  answer(jobOf(key, 1, { status: 'queued' }));
  await expect(stopped).rejects.toMatchObject({ status: 'cancelled' });
  expect(cancelled).toEqual([key]);
});

it('[M8] what is made all the same after Stop is collected', async () => {
  const { feed, tell } = fakeFeed();
  const live = jobOf(key, 1, { status: 'submitted', accepted: true });
  const api = { putJob: async () => live, cancelJob: async () => live } as unknown as Api;
  const controller = new AbortController();
  const result = createEdits(api, feed).edit({
    key,
    service: 'test',
    plan,
    task,
    input,
    signal: controller.signal,
    progress: () => undefined,
  });
  await Promise.resolve();
  controller.abort();
  await Promise.resolve();
  tell(done(2));
  expect((await result).outputs.image.sha256).toBe('d'.repeat(64));
});

it('[M8] what another run wants by now is not cancelled by the run that was stopped', async () => {
  const { edit, tell, cancelled, controller, edits } = setUp(async () => jobOf(key, 1, { status: 'submitted' }));
  const stopped = edit();
  const wanted = edits.edit({
    key,
    service: 'test',
    plan,
    task,
    input,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await new Promise((resolve) => setImmediate(resolve));
  expect(cancelled).toEqual([]);
  tell(done(2));
  await Promise.all([stopped, wanted]);
});

it('[M8] what is wanted again while it is being cancelled is asked for after that, and can be cancelled once more', async () => {
  const order: string[] = [];
  const { feed, tell } = fakeFeed();
  const live = jobOf(key, 1, { status: 'submitted', accepted: true });
  let answer!: () => void;
  const api = {
    putJob: async () => (order.push('put'), live),
    cancelJob: () => (order.push('cancel'), new Promise((resolve) => (answer = () => resolve(live)))),
  } as unknown as Api;
  const edits = createEdits(api, feed);
  const start = (controller: AbortController) =>
    edits.edit({ key, service: 'test', plan, task, input, signal: controller.signal, progress: () => undefined });
  const [one, two] = [new AbortController(), new AbortController()];
  const first = start(one);
  await new Promise((resolve) => setImmediate(resolve));
  one.abort();
  const second = start(two);
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(['put', 'cancel']);
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(['put', 'cancel', 'put']);
  two.abort();
  expect(order).toEqual(['put', 'cancel', 'put', 'cancel']);
  tell(done(2));
  await Promise.all([first, second]);
});

/** Tabs of one browser over one server, which counts what is asked of it. */
function tabsOf(...names: string[]) {
  const { locks, held } = fakeLocks();
  const { feed, tell } = fakeFeed();
  const asked: string[] = [];
  const live = jobOf(key, 1, { status: 'submitted', accepted: true });
  const dropped = jobOf(key, 2, {
    status: 'cancelled',
    accepted: true,
    error: { code: 'dropped', message: 'Dropped.' },
  });
  const tabs = names.map((name) => {
    const api = {
      putJob: async () => (asked.push(`${name} puts`), live),
      cancelJob: async () => (asked.push(`${name} cancels`), dropped),
    } as unknown as Api;
    const stoppedElsewhere: string[] = [];
    const edits = createEdits(api, feed, { locks, onStoppedElsewhere: () => void stoppedElsewhere.push(name) });
    const controller = new AbortController();
    const { signal } = controller;
    const edit = () => edits.edit({ key, service: 'test', plan, task, input, signal, progress: () => undefined });
    return { edit, stop: () => controller.abort(), stoppedElsewhere };
  });
  return { tabs, tell, asked, held, dropped };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

it('[M8] what a run of another tab waits for is not cancelled, until that one stops, too', async () => {
  const { tabs, asked, held } = tabsOf('one', 'two');
  const [one, two] = tabs;
  const ends = tabs.map(({ edit }) => edit().catch((error: Error) => error.message));
  await soon();
  one!.stop();
  await soon();
  expect(asked).toEqual(['one puts', 'two puts']);
  two!.stop();
  expect(await Promise.race(ends)).toBe('Dropped.');
  expect(asked).toEqual(['one puts', 'two puts', 'two cancels']);
  await soon();
  expect(held()).toEqual([]);
});

it('[M8] of two tabs that stop at once, one cancels', async () => {
  const { tabs, asked } = tabsOf('one', 'two');
  const ends = tabs.map(({ edit }) => edit().catch((error: Error) => error.message));
  await soon();
  for (const { stop } of tabs) stop();
  await Promise.race(ends);
  expect(asked.filter((what) => what.endsWith('cancels'))).toHaveLength(1);
});

it('[M8] where another browser stops what this one waits for, it is said, and once Stop was pressed here it is not', async () => {
  const { tabs, tell, dropped } = tabsOf('one', 'two');
  const ends = tabs.map(({ edit }) => edit().catch((error: Error) => error.message));
  await soon();
  tabs[1]!.stop();
  tell(dropped);
  expect(await Promise.all(ends)).toEqual(['Dropped.', 'Dropped.']);
  expect(tabs.map(({ stoppedElsewhere }) => stoppedElsewhere)).toEqual([['one'], []]);
});

it('[M8] a change of the edit service is not told as a Stop on another page', async () => {
  const { tabs, tell } = tabsOf('one');
  const [{ edit, stoppedElsewhere }] = tabs as [(typeof tabs)[0]];
  const end = edit().catch((error: Error) => error.message);
  await soon();
  const error = { code: 'other-service', message: 'The edit service was changed.' };
  tell(jobOf(key, 2, { status: 'cancelled', error }));
  expect([await end, stoppedElsewhere]).toEqual(['The edit service was changed.', []]);
});

it.each(['a cancelling of this tab', 'a cancelling of another tab', 'the keeping of its graph'])(
  '[M8] Stop does not wait for %s where it has no answer',
  async (what) => {
    const never = new Promise<never>(() => undefined);
    const { locks } = fakeLocks();
    const { feed, listening } = fakeFeed();
    const api = { putJob: async () => jobOf(key, 1, { status: 'queued' }), cancelJob: () => never } as unknown as Api;
    const start = (edits: ReturnType<typeof createEdits>) => {
      const controller = new AbortController();
      const { signal } = controller;
      const ended = edits.edit({ key, service: 'test', plan, task, input, signal, progress: () => undefined });
      return { stop: () => controller.abort(), ended };
    };
    const first = createEdits(api, feed, { locks });
    const second = {
      'a cancelling of this tab': first,
      'a cancelling of another tab': createEdits(api, feed, { locks }),
      'the keeping of its graph': createEdits(api, feed, { locks, madeAt: () => never }),
    }[what]!;
    const earlier = start(first);
    await soon();
    earlier.stop();
    await soon();
    const before = listening();
    const { stop, ended } = start(second);
    await soon();
    stop();
    await expect(Promise.race([ended, soon()])).rejects.toMatchObject({ status: 'cancelled', code: 'stopped' });
    expect(listening()).toBe(before);
  },
);

/** A run that counted the edit as under way comes to it. */
const joinEdit = (edits: ReturnType<typeof createEdits>) =>
  edits.edit({
    key,
    service: 'test',
    plan,
    task,
    input,
    signal: new AbortController().signal,
    progress: () => undefined,
    joins: true,
  });

it.each([
  ['failed before anything was accepted', { status: 'failed', accepted: false }],
  ['was cancelled before it was sent', { status: 'cancelled', accepted: false }],
  ['was dropped by the service', { status: 'cancelled', accepted: true, error: { code: 'dropped', message: 'No.' } }],
] as const)('[M1, M9] what was under way and %s is to pay: joining it submits nothing', async (_, change) => {
  const { feed, listening } = fakeFeed();
  const asked: string[] = [];
  const api = {
    putJob: async () => (asked.push('put'), done(2)),
    joinJob: async () => (asked.push('join'), jobOf(key, 1, change)),
  } as unknown as Api;
  const joined = joinEdit(createEdits(api, feed));
  await expect(joined).rejects.toMatchObject({ code: 'to-pay', mayCost: false });
  expect([asked, listening()]).toEqual([['join'], 0]);
});

it('what was under way and is made meanwhile is taken as it is', async () => {
  const { feed, tell } = fakeFeed();
  const api = { joinJob: async () => jobOf(key, 1, { status: 'submitted', accepted: true }) } as unknown as Api;
  const joined = joinEdit(createEdits(api, feed));
  await soon();
  tell(done(2));
  expect((await joined).outputs.image.sha256).toBe('d'.repeat(64));
});

it('an end that no event told of, as over a lost stream, is asked for when the server is back', async () => {
  const { edit, tellOnline, book, listening } = setUp(async () => jobOf(key, 1, { status: 'submitted' }));
  const result = edit();
  await new Promise((resolve) => setImmediate(resolve));
  tellOnline(false);
  book.job = done(2);
  tellOnline(true);
  expect((await result).outputs.image.sha256).toBe('d'.repeat(64));
  expect(listening()).toBe(0);
});

it('a job that the server no longer knows when it is back has failed', async () => {
  const { edit, tellOnline } = setUp(async () => jobOf(key, 1, { status: 'submitted' }));
  const result = edit();
  await new Promise((resolve) => setImmediate(resolve));
  tellOnline(true);
  await expect(result).rejects.toMatchObject({ name: 'EditError', status: 'failed', message: 'No such job.' });
});

it('a server that cannot be reached is a failed edit with a sentence, and nothing stays subscribed', async () => {
  const { edit, listening } = setUp(() =>
    Promise.reject(new HttpError('Editloom’s server does not answer.', 0, 'no-server')),
  );
  await expect(edit()).rejects.toMatchObject({ name: 'EditError', status: 'failed', message: /does not answer/ });
  expect(listening()).toBe(0);
});
