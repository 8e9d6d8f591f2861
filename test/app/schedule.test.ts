import { expect, it } from 'vitest';
import { createSchedule, type Clockwork } from '../../app/schedule.ts';

function fakePage(hidden: boolean) {
  const frames = new Map<number, () => void>();
  const timers = new Map<number, () => void>();
  const clock = { time: 0 };
  const waits: number[] = [];
  let count = 0;
  const clockwork = {
    now: () => clock.time,
    hidden: () => hidden,
    nextFrame: (work: () => void) => (frames.set(++count, work), count),
    cancelFrame: (handle: number) => void frames.delete(handle),
    after: (work: () => void, ms: number) => (waits.push(ms), timers.set(++count, work), count),
    cancelAfter: (handle: number) => void timers.delete(handle),
  } as unknown as Clockwork;
  const fire = (from: Map<number, () => void>) => {
    const [first] = from;
    if (!first) return;
    from.delete(first[0]);
    first[1]();
  };
  return { clockwork, frames, timers, waits, clock, frame: () => fire(frames), timer: () => fire(timers) };
}

it('works with the frame, once', () => {
  const page = fakePage(false);
  let done = 0;
  createSchedule(page.clockwork)(() => done++);
  page.frame();
  page.timer();
  expect([done, page.timers.size]).toEqual([1, 0]);
});

it('works without frames when the page is hidden', () => {
  const page = fakePage(true);
  let done = 0;
  createSchedule(page.clockwork)(() => done++);
  page.timer();
  expect(done).toBe(1);
});

it('works, once, when the page was hidden after it had asked for a frame', () => {
  const page = fakePage(false);
  let done = 0;
  createSchedule(page.clockwork)(() => done++);
  page.timer();
  expect([done, page.frames.size]).toEqual([1, 0]);
});

it.each([
  ['light', 5, []],
  ['heavy', 20, [80]],
  ['held up by a busy machine', 1000, [500]],
])('after work that was %s the next rests in proportion, and is then done in a frame', (_, took, rests) => {
  const page = fakePage(false);
  const schedule = createSchedule(page.clockwork);
  schedule(() => (page.clock.time += took));
  page.frame();
  page.timer();
  page.waits.length = 0;
  let done = 0;
  schedule(() => done++);
  const waited = page.waits.filter((ms) => ms !== 250);
  expect([waited, done]).toEqual([rests, 0]);
  if (rests.length > 0) page.timer();
  page.frame();
  expect(done).toBe(1);
});
