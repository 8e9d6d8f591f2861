import type { Graph } from '../../graphs/graph.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { DocumentState, EditorDocument } from '../document.ts';
import type { Plans } from '../plans.ts';
import type { Runs } from '../runs.ts';
import type { VersionBook } from './book.ts';
import type { Reason, Version } from './version.ts';

export type Versions = ReturnType<typeof createVersions>;
export type Book = {
  readonly book: VersionBook;
  readonly picturesFor: (graph: Graph, plan: Plan | null, plans: Plans) => readonly string[];
};

/**
 * [R1] Keeps a version by itself when a run begins and before another graph is opened. What keeping needs is loaded with
 * the first one. A version that cannot be kept is told of; nothing waits for it.
 */
export function createVersions(options: {
  document: EditorDocument;
  plans: Plans;
  runs: Runs;
  load: () => Promise<Book>;
  onError: (error: unknown) => void;
}) {
  const { document, plans, runs, onError } = options;
  let loading: Promise<Book> | null = null;

  /** A page that could not be loaded is asked for again the next time. */
  function load(): Promise<Book> {
    loading ??= options.load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  async function keep(state: DocumentState, reason: Reason, plan: Plan | null, name?: string): Promise<Version> {
    try {
      const { book, picturesFor } = await load();
      const pictures = picturesFor(state.graph, plan, plans);
      return await book.keep(state, reason, { pictures, ...(name === undefined ? {} : { name }) });
    } catch (cause) {
      throw new Error(`A version of this graph could not be kept: ${(cause as Error).message}`, { cause });
    }
  }

  /** The pictures of the run stand for the version once they are made. */
  async function illustrate({ id }: Version, { graph }: DocumentState, plan: Plan): Promise<void> {
    const { book, picturesFor } = await load();
    await book.illustrate(id, picturesFor(graph, plan, plans));
  }

  let running: { readonly state: DocumentState; readonly plan: Plan; readonly kept: Promise<Version> } | null = null;
  const remove = [
    runs.store.subscribe(({ run }, { run: before }) => {
      if (run && run.startedAt !== before?.startedAt && document.get().readOnly === null) {
        const state = document.get();
        const { plan } = plans.get();
        running = { state, plan, kept: keep(state, 'run', plan) };
        running.kept.catch(onError);
      }
      if (run?.status !== 'running' && running) {
        const { state, plan, kept } = running;
        running = null;
        // A version that could not be kept has been told of already.
        void kept.then((version) => illustrate(version, state, plan).catch(onError)).catch(() => undefined);
      }
    }),
    document.subscribe((state, before) => {
      // The first one is the draft of last time, and in a tab that only looks on another one keeps them.
      if (state.opened === before.opened || before.opened === 0 || state.readOnly !== null) return;
      // Both fail for one reason, which is told once.
      let told = false;
      const tell = (error: unknown): void => {
        if (!told) onError(error);
        told = true;
      };
      // Today's plan is that of the other graph already.
      if (Object.keys(before.graph.nodes).length > 0) keep(before, 'open', null).catch(tell);
      load()
        .then(({ book }) => book.begin())
        .catch(tell);
    }),
  ];

  return {
    book: (): Promise<VersionBook> => load().then(({ book }) => book),
    /** Keeps what is open now. */
    keepNow: (reason: Reason, name?: string): Promise<Version> => keep(document.get(), reason, plans.get().plan, name),
    close(): void {
      for (const each of remove) each();
    },
  };
}
