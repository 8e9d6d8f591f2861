import { expect, it } from 'vitest';
import { createWishes } from '../../../app/services/wishes.ts';
import type { Api } from '../../../app/api.ts';
import { createEdits } from '../../../app/services/edits.ts';
import { knownOfJob } from '../../../app/services/job-known.ts';
import type { Job } from '../../../app/wire.ts';
import { execute } from '../../../graphs/execute.ts';
import type { Known } from '../../../graphs/known.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { fakeFeed, jobOf } from '../../support/fake-feed.ts';
import { fakeLocks } from '../../support/fake-locks.ts';
import { artifactOf, fakeServices } from '../../support/fake-services.ts';
import { picture, sketch } from '../../support/sketch.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const key = 'c'.repeat(64);

it.each([
  ['refuses locks', false],
  ['refuses locks and the cancelling fails', true],
])('[M8] where the browser %s, what nobody wants here is asked to be cancelled once', async (_, fails) => {
  const asked: string[] = [];
  const cancelJob = async (of: string) => {
    asked.push(of);
    if (fails) throw new Error('No answer.');
    return jobOf(key, 2, { status: 'cancelled' });
  };
  const locks = { request: () => Promise.reject(new DOMException('Locks are denied.', 'SecurityError')) };
  const wish = createWishes(cancelJob, locks).add(key, new AbortController().signal);
  await wish.known;
  wish.over();
  await wish.cancel().catch(() => undefined);
  expect(asked).toEqual([key]);
});

it('[M8] a cancelling that fails is not asked for twice where there are locks', async () => {
  const asked: string[] = [];
  const cancelJob = async (of: string) => {
    asked.push(of);
    throw new Error('No answer.');
  };
  const wish = createWishes(cancelJob, fakeLocks().locks).add(key, new AbortController().signal);
  wish.over();
  await expect(wish.cancel()).rejects.toThrow('No answer.');
  expect(asked).toEqual([key]);
});

/** Pages of one browser over one job book, each with a run of the same three edits. */
function browser({ withLocks = true } = {}) {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { count: 3 }],
      a: ['edit', { prompt: 'x' }],
    },
    'photo.image > a.image',
    'seeds.seed > a.seed',
  );
  const plan = makePlan(graph, nodeTypes, 'test');
  const keys = plan.nodes.get('a')!.tasks.map((task) => task.key!);
  const { locks, held } = fakeLocks();
  const { feed, tell, listening } = fakeFeed();
  const known = new Map<string, Known>();
  feed.subscribe((job) => void known.set(job.key, knownOfJob(job)));
  const book = new Map<string, Job>();
  const log: string[] = [];
  let seq = 0;

  function change(of: string, patch: Partial<Job>): Job {
    const job = jobOf(of, ++seq, patch);
    book.set(of, job);
    tell(job);
    return job;
  }

  function page(name: string) {
    const say = (what: string, of: string) => void log.push(`${name} ${what} ${keys.indexOf(of) + 1}`);
    const api = {
      putJob: async (of: string) => {
        say('puts', of);
        return book.get(of) ?? change(of, { status: 'queued' });
      },
      joinJob: async (of: string) => {
        say('joins', of);
        return book.get(of);
      },
      cancelJob: async (of: string) => {
        say('cancels', of);
        return change(of, { status: 'cancelled' });
      },
    } as unknown as Api;
    const edits = createEdits(api, feed, { locks: withLocks ? locks : null });
    const services = { ...fakeServices().services, edits };
    return function run(limit: number) {
      const controller = new AbortController();
      const { signal } = controller;
      const ended = execute({ plan, services, lookup: (of) => known.get(of), emit: () => undefined, signal, limit });
      return { stop: () => controller.abort(), ended };
    };
  }

  /** The edit service makes the first that it was asked for. */
  async function makeNext() {
    const next = keys.find((of) => book.get(of)?.status === 'queued');
    if (next) change(next, { status: 'done', artifacts: [artifactOf(next)] });
    await settle();
  }
  async function makeAll() {
    await settle();
    for (const _ of keys) await makeNext();
  }
  /** Locks by the numbers of their edits. */
  const heldNumbers = () => held().map((name) => keys.reduce((text, of, i) => text.replace(of, `${i + 1}`), name));
  return { page, makeNext, makeAll, log, held: heldNumbers, listening };
}

it('[M8] what a run on another page has yet to come to is not cancelled, until that one stops, too', async () => {
  const { page, makeAll, log, held } = browser();
  const one = page('one')(3);
  await settle();
  const two = page('two')(1);
  await settle();
  one.stop();
  await settle();
  expect(log).toEqual(['one puts 1', 'one puts 2', 'one puts 3', 'two joins 1']);
  await makeAll();
  await Promise.all([one.ended, two.ended]);
  expect(log.slice(4)).toEqual(['two joins 2', 'two joins 3']);
  expect(held()).toEqual([]);
});

it('[M8] that holds for what the other page begins later, too', async () => {
  const { page, makeAll, log, held } = browser();
  const two = page('two')(1);
  await settle();
  const one = page('one')(3);
  await settle();
  one.stop();
  await settle();
  expect(log).toEqual(['two puts 1', 'one joins 1', 'one puts 2', 'one puts 3']);
  await makeAll();
  await Promise.all([one.ended, two.ended]);
  expect(log.slice(4)).toEqual(['two joins 2', 'two joins 3']);
  expect(held()).toEqual([]);
});

it('[M8] once the run that had yet to come to it is stopped, the other one’s Stop cancels as ever', async () => {
  const { page, log, held, listening } = browser();
  const one = page('one')(3);
  await settle();
  const two = page('two')(1);
  await settle();
  two.stop();
  await settle();
  expect(log.filter((what) => what.includes('cancels'))).toEqual([]);
  one.stop();
  await Promise.all([one.ended, two.ended]);
  expect(log.slice(4)).toEqual(['one cancels 1', 'one cancels 2', 'one cancels 3']);
  await settle();
  expect([held(), listening()]).toEqual([[], 1]);
});

it('what is made is not waited for any longer, while the run goes on', async () => {
  const { page, makeNext, held } = browser();
  const { stop, ended } = page('one')(1);
  await settle();
  await makeNext();
  expect(held()).toEqual(['editloom-wish 2']);
  stop();
  await ended;
});

it('[M8] without locks it holds for the runs of one page', async () => {
  const { page, makeAll, log } = browser({ withLocks: false });
  const run = page('one');
  const first = run(3);
  await settle();
  const second = run(1);
  first.stop();
  await makeAll();
  await Promise.all([first.ended, second.ended]);
  expect(log).toEqual(['one puts 1', 'one puts 2', 'one puts 3', 'one joins 1', 'one joins 2', 'one joins 3']);
});
