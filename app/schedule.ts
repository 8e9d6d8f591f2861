/** What a page offers to put work off. */
export type Clockwork = {
  readonly now: () => number;
  readonly hidden: () => boolean;
  readonly nextFrame: (work: () => void) => number;
  readonly cancelFrame: (handle: number) => void;
  readonly after: (work: () => void, milliseconds: number) => ReturnType<typeof setTimeout>;
  readonly cancelAfter: (handle: ReturnType<typeof setTimeout>) => void;
};

export const pageClockwork: Clockwork = {
  now: () => performance.now(),
  hidden: () => document.hidden,
  nextFrame: (work) => requestAnimationFrame(work),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  after: (work, milliseconds) => setTimeout(work, milliseconds),
  cancelAfter: (handle) => clearTimeout(handle),
};

/** A page that becomes hidden after a frame was asked for never gets it. */
const LONGEST_WAIT_MS = 250;

/** A machine that is busy with other things must not keep the page from showing anything. */
const LONGEST_REST_MS = 500;

/** Work that takes longer than this, with what it makes the page draw, is followed by a rest. */
const LIGHT_MS = 8;
/** So many times as long as the work took. Whoever types and pans meanwhile has the page to themselves. */
const REST = 4;

/**
 * Does work with the next frame; a hidden page gets no frames, so there a timer does it, and runs go on. In a run with
 * thousands of tasks there is something to do for each frame, and each time it takes a while: so it is done less often.
 */
export function createSchedule(clockwork: Clockwork = pageClockwork): (work: () => void) => void {
  const { now, hidden, nextFrame, cancelFrame, after, cancelAfter } = clockwork;
  let restUntil = 0;

  function inFrame(work: () => void): void {
    const begin = (): void => {
      const began = now();
      // A timer comes after the drawing that the work has caused.
      after(() => {
        const took = now() - began;
        if (took > LIGHT_MS) restUntil = Math.max(restUntil, now() + REST * took);
      }, 0);
      work();
    };
    const frame = nextFrame(() => {
      cancelAfter(timer);
      begin();
    });
    const timer = after(() => {
      cancelFrame(frame);
      begin();
    }, LONGEST_WAIT_MS);
  }

  return (work) => {
    const rest = restUntil - now();
    if (hidden()) after(work, 0);
    else if (rest > 0) after(() => inFrame(work), Math.min(rest, LONGEST_REST_MS));
    else inFrame(work);
  };
}
