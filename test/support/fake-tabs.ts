import type { Sharing } from '../../app/services/shared-stream.ts';

/** The locks and the broadcast channel of one browser, for tabs that a test opens, closes, crashes and gets stuck. */
export function fakeBrowser() {
  type Holder = { tab: string; reject: (error: unknown) => void };
  type Waiting = { tab: string; grant: () => void };
  let holder: Holder | null = null;
  let waiting: Waiting[] = [];
  const channels = new Map<string, Sharing['channel']>();
  const mute = new Set<string>();

  function next(): void {
    holder = null;
    waiting.shift()?.grant();
  }

  const request = (tab: string) => (_name: string, options: LockOptions, work: () => unknown) =>
    new Promise((resolve, reject) => {
      const grant = (): void => {
        const mine = (holder = { tab, reject });
        void Promise.resolve(work()).then((value) => {
          if (holder === mine) next();
          resolve(value);
        });
      };
      if (options.steal) {
        holder?.reject(new DOMException('The lock was stolen', 'AbortError'));
        return grant();
      }
      options.signal?.addEventListener('abort', () => {
        waiting = waiting.filter((one) => one.grant !== grant);
        reject(new DOMException('No longer wanted', 'AbortError'));
      });
      if (holder) waiting.push({ tab, grant });
      else grant();
    });

  return {
    sharingOf: (tab: string): Sharing => {
      const channel = {
        onmessage: null as Sharing['channel']['onmessage'],
        postMessage(data: unknown) {
          if (mute.has(tab)) return;
          for (const [name, other] of channels)
            if (name !== tab && !mute.has(name))
              other.onmessage?.call({} as BroadcastChannel, { data: structuredClone(data) } as MessageEvent);
        },
        close: () => void channels.delete(tab),
      };
      channels.set(tab, channel);
      return { channel, locks: { request: request(tab) as LockManager['request'] } };
    },
    leader: (): string | undefined => holder?.tab,
    /** The tab is gone, and has had no time for anything. */
    crash: (tab: string): void => {
      mute.add(tab);
      channels.delete(tab);
      waiting = waiting.filter((one) => one.tab !== tab);
      if (holder?.tab === tab) next();
    },
    /** It hears and says nothing. */
    getStuck: (tab: string): void => void mute.add(tab),
    wakeUp: (tab: string): void => void mute.delete(tab),
  };
}
