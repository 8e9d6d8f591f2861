import { createDocument, type DraftStorage } from '../../app/document.ts';
import { DRAFT } from '../../app/drafts.ts';
import { startUp } from '../../app/start-up.ts';
import type { TabLock } from '../../app/tab-lock.ts';
import { createTalk } from '../../app/tab-talk.ts';
import { createTabs, type Channel, type Kept, type Tabs } from '../../app/tabs.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain } from './sketch.ts';

export type FakeTab = Awaited<ReturnType<ReturnType<typeof createBrowser>['open']>>;

/** A browser with what its tabs share: a storage, a lock and a channel, as the real ones behave. */
export function createBrowser(draft?: string) {
  const entries = new Map<string, unknown>(draft === undefined ? [] : [[DRAFT, draft]]);
  const lock = createFakeLock();
  const hub = createFakeHub();
  const errors: unknown[] = [];
  let writer = '';
  let tabCount = 0;

  function storageOf(tab: string, state: { failing: boolean; frozen: boolean }) {
    const storage: DraftStorage = {
      get: async (name) => structuredClone(entries.get(name)),
      async set(name, value) {
        if (state.failing) throw new Error('The disk is full.');
        if (name === DRAFT && writer !== tab) throw Object.assign(new Error('Taken over.'), { name: 'TakenOverError' });
        entries.set(name, structuredClone(value));
      },
    };
    return { ...storage, claim: async () => void (writer = tab) };
  }

  async function open({
    wasWriter = false,
    locks = lock.of,
  }: { wasWriter?: boolean; locks?: (tab: string, channel: Channel) => TabLock } = {}) {
    const tab = `tab${++tabCount}`;
    const state = { failing: false, frozen: false };
    const rescued: Kept[] = [];
    const refusals: string[] = [];
    const storage = storageOf(tab, state);
    const document = createDocument(storage, nodeTypes);
    document.onRefused((why) => refusals.push(why));
    const channel = hub.of(tab, () => state.frozen);
    const tabs: Tabs = createTabs({
      tab,
      document,
      storage,
      channel,
      lock: locks(tab, channel),
      memory: { wasWriter: () => wasWriter, remember: (isWriter) => void (wasWriter = isWriter) },
      load: async () => ({ createTalk }),
      rescue: async (kept) => void rescued.push(kept),
      onError: (error) => errors.push(error),
    });
    const role = await tabs.start();
    if (role === 'writer')
      await startUp({ document, firstGraph: async () => ({ title: 'First', graph: chain(), notes: [] }) });
    return {
      tab,
      tabs,
      document,
      state,
      rescued,
      refusals,
      role: () => tabs.store.getState().role,
      prompt: () => document.get().graph.nodes.a?.params.prompt,
      write: (value: string) => document.change({ type: 'setParam', node: 'a', name: 'prompt', value }),
      /** As the browser does it: the page is told, and then its lock is free. */
      close: async () => {
        await document.flush();
        tabs.leave();
        await Promise.resolve();
        hub.remove(tab);
        lock.release(tab);
      },
      /** As a crash does it. */
      crash: () => {
        hub.remove(tab);
        lock.release(tab);
      },
    };
  }

  return { open, entries, errors, hub, lock };
}

/** Web Locks with one name: a queue, `ifAvailable` and `steal`. */
function createFakeLock() {
  type Holder = { tab: string; lost: () => void };
  let holder: Holder | null = null;
  let slow = '';
  const untold: (() => void)[] = [];
  const queue: { holder: Holder; granted: (release: () => void) => void }[] = [];

  function next(): void {
    const first = holder ? undefined : queue.shift();
    if (!first) return;
    holder = first.holder;
    first.granted(releaseOf(first.holder));
  }
  const releaseOf = (mine: Holder) => () => {
    if (holder !== mine) return;
    holder = null;
    next();
  };

  return {
    of: (tab: string): TabLock => ({
      isCertain: true,
      async hold(how, lost, signal) {
        const mine = { tab, lost };
        if (how === 'take') {
          if (holder?.tab === slow) untold.push(holder.lost);
          else holder?.lost();
          holder = mine;
          return releaseOf(mine);
        }
        if (how === 'if-free' && holder) return null;
        return new Promise((granted, reject) => {
          const entry = { holder: mine, granted };
          queue.push(entry);
          signal?.addEventListener('abort', () => {
            const at = queue.indexOf(entry);
            if (at >= 0) queue.splice(at, 1);
            reject(new DOMException('Aborted', 'AbortError'));
          });
          next();
        });
      },
    }),
    /** This tab learns late that its lock was taken. */
    delayLoss: (tab: string): void => void (slow = tab),
    tellLoss(): void {
      for (const tell of untold.splice(0)) tell();
    },
    release(tab: string): void {
      for (let i = queue.length - 1; i >= 0; i--) if (queue[i]!.holder.tab === tab) queue.splice(i, 1);
      if (holder?.tab !== tab) return;
      holder = null;
      next();
    },
  };
}

/** A BroadcastChannel for each tab; a frozen tab hears nothing until it goes on. */
function createFakeHub() {
  const members = new Map<
    string,
    { listeners: ((event: { data: unknown }) => void)[]; isFrozen: () => boolean; missed: unknown[] }
  >();
  const deliver = (tab: string, data: unknown): void => {
    const member = members.get(tab);
    if (!member) return;
    if (member.isFrozen()) member.missed.push(data);
    else for (const listener of member.listeners) listener({ data });
  };
  return {
    of(tab: string, isFrozen: () => boolean): Channel {
      const member = { listeners: [] as ((event: { data: unknown }) => void)[], isFrozen, missed: [] as unknown[] };
      members.set(tab, member);
      return {
        postMessage(message) {
          const data: unknown = structuredClone(message);
          if (members.has(tab))
            for (const other of members.keys()) if (other !== tab) queueMicrotask(() => deliver(other, data));
        },
        addEventListener: (_, listener) => void member.listeners.push(listener),
      };
    },
    remove: (tab: string): void => void members.delete(tab),
    thaw(tab: string): void {
      for (const data of members.get(tab)?.missed.splice(0) ?? []) deliver(tab, data);
    },
    /** Somebody else on the same channel. */
    say(data: unknown): void {
      for (const tab of members.keys()) queueMicrotask(() => deliver(tab, data));
    },
  };
}
