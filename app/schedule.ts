/** What a page offers to put work off. */
export type Clockwork = {
  readonly hidden: () => boolean;
  readonly nextFrame: (work: () => void) => number;
  readonly cancelFrame: (handle: number) => void;
  readonly after: (work: () => void, milliseconds: number) => ReturnType<typeof setTimeout>;
  readonly cancelAfter: (handle: ReturnType<typeof setTimeout>) => void;
};

export const pageClockwork: Clockwork = {
  hidden: () => document.hidden,
  nextFrame: (work) => requestAnimationFrame(work),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  after: (work, milliseconds) => setTimeout(work, milliseconds),
  cancelAfter: (handle) => clearTimeout(handle),
};

/** A page that becomes hidden after a frame was asked for never gets it. */
const LONGEST_WAIT_MS = 250;

/** Does work with the next frame; a hidden page gets no frames, so there a timer does it, and runs go on. */
export function createSchedule(clockwork: Clockwork = pageClockwork): (work: () => void) => void {
  const { hidden, nextFrame, cancelFrame, after, cancelAfter } = clockwork;
  return (work) => {
    if (hidden()) {
      after(work, 0);
      return;
    }
    const frame = nextFrame(() => {
      cancelAfter(timer);
      work();
    });
    const timer = after(() => {
      cancelFrame(frame);
      work();
    }, LONGEST_WAIT_MS);
  };
}
