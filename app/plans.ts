import { createStore } from 'zustand/vanilla';
import { createCounter, type Counter } from '../graphs/counter.ts';
import { nothingCounted, type Count, type Known } from '../graphs/known.ts';
import type { Graph } from '../graphs/graph.ts';
import type { NodeTypes } from '../graphs/node-type.ts';
import { createPlanner, type Plan } from '../graphs/plan.ts';
import type { Services } from '../graphs/services.ts';
import type { EditorDocument } from './document.ts';

export type PlansState = {
  readonly plan: Plan;
  readonly count: Count;
  /** False until everything of this plan was looked up: the count is not yet to be trusted. */
  readonly counted: boolean;
  /** Grows when `known` changes; the map itself is changed in place, its values never are. */
  readonly knownVersion: number;
  readonly known: ReadonlyMap<string, Known>;
};

export type Plans = ReturnType<typeof createPlans>;

/** Each change of a text names new keys. Those of long ago are forgotten, and asked for once more where they return. */
const MOST_ASKED = 500_000;

/** Keeps today's plan beside the document, and what is known of its keys. */
export function createPlans(options: {
  document: EditorDocument;
  nodeTypes: NodeTypes;
  cache: Services['cache'];
  /** Gathers recounting into one per frame. */
  schedule: (work: () => void) => void;
  onError: (error: unknown) => void;
}) {
  const { document, nodeTypes, cache, schedule, onError } = options;
  const known = new Map<string, Known>();
  const asked = new Set<string>();
  /** When something was last learned about a key, counted in pieces of news: answers under way may be older. */
  const learnedAt = new Map<string, number>();
  let newsCount = 0;
  let service = '';
  let planner = createPlanner(nodeTypes, service);
  let scheduled = false;
  /** Null until today's plan is counted. */
  let counter: Counter | null = null;
  /** Keys of which something was learned since they were counted. */
  let uncounted = new Set<string>();
  /** There may be keys in the plan that nobody has asked for. */
  let mayMiss = true;
  let lookUps = 0;
  const graphs = new WeakMap<Plan, Graph>();
  const store = createStore<PlansState>(() => ({
    plan: planOf(document.get().graph),
    count: nothingCounted,
    counted: false,
    knownVersion: 0,
    known,
  }));

  function planOf(graph: Graph): Plan {
    const plan = planner(graph);
    graphs.set(plan, graph);
    return plan;
  }

  function replan(): void {
    if (service === '') return;
    const plan = planOf(document.get().graph);
    if (plan === store.getState().plan) return;
    counter = null;
    mayMiss = true;
    store.setState({ plan, counted: false });
    scheduleCount();
  }

  function scheduleCount(): void {
    if (scheduled) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      const { plan } = store.getState();
      // One question at a time: whoever types changes ten thousand keys with each letter.
      if (mayMiss && lookUps === 0) {
        mayMiss = false;
        const missing = keysOf(plan).filter((key) => !asked.has(key));
        if (missing.length > 0) void lookUp(missing).catch(onError);
      }
      store.setState({ count: count(plan), counted: !mayMiss && lookUps === 0 });
    });
  }

  function count(plan: Plan): Count {
    const news = uncounted;
    uncounted = new Set();
    if (counter?.plan === plan) return counter.learn(news);
    counter = createCounter(plan, (key) => known.get(key));
    return counter.get();
  }

  async function lookUp(keys: readonly string[]): Promise<void> {
    if (asked.size > MOST_ASKED) asked.clear();
    for (const key of keys) asked.add(key);
    const askedAt = newsCount;
    lookUps++;
    try {
      const found = await cache.lookUp(keys);
      let isNews = false;
      for (const key of keys) {
        if ((learnedAt.get(key) ?? 0) > askedAt) continue;
        const value = found.get(key);
        if (value) known.set(key, value);
        // Of most keys of a text that is just typed nothing is known, before and after: that is no news.
        else if (!known.delete(key)) continue;
        uncounted.add(key);
        isNews = true;
      }
      if (isNews) store.setState(({ knownVersion }) => ({ knownVersion: knownVersion + 1 }));
    } catch (error) {
      // Asked again with the next change, or when the server is there again.
      for (const key of keys) asked.delete(key);
      mayMiss = true;
      throw error;
    } finally {
      lookUps--;
    }
    scheduleCount();
  }

  document.subscribe((state, before) => {
    if (state.graph !== before.graph) replan();
  });

  return {
    store,
    get: store.getState,
    lookup: (key: string): Known | undefined => known.get(key),
    /** The newest graph that this plan is of. */
    graphOf: (plan: Plan): Graph => graphs.get(plan) ?? document.get().graph,
    /** The edit service in use is part of every key. */
    setService(id: string): void {
      if (id === service) return;
      service = id;
      planner = createPlanner(nodeTypes, id);
      replan();
    },
    /** The server can be reached again: asks for what it could not be asked for. */
    retry(): void {
      // How these have ended meanwhile may have been told to nobody.
      for (const [key, { status }] of known) if (status === 'underway') asked.delete(key);
      mayMiss = true;
      scheduleCount();
    },
    /** Something was learned about keys. */
    learn(news: ReadonlyMap<string, Known>): void {
      newsCount++;
      for (const [key, value] of news) {
        known.set(key, value);
        learnedAt.set(key, newsCount);
        uncounted.add(key);
      }
      store.setState(({ knownVersion }) => ({ knownVersion: knownVersion + 1 }));
      scheduleCount();
    },
    /** The plan of a graph that is not the open one, with what is known of its keys; nothing is shown of it. */
    async tryOut(graph: Graph): Promise<Plan> {
      const plan = planner(graph);
      await lookUp(keysOf(plan));
      return plan;
    },
    /** Asks afresh for the whole plan: files and pictures may be gone from the disk. Returns the count that holds now. */
    async refresh(): Promise<Count> {
      const { plan } = store.getState();
      await lookUp(keysOf(plan));
      // Another graph may be open by now: its count is its own, and is under way.
      if (store.getState().plan !== plan) return createCounter(plan, (key) => known.get(key)).get();
      const counted = count(plan);
      store.setState({ count: counted, counted: true });
      return counted;
    },
  };
}

function keysOf(plan: Plan): string[] {
  const keys = new Set<string>();
  for (const { tasks } of plan.nodes.values()) for (const { key } of tasks) if (key !== null) keys.add(key);
  return [...keys];
}
