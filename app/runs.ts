import { createStore } from 'zustand/vanilla';
import type { RunLimits } from '../graphs/allowance.ts';
import type { GraphError } from '../graphs/errors.ts';
import { execute } from '../graphs/execute.ts';
import type { Count, Known, Lookup } from '../graphs/known.ts';
import type { MakingOrder } from '../graphs/making-order.ts';
import { reduceRun, startRun, type Run, type RunEvent, type TaskState } from '../graphs/run.ts';
import type { Services } from '../graphs/services.ts';
import { countWanted } from '../graphs/wanted.ts';
import type { Plans } from './plans.ts';

export type RunsState = {
  readonly run: Run | null;
  /** The keys that this run is for; null = the whole graph. */
  readonly wanted: ReadonlySet<string> | null;
  /** Run was pressed and the last look at what is made is under way. */
  readonly starting: boolean;
  /** Stop was pressed; what had begun is still awaited. Another run may begin meanwhile. */
  readonly stopping: boolean;
  /** The title of the graph whose run a reload or a crash cut off; null = none was, or Run was pressed since. */
  readonly interrupted: string | null;
};

export type Runs = ReturnType<typeof createRuns>;

export type StartOptions = {
  /** With more new pictures than this nothing is started: the user is asked first. */
  readonly askAbove?: number;
  /** Whatever would be sent must fail. */
  readonly noToken?: boolean;
  /** So many new pictures were named in a question: more than these are not begun without another one. */
  readonly said?: number;
  readonly order?: MakingOrder;
  readonly limits?: RunLimits;
};

export type StartResult =
  | { readonly started: true }
  | { readonly started: false; readonly reason: 'running' | 'nothing-to-do' }
  /** Nothing may be changed here, as was told already. */
  | { readonly started: false; readonly reason: 'refused' }
  /** More to make than a run may without a question. */
  | { readonly started: false; readonly reason: 'ask'; readonly count: Count }
  /** More would be bought than was said before. */
  | { readonly started: false; readonly reason: 'more'; readonly count: Count }
  /** There is a budget, but what an edit costs is not known. */
  | { readonly started: false; readonly reason: 'price-unknown' }
  /** The edit service wants a token, and there is none. */
  | { readonly started: false; readonly reason: 'no-token' }
  /** The edit service was changed on another page. */
  | { readonly started: false; readonly reason: 'other-service' }
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
  interrupted?: string | null;
}) {
  const { plans, services, limit, schedule, now = Date.now, interrupted = null } = options;
  const store = createStore<RunsState>(() => ({
    run: null,
    wanted: null,
    starting: false,
    stopping: false,
    interrupted,
  }));
  /** Of the run that the state tells of. */
  let controller = new AbortController();
  let events: { of: AbortController; event: RunEvent }[] = [];
  /** Runs that were stopped, and wait for what they had begun. */
  const stopped = new Set<AbortController>();

  function flush(): void {
    const batch = events;
    events = [];
    const { run } = store.getState();
    const ofThisRun = batch.filter(({ of }) => of === controller).map(({ event }) => event);
    if (run && ofThisRun.length > 0) store.setState({ run: reduceRun(run, ofThisRun, now()) });
    const made = new Map<string, Known>();
    for (const { event } of batch) if (event.type === 'done') made.set(event.key, event.known);
    if (made.size > 0) plans.learn(made);
  }

  function emit(of: AbortController, event: RunEvent): void {
    if (events.push({ of, event }) === 1) schedule(flush);
  }

  function ended(of: AbortController): void {
    if (stopped.delete(of) && stopped.size === 0) store.setState({ stopping: false });
  }

  function isBusy(): boolean {
    const { run, starting } = store.getState();
    return starting || run?.status === 'running';
  }

  /** Runs everything, or only `wanted` keys with what they need. Looks first at what is made, so nothing is paid for twice. */
  async function start(wanted?: ReadonlySet<string>, options: StartOptions = {}): Promise<StartResult> {
    if (isBusy()) return { started: false, reason: 'running' };
    const { plan } = plans.get();
    if (plan.errors.length > 0) return { started: false, reason: 'errors', errors: plan.errors };
    store.setState({ starting: true });
    const mine = new AbortController();
    try {
      const all = await plans.refresh();
      const count = wanted ? countWanted(plan, plans.lookup, wanted) : all;
      if (count.toPay + count.underway + count.toSave === 0) return { started: false, reason: 'nothing-to-do' };
      const { askAbove = Infinity, said = Infinity, noToken, limits } = options;
      if (count.toPay > 0 && noToken) return { started: false, reason: 'no-token' };
      if (count.toPay > said) return { started: false, reason: 'more', count };
      if (Math.min(count.toPay, limits?.pictures ?? Infinity) > askAbove)
        return { started: false, reason: 'ask', count };
      const hasBudget = limits?.budget !== undefined || limits?.dollars !== undefined;
      if (count.toPay > 0 && hasBudget && limits.price === null) return { started: false, reason: 'price-unknown' };
      controller = mine;
      store.setState({ run: startRun(now()), wanted: wanted ?? null, interrupted: null });
    } finally {
      store.setState({ starting: false });
    }
    const { signal } = mine;
    const tell = (event: RunEvent): void => emit(mine, event);
    void execute({
      plan,
      services,
      lookup: plans.lookup,
      emit: tell,
      signal,
      limit: limit(),
      ...(wanted && { wanted }),
      ...(options.order && { order: options.order }),
      ...(options.limits && { limits: options.limits }),
    })
      .then(flush)
      .finally(() => ended(mine));
    return { started: true };
  }

  return {
    store,
    get: store.getState,
    isBusy,
    start,
    /**
     * Starts nothing new and cancels what is still queued; what is being made is collected when it arrives (M8). The run
     * is over with that, and another may begin: what it wants of the same edits it joins by their keys.
     */
    stop(): void {
      if (store.getState().run?.status !== 'running') return;
      stopped.add(controller);
      store.setState({ stopping: true });
      controller.abort();
      emit(controller, { type: 'ended', stopped: true });
      flush();
    },
    /** What to show of a key. */
    viewOf(key: string): TaskView | undefined {
      return viewOf(store.getState().run, plans.lookup, key);
    },
  };
}

/** A made picture wins over whatever a run said; a run's word wins over an older one of the job book. */
export function viewOf(run: Run | null, lookup: Lookup, key: string): TaskView | undefined {
  const known = lookup(key);
  if (known?.status === 'done') return known;
  const state = run?.tasks.get(key);
  if (!state || state.status === 'done') return known;
  // The book knows when a lost answer was found or settled.
  if (state.status === 'unknown' && known) return known;
  if (state.status === 'blocked' && lookup(state.by)?.status === 'done') return known;
  const isOver = run!.status !== 'running';
  if (isOver && (state.status === 'waiting' || state.status === 'running' || state.status === 'cancelled'))
    return known;
  return state;
}
