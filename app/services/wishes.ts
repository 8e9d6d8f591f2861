import type { JobNews } from '../job-news.ts';

export type Wishes = ReturnType<typeof createWishes>;

/**
 * Who wants which edit. A run that was stopped does not cancel what another one wants by now, in this tab or another one
 * of this browser, and one that wants what is just being cancelled says so after that, so that it is heard.
 * `locks`: as long as a tab wants an edit it shares a lock of that name, which the browser takes back when the tab is gone.
 */
export function createWishes(cancelJob: (key: string) => Promise<JobNews>, locks: Pick<LockManager, 'request'> | null) {
  const wanted = new Map<string, number>();
  const cancelling = new Map<string, Promise<unknown>>();
  const held = new Map<string, Held>();

  function count(key: string, by: number): void {
    const left = (wanted.get(key) ?? 0) + by;
    if (left > 0) wanted.set(key, left);
    else {
      wanted.delete(key);
      held.get(key)?.letGo();
    }
  }

  function hold(key: string): Held | null {
    if (!locks) return null;
    const known = held.get(key);
    if (known && !known.isOver()) return known;
    const mine = shareLock(locks, nameOf(key));
    held.set(key, mine);
    void mine.ended.then(() => held.get(key) === mine && held.delete(key));
    return mine;
  }

  /** Null where another tab wants it. */
  async function cancelUnwanted(key: string): Promise<JobNews | null> {
    if (!locks) return cancelJob(key);
    await held.get(key)?.ended;
    let asked: Promise<JobNews | null> | null = null;
    try {
      return await locks.request(nameOf(key), { ifAvailable: true }, (lock) => {
        asked = lock ? cancelJob(key) : Promise.resolve(null);
        return asked;
      });
    } catch {
      // Where the browser gives no locks, nobody else can be heard of; and where it did, the answer is not asked for twice.
      return asked ?? cancelJob(key);
    }
  }

  return {
    /** The end of a cancelling that is just being asked for. */
    cancelling: (key: string): Promise<unknown> | undefined => cancelling.get(key),
    /** It ends with `over`, and where there is a signal with that. */
    add(key: string, signal?: AbortSignal) {
      const over = (): void => {
        if (!isWanted) return;
        isWanted = false;
        count(key, -1);
        signal?.removeEventListener('abort', over);
      };
      let isWanted = true;
      count(key, 1);
      signal?.addEventListener('abort', over);
      return {
        /** Every tab knows of it. */
        known: hold(key)?.given ?? null,
        /** It is not wanted any more: made, or stopped. */
        over,
        /** Cancels what nobody else wants. */
        async cancel(): Promise<JobNews | null> {
          if (wanted.has(key)) return null;
          const asked = cancelUnwanted(key);
          const forget = () => cancelling.delete(key);
          cancelling.set(key, asked.then(forget, forget));
          return asked;
        },
      };
    },
  };
}

const nameOf = (key: string): string => `editloom-wish ${key}`;

type Held = {
  readonly given: Promise<void>;
  readonly letGo: () => void;
  readonly isOver: () => boolean;
  readonly ended: Promise<void>;
};

function shareLock(locks: Pick<LockManager, 'request'>, name: string): Held {
  let letGo!: () => void;
  let give!: () => void;
  let over = false;
  const released = new Promise<void>((resolve) => (letGo = resolve));
  const given = new Promise<void>((resolve) => (give = resolve));
  const ended = locks
    .request(name, { mode: 'shared' }, () => {
      give();
      return released;
    })
    // Where the browser gives no locks, nothing is held up by that.
    .catch(() => give());
  return {
    given,
    isOver: () => over,
    letGo() {
      over = true;
      letGo();
    },
    ended,
  };
}
