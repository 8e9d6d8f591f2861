import { expect, it } from 'vitest';
import { eventually, fastClock, startWorld } from '../../../support/job-world.ts';

const day = 24 * 60 * 60 * 1000;

/** A world whose clock is a day ahead until it is set right. */
async function startAhead() {
  const clock = fastClock(200);
  let ahead = day;
  const world = await startWorld({ now: () => clock.now() + ahead });
  return { world, setRight: () => void (ahead = 0) };
}

it('[M6] a clock that is set back delays no look at what is being made', async () => {
  const { world, setRight } = await startAhead();
  world.service.behave('slow', { endHeld: true });
  for (const prompt of ['first', 'second']) {
    world.put(prompt);
    await world.until(prompt, 'done');
  }
  world.put('slow');
  await world.until('slow', ({ remoteStatus }) => remoteStatus === 'in_progress');
  setRight();
  world.service.letGo('slow');
  await world.until('slow', 'done');
  world.put('later');
  await world.until('later', 'done');
  expect(world.bugs).toEqual([]);
});

it('[M6] a clock that is set back between two starts delays no look either', async () => {
  const { world, setRight } = await startAhead();
  world.service.behave('slow', { endHeld: true });
  world.put('slow');
  await world.until('slow', 'submitted');
  setRight();
  await world.killAndRestart();
  world.service.letGo('slow');
  await world.until('slow', 'done');
  expect(world.service.submissionsOf('slow')).toBe(1);
});

it('[M3] a clock that is set back does not hold back what the service wanted later', async () => {
  const { world, setRight } = await startAhead();
  world.service.behave('busy', {
    submits: [{ accepts: false, raw: () => ({ status: 429, headers: { 'retry-after': '120' }, body: {} }) }],
  });
  world.put('busy');
  await world.until('busy', ({ status, error }) => status === 'queued' && error?.code === 'busy');
  setRight();
  await world.until('busy', 'done');
  expect(world.service.submissionsOf('busy')).toBe(2);
});

/** A world that slept for a day while an edit was being made. */
async function startAndSleep(speed: number) {
  const clock = fastClock(speed);
  let slept = 0;
  const world = await startWorld({ ...clock, now: () => clock.now() + slept });
  world.service.behave('slow', { endHeld: true });
  world.put('slow');
  await world.until('slow', ({ remoteStatus }) => remoteStatus === 'in_progress');
  slept = day;
  return world;
}

it('[M6] a computer that slept for a day looks again within seconds at what is being made', async () => {
  const world = await startAndSleep(4);
  const { read } = world.service.requests;
  await eventually(() => world.service.requests.read >= read + 3);
  expect(world.job('slow')?.error).toBe(null);
  world.service.letGo('slow');
  await world.until('slow', 'done');
});

it('[M6] a day that a job seems to have taken because the computer slept is not expected of the next ones', async () => {
  const world = await startAndSleep(1);
  world.service.letGo('slow');
  await world.until('slow', 'done');
  const later = Array.from({ length: 8 }, (_, i) => `later ${i}`);
  for (const prompt of later) world.put(prompt);
  for (const prompt of later) await world.until(prompt, 'done');
  expect(world.bugs).toEqual([]);
});

it('[M6] a clock that jumps while an edit is being sent delays no look at it', async () => {
  const clock = fastClock(20);
  let ahead = 0;
  const world = await startWorld({ ...clock, now: () => clock.now() + ahead });
  world.service.behave('a', { submits: [{ accepts: true, hold: true }] });
  world.put('a');
  await eventually(() => world.service.requests.submit === 1);
  ahead = day;
  world.service.letGo('a');
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(1);
});
