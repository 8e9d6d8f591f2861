import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Change } from '../graphs/changes.ts';
import { loadGraph, writeGraphFile, type LoadedGraph } from '../graphs/file.ts';
import { emptyGraph, type Graph } from '../graphs/graph.ts';
import { change, redo, startHistory, undo, type History } from '../graphs/history.ts';
import type { NodeTypes } from '../graphs/node-type.ts';

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
  readonly saved: { readonly status: 'saved' | 'saving' } | { readonly status: 'failed'; readonly message: string };
};

export type EditorDocument = ReturnType<typeof createDocument>;

const DRAFT = 'draft';

/** The open graph with its title and history; the one writer of both. Every change is autosaved, in order. */
export function createDocument(storage: DraftStorage, nodeTypes: NodeTypes, now: () => number = Date.now) {
  const store: StoreApi<DocumentState> = createStore(() => ({
    title: 'Untitled',
    history: startHistory(emptyGraph),
    graph: emptyGraph,
    opened: 0,
    saved: { status: 'saved' },
  }));
  const save = createSaver(storage, store);

  function put(history: History): void {
    if (history === store.getState().history) return;
    store.setState({ history, graph: history.graph });
    save();
  }

  return {
    store,
    get: store.getState,
    subscribe: store.subscribe,
    /** Makes a change; changes with the same gesture become one undo step. */
    change: (what: Change, gesture?: string): void => put(change(store.getState().history, what, gesture ?? null)),
    undo: (): void => put(undo(store.getState().history)),
    redo: (): void => put(redo(store.getState().history)),
    setTitle(title: string): void {
      store.setState({ title: title.trim().slice(0, 200) || 'Untitled' });
      save();
    },
    /** Puts another graph in place of the open one, which can be had back from where it was saved. */
    open({ title, graph }: { title: string; graph: Graph }): void {
      store.setState(({ opened }) => ({ title, history: startHistory(graph), graph, opened: opened + 1 }));
      save();
    },
    /** Settles when everything up to now is written. */
    flush: save.flush,
    /** The draft of last time; null at the very first start. An unreadable one is set aside, and told of. */
    async restore(): Promise<{
      loaded: LoadedGraph | null;
      setAside: { name: string; text: string; reason: string } | null;
    }> {
      const draft = await storage.get(DRAFT);
      if (draft === undefined || draft === null) return { loaded: null, setAside: null };
      try {
        if (typeof draft !== 'string') throw new Error('Expected a text.');
        const loaded = loadGraph(JSON.parse(draft), nodeTypes);
        store.setState(({ opened }) => ({
          title: loaded.title,
          history: startHistory(loaded.graph),
          graph: loaded.graph,
          opened: opened + 1,
        }));
        return { loaded, setAside: null };
      } catch (error) {
        const name = `draft-unreadable-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')}`;
        const text = typeof draft === 'string' ? draft : JSON.stringify(draft);
        await storage.set(name, text);
        return { loaded: null, setAside: { name, text, reason: (error as Error).message } };
      }
    },
  };
}

/** Changes of one gesture come many in a second: the draft is written when they pause. */
const PAUSE_MS = 200;

/** Writes the newest state, one write at a time; a failed write is shown and tried again with the next change. */
function createSaver(storage: DraftStorage, store: StoreApi<DocumentState>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dirty = false;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (dirty) {
      dirty = false;
      const { title, graph } = store.getState();
      try {
        await storage.set(DRAFT, writeGraphFile(title, graph));
        if (!dirty) store.setState({ saved: { status: 'saved' } });
      } catch (error) {
        const message = `This graph could not be saved here: ${(error as Error).message}`;
        store.setState({ saved: { status: 'failed', message } });
      }
    }
  }

  function write(): Promise<void> {
    writing ??= writeAll().finally(() => (writing = null));
    return writing;
  }

  function save(): void {
    dirty = true;
    if (store.getState().saved.status !== 'saving') store.setState({ saved: { status: 'saving' } });
    clearTimeout(timer);
    timer = setTimeout(() => void write(), PAUSE_MS);
  }
  save.flush = async (): Promise<void> => {
    clearTimeout(timer);
    await write();
  };
  return save;
}
