import { expect, it } from 'vitest';
import { createSchedule, type Clockwork } from '../../app/schedule.ts';

function fakePage(hidden: boolean) {
  const frames = new Map<number, () => void>();
  const timers = new Map<number, () => void>();
  let count = 0;
  const clockwork = {
    hidden: () => hidden,
    nextFrame: (work: () => void) => (frames.set(++count, work), count),
    cancelFrame: (handle: number) => void frames.delete(handle),
    after: (work: () => void) => (timers.set(++count, work), count),
    cancelAfter: (handle: number) => void timers.delete(handle),
  } as unknown as Clockwork;
  const fire = (from: Map<number, () => void>) => {
    const [first] = from;
    if (!first) return;
    from.delete(first[0]);
    first[1]();
  };
  return { clockwork, frames, timers, frame: () => fire(frames), timer: () => fire(timers) };
}

it('works with the frame, once', () => {
  const page = fakePage(false);
  let done = 0;
  createSchedule(page.clockwork)(() => done++);
  page.frame();
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
