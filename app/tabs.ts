import { createStore } from 'zustand/vanilla';
import type { Graph } from '../graphs/graph.ts';
import type { DraftStorage, EditorDocument } from './document.ts';
import type { TabLock } from './tab-lock.ts';
import type { Talk } from './tab-talk.ts';

export type TabsState = {
  readonly role: 'writer' | 'reader';
  /** What a reader knows of the writer: `silent` = it does not answer; `newer` = it runs a newer Editloom. */
  readonly other: 'live' | 'silent' | 'newer';
  /** "Edit here instead" was pressed. */
  readonly taking: boolean;
  readonly kept: Kept | null;
};
/** What this tab could not save before another one took over; `isVersion`: it lies among the versions meanwhile. */
export type Kept = { readonly title: string; readonly graph: Graph; readonly isVersion: boolean };

/** The part of a BroadcastChannel that is used: it reaches the other tabs, not this one. */
export type Channel = {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
};

export type TabWorld = {
  /** This tab's own name among the others. */
  readonly tab: string;
  readonly document: EditorDocument;
  readonly storage: DraftStorage & { claim(): Promise<void> };
  readonly lock: TabLock;
  readonly channel: Channel;
  /** Was this tab the writer before it was loaded again? */
  readonly memory: { wasWriter(): boolean; remember(isWriter: boolean): void };
  /** The part that is needed only where there is a second tab. */
  readonly load: () => Promise<{ createTalk: (world: TabWorld, inside: TabInside) => Talk }>;
  /** Keeps what could not be saved where it outlives this tab. */
  readonly rescue: (kept: Kept) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
};
/** What both parts share. */
export type TabInside = {
  readonly store: ReturnType<typeof createTabs>['store'];
  readonly lost: () => void;
  readonly keep: (unsaved: { readonly title: string; readonly graph: Graph }) => void;
};

export type Tabs = ReturnType<typeof createTabs>;

export const READ_ONLY = 'This graph is open in another tab, so it can only be looked at here.';

/** One document has one writer; the other tabs show it. What they tell each other is loaded with the second tab. */
export function createTabs(world: TabWorld) {
  const { document, storage, lock, channel, memory, load, onError } = world;
  const store = createStore<TabsState>(() => ({ role: 'writer', other: 'live', taking: false, kept: null }));
  let loading: Promise<Talk> | undefined;
  const talk = (): Promise<Talk> =>
    (loading ??= load().then(({ createTalk }) => createTalk(world, { store, lost, keep })));
  const withTalk = (act: (loaded: Talk) => unknown): Promise<void> =>
    talk()
      .then(act)
      .then(
        () => undefined,
        (error: unknown) => {
          loading = undefined;
          onError(error);
        },
      );

  /** Holds what this tab could not save, and lays it among the versions. */
  function keep({ title, graph }: { title: string; graph: Graph }): void {
    const kept: Kept = { title, graph, isVersion: false };
    store.setState({ kept });
    world.rescue(kept).then(() => {
      if (store.getState().kept === kept) store.setState({ kept: { ...kept, isVersion: true } });
    }, onError);
  }

  /** Another tab has taken over. A change that was not saved yet is kept here. */
  function lost(): void {
    if (store.getState().role === 'writer' && document.isUnsaved()) keep(document.get());
    document.setReadOnly(READ_ONLY);
    document.leaveSaving();
    memory.remember(false);
    store.setState({ role: 'reader' });
    void withTalk((loaded) => loaded.join());
  }

  document.onTakenOver(lost);
  channel.addEventListener('message', ({ data }) => void withTalk((loaded) => loaded.hear(data)));
  store.subscribe(({ role }, before) => {
    if (role !== before.role) memory.remember(role === 'writer');
  });

  return {
    store,
    /** Settles when it is known whether this tab may write; for a reader, when it shows what the writer has. */
    async start(): Promise<TabsState['role']> {
      if (await lock.hold('if-free', lost)) {
        // A storage that cannot be claimed cannot be read either, which is told of then.
        await storage.claim().catch(() => undefined);
        const { role } = store.getState();
        memory.remember(role === 'writer');
        return role;
      }
      const wasWriter = memory.wasWriter();
      document.setReadOnly(READ_ONLY);
      store.setState({ role: 'reader' });
      await withTalk((loaded) => loaded.join());
      if (wasWriter) void withTalk((loaded) => loaded.take({ onlyIfUnchanged: true }));
      return store.getState().role;
    },
    /** Edit here instead. */
    take: (): Promise<void> => withTalk((loaded) => loaded.take({})),
    /** The page goes away: a reader may go on at once with all that can be undone here. */
    leave: (): void => {
      if (loading) void withTalk((loaded) => loaded.leave());
    },
    /** False: nobody tells this tab when the writer has crashed. */
    isCertain: lock.isCertain,
    forgetKept: (): void => store.setState({ kept: null }),
  };
}
