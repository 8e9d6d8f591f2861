/** Does the work at once, and not again before `ms` have passed: whoever calls meanwhile is served once, at their end. */
export function spaced(work: () => void, ms: number, setTimer: (callback: () => void, ms: number) => () => void) {
  let stop: (() => void) | null = null;
  let isCalled = false;

  function call(): void {
    if (stop) return void (isCalled = true);
    isCalled = false;
    stop = setTimer(() => {
      stop = null;
      if (isCalled) call();
    }, ms);
    work();
  }

  return {
    call,
    /** What was called for and is not done yet is not done any more. */
    drop: (): void => void (isCalled = false),
    end(): void {
      stop?.();
      stop = null;
      isCalled = false;
    },
  };
}
