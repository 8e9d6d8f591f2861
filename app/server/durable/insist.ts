import type { Reserve } from './reserve.ts';

export type InsistOptions = {
  /** Room for what must be written on a disk that is full. */
  reserve: Reserve | undefined;
  setTimer: (callback: () => void, ms: number) => () => void;
  signal: AbortSignal;
  onBug: (error: unknown) => void;
};

const pauseMs = 1000;

/**
 * For what must be on disk because the service has acted: a full disk gets the room held for this, then it is waited for.
 * `keep` is called at each failure. Null where the signal ended it before it could be written.
 */
export function createInsist({ reserve, setTimer, signal, onBug }: InsistOptions) {
  return async function insist<T>(write: () => T, keep?: () => void): Promise<T | null> {
    for (;;) {
      try {
        const written = write();
        reserve?.hold();
        return written;
      } catch (error) {
        keep?.();
        onBug(error);
        if (reserve?.release()) continue;
        if (signal.aborted) return null;
        await new Promise<void>((resolve) => {
          const cancelTimer = setTimer(resolve, pauseMs);
          signal.addEventListener('abort', () => (cancelTimer(), resolve()), { once: true });
        });
      }
    }
  };
}
