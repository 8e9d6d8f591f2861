import type { JobNews } from '../job-news.ts';

/**
 * Who wants which edit. A run that was stopped does not cancel what another one wants by now, and one that wants what is
 * just being cancelled says so after that, so that it is heard.
 */
export function createWishes(cancelJob: (key: string) => Promise<JobNews>) {
  const wanted = new Map<string, number>();
  const cancelling = new Map<string, Promise<unknown>>();
  const count = (key: string, by: number): void => {
    const left = (wanted.get(key) ?? 0) + by;
    if (left > 0) wanted.set(key, left);
    else wanted.delete(key);
  };
  return {
    /** The end of a cancelling that is just being asked for. */
    cancelling: (key: string): Promise<unknown> | undefined => cancelling.get(key),
    add(key: string, signal: AbortSignal) {
      const over = (): void => {
        if (!isWanted) return;
        isWanted = false;
        count(key, -1);
        signal.removeEventListener('abort', over);
      };
      let isWanted = true;
      count(key, 1);
      signal.addEventListener('abort', over);
      return {
        /** It is not wanted any more: made, or stopped. */
        over,
        /** Cancels what nobody else wants. */
        async cancel(): Promise<JobNews | null> {
          if (wanted.has(key)) return null;
          const asked = cancelJob(key);
          const forget = () => cancelling.delete(key);
          cancelling.set(key, asked.then(forget, forget));
          return asked;
        },
      };
    },
  };
}
