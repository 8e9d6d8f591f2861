/** Time that only moves when the story says so: timers ring in their order, and nobody waits. */
export function reckonedTime(began = Date.UTC(2030, 0, 1)) {
  type Timer = { at: number; callback: () => void };
  const timers = new Set<Timer>();
  let time = began;

  /** All that follows from what has happened: promises only, so a few turns of the event loop are enough. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => time,
    setTimer: (callback: () => void, ms: number): (() => void) => {
      const timer = { at: time + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    timers: () => timers.size,
    settle,
    async goTo(end: number): Promise<void> {
      await settle();
      for (;;) {
        let next: Timer | null = null;
        for (const timer of timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
        if (!next) break;
        timers.delete(next);
        time = Math.max(time, next.at);
        next.callback();
        await settle();
      }
      time = end;
    },
  };
}
