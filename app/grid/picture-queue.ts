/** So many pictures begin in a frame while the grid moves, and while it rests. */
const MOVING = 4;
const RESTING = 48;
/** So long after the last movement it counts as moving. */
const REST_MS = 120;

type World = {
  now: () => number;
  /** Calls back once before the next frame is painted. */
  onFrame: (callback: () => void) => void;
};

/**
 * Lets pictures begin a few at a time, so that scrolling stays smooth past thousands: fetching and decoding each is what
 * costs. What came into view last begins first, since what was there before leaves first.
 */
export function createPictureQueue({ now, onFrame }: World) {
  /** Those that were asked for in the same frame belong together; the newest are last. */
  const waiting: Set<() => void>[] = [];
  let isFresh = false;
  let isAwake = false;
  let movedAt = -Infinity;

  function wake(): void {
    if (isAwake) return;
    isAwake = true;
    onFrame(work);
  }

  function work(): void {
    isAwake = false;
    isFresh = false;
    let left = now() - movedAt < REST_MS ? MOVING : RESTING;
    for (let newest = waiting.at(-1); newest && left > 0; newest = waiting.at(-1)) {
      for (const begin of newest) {
        if (left-- === 0) return wake();
        newest.delete(begin);
        begin();
      }
      waiting.pop();
    }
    if (waiting.length > 0) wake();
  }

  return {
    /** Returns how to take it back, which whatever leaves the view does. */
    ask(begin: () => void): () => void {
      if (!isFresh) waiting.push(new Set());
      isFresh = true;
      const batch = waiting.at(-1)!;
      batch.add(begin);
      wake();
      return () => void batch.delete(begin);
    },
    moved(): void {
      movedAt = now();
    },
  };
}

export const pictureQueue = createPictureQueue({
  now: () => performance.now(),
  onFrame: (callback) => void requestAnimationFrame(callback),
});
