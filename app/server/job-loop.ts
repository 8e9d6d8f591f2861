export type JobLoopOptions = {
  isRunning: () => boolean;
  /** Submits what may be submitted; answers when to try again. */
  submitDue: () => number;
  /** Looks where a look is due; answers when the next is. */
  lookDue: () => number;
  now: () => number;
  setTimer: (callback: () => void, ms: number) => () => void;
  onBug: (error: unknown) => void;
};

/** The one loop: submits what may be submitted, looks where a look is due, and sleeps until the next of either. */
export function createJobLoop({ isRunning, submitDue, lookDue, now, setTimer, onBug }: JobLoopOptions) {
  let stopTimer = () => {};
  let isWoken = false;

  /** Asks for a turn of the loop, soon. */
  function wake(): void {
    if (isWoken || !isRunning()) return;
    isWoken = true;
    queueMicrotask(() => {
      isWoken = false;
      turn();
    });
  }

  function turn(): void {
    if (!isRunning()) return;
    stopTimer();
    try {
      const submitAt = submitDue();
      const lookAt = lookDue();
      const next = Math.min(submitAt, lookAt);
      // The settings may name another service at any time, so the loop never sleeps for very long.
      if (next < Infinity) stopTimer = setTimer(wake, Math.min(Math.max(0, next - now()), 60_000));
    } catch (error) {
      onBug(error);
      stopTimer = setTimer(wake, 1000);
    }
  }

  return { wake, stop: (): void => stopTimer() };
}

export function systemTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
