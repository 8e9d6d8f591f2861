import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Change } from '../graphs/changes.ts';
import { writeGraphFile, type LoadedGraph } from '../graphs/file.ts';
import { emptyGraph, type Graph } from '../graphs/graph.ts';
import { change, putBack, redo, startHistory, undo, type History } from '../graphs/history.ts';
import type { NodeTypes } from '../graphs/node-type.ts';
import { reuse } from '../graphs/same.ts';
import { createAutosave, wordsOf, type Saved } from './autosave.ts';
import { createDrafts, DRAFT, isOfNewerVersion, PREVIOUS, type SetAside } from './drafts.ts';

/** Where drafts are kept: IndexedDB in the browser. */
export type DraftStorage = {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
};

export type DocumentState = {
  readonly title: string;
  readonly history: History;
  readonly graph: Graph;
  /** Grows when another document is opened, so that the canvas can fit it into view. */
  readonly opened: number;
  readonly saved: Saved;
  /** Why nothing may be changed here now, a sentence; null where everything may. */
  readonly readOnly: string | null;
};

export type Restored = { readonly loaded: LoadedGraph | null; readonly setAside: SetAside | null };

export type EditorDocument = ReturnType<typeof createDocument>;

/** The open graph with its title and history; the one writer of both. Every change is autosaved, in order. */
export function createDocument(storage: DraftStorage, nodeTypes: NodeTypes, now: () => number = Date.now) {
  const store: StoreApi<DocumentState> = createStore(() => ({
    title: 'Untitled',
    history: startHistory(emptyGraph),
    graph: emptyGraph,
    opened: 0,
    saved: { status: 'saved' },
    readOnly: null,
  }));
  const drafts = createDrafts(storage, nodeTypes, now);
  const refusalListeners = new Set<(why: string) => void>();
  const takenListeners = new Set<() => void>();
  const autosave = createAutosave({
    write: () => storage.set(DRAFT, asFile()),
    get: () => store.getState().saved,
    tell: (saved) => store.setState({ saved }),
    isWorthRetrying(error) {
      if ((error as Error).name !== 'TakenOverError') return true;
      for (const listener of takenListeners) listener();
      return false;
    },
    now,
  });

  function asFile(): string {
    const { title, graph } = store.getState();
    return writeGraphFile(title, graph);
  }

  /** True when nothing may be changed; whoever wanted to is told why. */
  function refuses(): boolean {
    const { readOnly } = store.getState();
    if (readOnly === null) return false;
    for (const listener of refusalListeners) listener(readOnly);
    return true;
  }

  function put(history: History, title = store.getState().title): void {
    if (history === store.getState().history) return;
    store.setState({ title, history, graph: history.graph });
    autosave.save();
  }

  /** Shows another document, or another state of the same one. */
  function show(title: string, history: History, isOther: boolean): void {
    store.setState(({ opened }) => ({ title, history, graph: history.graph, opened: isOther ? opened + 1 : opened }));
  }

  /** Nothing is written over a draft that may be whole, until the user says so. */
  function turnOff(why: 'unread' | 'no-storage', message: string): void {
    store.setState({ saved: { status: 'off', why, message } });
  }

  async function putAside(draft: unknown, error: unknown): Promise<SetAside> {
    try {
      return await drafts.putAside(draft, error);
    } catch (cause) {
      turnOff('unread', `${wordsOf(error)} It could not be set aside either: ${wordsOf(cause)}`);
      throw cause;
    }
  }

  return {
    store,
    get: store.getState,
    subscribe: store.subscribe,
    refuses,
    /** Makes a change; changes with the same gesture become one undo step. */
    change: (what: Change, gesture?: string): void => {
      if (!refuses()) put(change(store.getState().history, what, gesture ?? null));
    },
    undo: (): void => {
      const { history } = store.getState();
      if (!refuses()) put(undo(history), history.past.at(-1)?.titles?.before);
    },
    redo: (): void => {
      const { history } = store.getState();
      if (!refuses()) put(redo(history), history.future[0]?.titles?.after);
    },
    /** [R3] Puts another state of the graph and its title back, as one change. False where nothing may be changed. */
    putBack({ title, graph }: { title: string; graph: Graph }): boolean {
      if (refuses()) return false;
      const { history, title: before } = store.getState();
      put(putBack(history, reuse(history.graph, graph), { before, after: title }), title);
      return true;
    },
    setTitle(title: string): void {
      if (refuses()) return;
      store.setState({ title: title.trim().slice(0, 200) || 'Untitled' });
      autosave.save();
    },
    /** Puts another graph in place of the open one, which can be had back from where it was saved. */
    open({ title, graph }: { title: string; graph: Graph }): void {
      if (refuses()) return;
      show(title, startHistory(graph), true);
      autosave.save();
    },
    /** Settles when everything up to now is written, or could not be. */
    flush: autosave.flush,
    /** Is there a change that is not in the storage yet? */
    isUnsaved: autosave.isDirty,
    /** Would a change be lost with the page? */
    isAtRisk: (): boolean => autosave.isAtRisk(),
    /** The draft of last time; null at the very first start. An unreadable one is set aside, and told of. */
    async restore(): Promise<Restored> {
      let draft: unknown;
      try {
        draft = await drafts.read();
      } catch (error) {
        turnOff((await drafts.canWrite()) ? 'unread' : 'no-storage', wordsOf(error));
        throw error;
      }
      // What was drawn while the draft could not be read is not lost by opening it.
      const drawn = store.getState().history.past.length > 0 ? asFile() : null;
      const wasOff = store.getState().saved.status === 'off';
      let restored: Restored = { loaded: null, setAside: null };
      if (draft !== undefined && draft !== null)
        try {
          restored = { loaded: drafts.parse(draft), setAside: null };
        } catch (error) {
          restored = { loaded: null, setAside: await putAside(draft, error) };
        }
      store.setState({ saved: { status: 'saved' } });
      if (restored.loaded) {
        if (drawn) await storage.set(PREVIOUS, drawn);
        show(restored.loaded.title, startHistory(restored.loaded.graph), true);
        autosave.drop();
        // Else the unreadable one would be found, and set aside, at each start.
      } else if (restored.setAside || wasOff) autosave.save();
      return restored;
    },
    /** Saves again from now on, over a draft that cannot be read. */
    beginAnew(): void {
      store.setState({ saved: { status: 'saving' } });
      autosave.save();
    },

    /** Nothing may be changed any more, for this reason; or everything may again. */
    setReadOnly: (readOnly: string | null): void => store.setState({ readOnly }),
    /** Forgets what is not written: another tab writes the draft now. */
    leaveSaving(): void {
      autosave.drop();
      store.setState({ saved: { status: 'saved' } });
    },
    /** Shows what another tab has open. */
    follow({ title, graph, isOther }: { title: string; graph: Graph; isOther: boolean }): void {
      show(title, startHistory(graph), isOther);
    },
    /** Goes on where another tab has stopped, with all that can be undone there. */
    takeOver({ title, history }: { title: string; history: History }): void {
      const graph = reuse(store.getState().graph, history.graph);
      show(title, { ...history, graph }, store.getState().opened === 0);
      autosave.save();
    },
    /** Shows the draft that another tab has written, as well as it can be read. Throws if it is a newer Editloom's. */
    async lookAtDraft(): Promise<void> {
      const draft = await drafts.read().catch(() => null);
      if (draft === null || draft === undefined || draft === asFile()) return;
      try {
        const { title, graph } = drafts.parse(draft);
        show(title, startHistory(graph), store.getState().opened === 0);
      } catch (error) {
        if (isOfNewerVersion(error)) throw error;
      }
    },
    /** Goes on with the draft that another tab has left, or else with what is shown. Throws if it is a newer Editloom's. */
    async goOnWithDraft(): Promise<void> {
      let draft: unknown;
      try {
        draft = await drafts.read();
      } catch (error) {
        return turnOff('unread', wordsOf(error));
      }
      if (draft === asFile()) return;
      if (draft === undefined || draft === null) return autosave.save();
      try {
        const { title, graph } = drafts.parse(draft);
        show(title, startHistory(graph), store.getState().opened === 0);
      } catch (error) {
        if (isOfNewerVersion(error)) throw error;
        await putAside(draft, error).then(
          () => autosave.save(),
          () => undefined,
        );
      }
    },
    /** Somebody wanted to change what may only be looked at. */
    onRefused: listenTo(refusalListeners),
    /** The storage has found that another tab writes the draft now. */
    onTakenOver: listenTo(takenListeners),
  };
}

function listenTo<T>(listeners: Set<T>): (listener: T) => () => void {
  return (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}
