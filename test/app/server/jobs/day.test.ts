import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { openJobBook } from '../../../../app/server/job-book.ts';
import { createJobs } from '../../../../app/server/jobs.ts';
import { connectionErrorOf } from '../../../../app/server/remote-errors.ts';
import { createRemote } from '../../../../app/server/remote.ts';
import { dayService, type Weather } from '../../../support/day-service.ts';
import { inputOf, keyOf } from '../../../support/job-world.ts';
import { temporaryFolder } from '../../../support/pictures.ts';
import { reckonedTime } from '../../../support/reckoned-time.ts';

const hour = 3_600_000;
const perHour = 6;

/** What the sky is like in each of the 24 hours; nothing is asked for in the last two. */
const sky: readonly Weather[] = [
  ...many(4, 'fine'),
  ...many(3, 'slow'),
  ...many(3, 'gone'),
  ...many(2, 'busy'),
  ...many(2, 'broken'),
  ...many(1, 'no-results'),
  ...many(2, 'hangs'),
  ...many(7, 'fine'),
];

function many(count: number, weather: Weather): Weather[] {
  return Array.from({ length: count }, () => weather);
}

/** Park and Miller's generator: the same day in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('a day of good and bad hours: asks politely, pays once, loses nothing and leaves nothing behind', async () => {
  const time = reckonedTime();
  const began = time.now();
  const hourNow = () => Math.min(sky.length - 1, Math.floor((time.now() - began) / hour));
  const picture = new Uint8Array([1]);
  const random = numbers(7);
  const service = dayService({ now: time.now, hour: hourNow, sky, random, picture });
  const book = openJobBook(join(await temporaryFolder(), 'jobs.sqlite'));
  const bugs: unknown[] = [];
  const remote = createRemote({
    baseUrl: 'https://model-api.runcomfy.net',
    model: 'a/b',
    token: () => 'secret',
    send: service.send,
    fetchResult: () => service.fetchResult().catch((error: unknown) => Promise.reject(connectionErrorOf(error))),
    now: time.now,
  });
  const artifact = { sha256: 'f'.repeat(64), width: 1, height: 1, mediaType: 'image/png' as const, bytes: 1 };
  const jobs = createJobs({
    book,
    remote: () => ({ ...remote, serviceId: 'test/a/b' }),
    // Time is reckoned here, and a disk's is not.
    pictures: { addResult: async () => artifact, missing: async () => new Set() },
    imageUrl: async () => 'https://pictures.example/input.png',
    inFlight: () => 8,
    now: time.now,
    random,
    setTimer: time.setTimer,
    onBug: (error) => bugs.push(error),
  });
  onTestFinished(async () => {
    await jobs.close({ graceMs: 0 });
    book.close();
  });
  jobs.start();

  let mostTimers = 0;
  let heapInTheMorning = 0;
  const prompts: string[] = [];
  for (let at = 0; at < sky.length; at++) {
    if (at < 22) {
      for (let number = 0; number < perHour; number++) {
        const prompt = `edit ${number} of hour ${at}`;
        prompts.push(prompt);
        jobs.put(keyOf(prompt), { service: 'test/a/b', input: inputOf(prompt) });
      }
      // Some are thought better of.
      for (const number of [1, 5]) jobs.cancel(keyOf(`edit ${number} of hour ${at}`));
    }
    for (let part = 1; part <= 12; part++) {
      await time.goTo(began + at * hour + (part * hour) / 12);
      mostTimers = Math.max(mostTimers, time.timers());
    }
    if (at === 6) heapInTheMorning = heap();
    if (at === 21) service.letGo();
  }
  const heapAtNight = heap();

  expect(bugs).toEqual([]);
  const ended = new Map(prompts.map((prompt) => [prompt, jobs.get(keyOf(prompt))!.status]));
  expect([...ended.values()].filter((status) => !['done', 'failed', 'cancelled', 'unknown'].includes(status))).toEqual(
    [],
  );
  expect(Math.max(...service.submitted.values())).toBe(1);
  const lost = service.made().filter((prompt) => !['done', 'unknown'].includes(ended.get(prompt)!));
  expect(lost).toEqual([]);
  expect(service.made().length).toBeGreaterThan(prompts.length / 2);

  // The oldest is followed closely in its first minutes; then every ten seconds, after half an hour every five minutes.
  const most = sky.map((_, at) => service.mostAskedAbout(at));
  expect(Math.max(...most)).toBeLessThanOrEqual(6 * 30 + 100);
  for (const at of [8, 9]) expect(most[at]).toBeLessThanOrEqual(13);
  for (const at of [18, 19, 20]) expect(service.mostAskedAbout(at, { hung: true })).toBeLessThanOrEqual(13);
  expect(service.mostAskedAbout(20, { hung: true })).toBeGreaterThan(10);
  expect(Math.max(...sky.map((_, at) => service.asked(`hour ${at}`)))).toBeLessThan(1200);

  // When all has ended, nothing is left that could ever ring, and a day has left the memory as it was.
  expect({ mostTimers, timers: time.timers(), lastHour: service.asked('hour 23') }).toEqual({
    mostTimers: 1,
    timers: 0,
    lastHour: 0,
  });
  expect((heapAtNight - heapInTheMorning) / 1e6).toBeLessThan(4);
}, 240_000);
