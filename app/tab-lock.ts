/** Who may write the document: one of all tabs and windows of this browser. */
export type TabLock = {
  /** Does the lock come free when its tab crashes? Without Web Locks nobody can tell. */
  readonly isCertain: boolean;
  /**
   * Holds the lock: only if it is free, when it comes free (the longest waiting first), or by taking it away. Gives what
   * releases it, or null where it is not free. `lost` is called when another tab takes it away.
   */
  hold(how: 'if-free' | 'wait' | 'take', lost: () => void, signal?: AbortSignal): Promise<(() => void) | null>;
};

export type Locks = Pick<LockManager, 'request'>;

/** The locks of the browser, where it gives any: there are none on plain http, and with site data blocked it refuses each. */
export async function givenLocks(locks: Locks | undefined): Promise<Locks | null> {
  if (!locks) return null;
  return locks.request('editloom-any', { mode: 'shared' }, () => locks).catch(() => null);
}

/** Where the browser keeps nothing there is nothing to write over: each tab writes for itself, and none waits for another. */
export const ownLock: TabLock = {
  isCertain: false,
  hold: (how) => (how === 'wait' ? new Promise(() => undefined) : Promise.resolve(() => undefined)),
};

/** By Web Locks: the browser itself releases the lock when a tab closes or crashes. */
export function createWebLock(locks: Locks, name: string): TabLock {
  return {
    isCertain: true,
    hold: (how, lost, signal) =>
      new Promise((resolve, reject) => {
        let held = false;
        let released = false;
        const options: LockOptions =
          how === 'if-free' ? { ifAvailable: true } : how === 'take' ? { steal: true } : signal ? { signal } : {};
        locks
          .request(name, options, (lock) => {
            if (!lock) return resolve(null);
            held = true;
            return new Promise<void>((end) =>
              resolve(() => {
                released = true;
                end();
              }),
            );
          })
          .catch((error: unknown) => {
            if (!held) reject(error as Error);
            else if (!released) lost();
          });
      }),
  };
}
