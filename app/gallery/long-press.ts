type Point = { readonly x: number; readonly y: number };

const holdMs = 450;
/** A finger is never quite still. */
const slop = 10;

/** A finger that rests: some browsers tell of it by a context menu, some not at all, and some send a click at its end. */
export function createLongPress(setTimer: (callback: () => void, ms: number) => () => void = systemTimer) {
  let stop: (() => void) | null = null;
  let from: Point = { x: 0, y: 0 };
  /** What holding does; null while no finger rests. */
  let act: (() => void) | null = null;
  let isHeld = false;

  function end(): void {
    stop?.();
    stop = act = null;
  }

  function hold(): void {
    stop?.();
    stop = null;
    if (!isHeld) act?.();
    isHeld = true;
  }

  return {
    down(at: Point, onHold: () => void): void {
      end();
      from = at;
      act = onHold;
      isHeld = false;
      stop = setTimer(hold, holdMs);
    },
    move({ x, y }: Point): void {
      if (Math.hypot(x - from.x, y - from.y) > slop) end();
    },
    end,
    /** The browser's own word that a finger rests; false where there is none, as with the right button of a mouse. */
    menu(): boolean {
      if (isHeld) return true;
      if (!act) return false;
      hold();
      return true;
    },
    /** Whether the finger that was lifted last had rested; true only once. */
    takeHeld(): boolean {
      const was = isHeld;
      isHeld = false;
      return was;
    },
  };
}

function systemTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
