import { createStore } from 'zustand/vanilla';
import type { GraphError } from '../graphs/errors.ts';
import { execute } from '../graphs/execute.ts';
import type { Known } from '../graphs/known.ts';
import { reduceRun, startRun, type Run, type RunEvent, type TaskState } from '../graphs/run.ts';
import type { Services } from '../graphs/services.ts';
import type { Plans } from './plans.ts';

export type RunsState = {
  readonly run: Run | null;
  /** Run was pressed and the last look at what is made is under way. */
  readonly starting: boolean;
  /** Stop was pressed; what is being made is awaited. */
  readonly stopping: boolean;
};

export type Runs = ReturnType<typeof createRuns>;

export type StartResult =
  | { readonly started: true }
  | { readonly started: false; readonly reason: 'running' | 'nothing-to-do' }
  /** Nothing may be changed here, as was told already. */
  | { readonly started: false; readonly reason: 'refused' }
  | { readonly started: false; readonly reason: 'errors'; readonly errors: readonly GraphError[] };

/** What a card or a cell shows of a key: how the run has it, or else what is known of it. */
export type TaskView = TaskState | Known;

/** Carries plans out; the one writer of run state, through `reduceRun`. */
export function createRuns(options: {
  plans: Plans;
  services: Services;
  limit: () => number;
  schedule: (work: () => void) => void;
  now?: () => number;
}) {
  const { plans, services, limit, schedule, now = Date.now } = options;
  const store = createStore<RunsState>(() => ({ run: null, starting: false, stopping: false }));
  let controller = new AbortController();
  let events: RunEvent[] = [];

  function flush(): void {
    const batch = events;
    events = [];
    const { run } = store.getState();
    if (run && batch.length > 0) store.setState({ run: reduceRun(run, batch, now()) });
    const made = new Map<string, Known>();
    for (const event of batch) if (event.type === 'done') made.set(event.key, event.known);
    if (made.size > 0) plans.learn(made);
  }

  function emit(event: RunEvent): void {
    if (events.push(event) === 1) schedule(flush);
  }

  function isBusy(): boolean {
    const { run, starting } = store.getState();
    return starting || run?.status === 'running';
  }

  /** Runs everything, or only `wanted` keys with what they need. Looks first at what is made, so nothing is paid for twice. */
  async function start(wanted?: ReadonlySet<string>): Promise<StartResult> {
    if (isBusy()) return { started: false, reason: 'running' };
    const { plan } = plans.get();
    if (plan.errors.length > 0) return { started: false, reason: 'errors', errors: plan.errors };
    store.setState({ starting: true });
    try {
      const count = await plans.refresh();
      if (!wanted && count.toPay + count.underway + count.toSave === 0)
        return { started: false, reason: 'nothing-to-do' };
      controller = new AbortController();
      store.setState({ run: startRun(now()), stopping: false });
    } finally {
      store.setState({ starting: false });
    }
    const { signal } = controller;
    void execute({ plan, services, lookup: plans.lookup, emit, signal, limit: limit(), ...(wanted ? { wanted } : {}) })
      .then(flush)
      .finally(() => store.setState({ stopping: false }));
    return { started: true };
  }

  return {
    store,
    get: store.getState,
    isBusy,
    start,
    /** Starts nothing new and cancels what is still queued; what is being made is collected when it arrives (M8). */
    stop(): void {
      if (store.getState().run?.status !== 'running') return;
      store.setState({ stopping: true });
      controller.abort();
    },
    /** What to show of a key. */
    viewOf(key: string): TaskView | undefined {
      return viewOf(store.getState().run, plans.lookup(key), key);
    },
  };
}

/** A made picture wins over whatever a run said; a run's word wins over an older one of the job book. */
export function viewOf(run: Run | null, known: Known | undefined, key: string): TaskView | undefined {
  if (known?.status === 'done') return known;
  const state = run?.tasks.get(key);
  if (!state || state.status === 'done') return known;
  if (
    run!.status !== 'running' &&
    (state.status === 'waiting' || state.status === 'running' || state.status === 'cancelled')
  )
    return known;
  return state;
}
