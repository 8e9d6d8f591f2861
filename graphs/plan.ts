import type { GraphError } from './errors.ts';
import type { Graph } from './graph.ts';
import { createKeys } from './key-text.ts';
import type { NodeTypes } from './node-type.ts';
import { orderOf, type Order } from './order.ts';
import { axisId } from './own-axis.ts';
import { planNode, unplanned } from './plan-node.ts';
import { MOST_TASKS, type LinkLength, type PickState, type PlannedNode } from './task.ts';

/** All tasks of a graph in a runnable order, with their keys. What is already made is looked up afterwards. */
export type Plan = {
  /** The edit service that its keys are made for. */
  readonly service: string;
  /** In a runnable order. */
  readonly nodes: ReadonlyMap<string, PlannedNode>;
  /** While there is one, nothing runs. */
  readonly errors: readonly GraphError[];
  readonly taskCount: number;
  /** Picks with choices that are open, or not among what comes in any more. */
  readonly picks: readonly ({ readonly node: string } & PickState)[];
};

/** Plans one graph without remembering anything. */
export function makePlan(graph: Graph, nodeTypes: NodeTypes, service: string): Plan {
  return createPlanner(nodeTypes, service)(graph);
}

/**
 * [P1–P4] A planner that remembers: planning again after a change touches only the nodes that depend on it, the others
 * keep their PlannedNode by identity. `service` names the edit service and model and goes into the keys of edits.
 * Iterative and linear in nodes + edges + tasks.
 */
export function createPlanner(nodeTypes: NodeTypes, service: string): (graph: Graph) => Plan {
  const keys = createKeys(service);
  let order: Order | null = null;
  let last: { graph: Graph; entries: Entry[]; plan: Plan } | null = null;

  return (graph) => {
    if (last?.graph === graph) return last.plan;
    const sameOrder = order !== null && last !== null && keepsOrder(graph, last.graph, order);
    if (!sameOrder) order = orderOf(graph);
    const { ids, sources, cyclic } = order!;
    const before = sameOrder ? last!.entries : remembered(last?.entries);
    const marked = last ? newlyMarked(last.graph, graph) : none;

    const entries = new Array<Entry>(ids.length);
    const linkLengths = new Map<string, LinkLength>();
    const errors: GraphError[] = cyclic.map((node) => cycleError(node));
    // To look new texts up in an object by name makes each of them a name.
    const takes = new Map(Object.entries(graph.takes));
    const struck = new Set(Object.keys(graph.struck ?? {}));
    let anyChanged = !sameOrder;
    let taskCount = 0;

    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      const node = graph.nodes[id]!;
      const old = Array.isArray(before) ? before[i] : before.get(id);
      const link = node.link === undefined ? undefined : linkLengths.get(node.link);
      let entry = old;
      if (taskCount > MOST_TASKS) {
        // Sweeps multiply fast: what nobody will run is not planned either, nor remembered as planned.
        entry = { node, planned: unplanned(node, nodeTypes), fed: [], ports: sources[i]!, link, skipped: true };
        anyChanged = true;
      } else if (
        !old ||
        old.skipped ||
        !sameNode(old, node) ||
        (marked.size > 0 && hasMarked(old.planned, marked)) ||
        !sameSources(old, sources[i]!, entries, sameOrder) ||
        !sameLink(old, link)
      ) {
        const fed = sources[i]!.map(({ from }) => entries[from]!.planned);
        const ports = sources[i]!;
        const before = old && isAlike(old, node, ports) ? old.planned : null;
        const planned = planNode({ node, nodeTypes, keys, takes, struck, sources: ports, fed, link, before });
        entry = { node, planned, fed, ports: sources[i]!, link, skipped: false };
        anyChanged = true;
      } else if (old.node !== node) {
        entry = { ...old, node };
      }
      const { planned } = entry!;
      const axis = node.link === undefined || link ? undefined : planned.axes.find(({ id }) => id === axisId(node));
      const own = axis?.members.find((member) => member.node === node.id);
      if (axis && own) linkLengths.set(node.link!, { title: own.title, length: axis.length });
      entries[i] = entry!;
      const fits = taskCount <= MOST_TASKS;
      taskCount += planned.tasks.length;
      errors.push(...planned.errors);
      if (fits && taskCount > MOST_TASKS) errors.push({ code: 'too-many-tasks', node: id, message: tooManyMessage });
    }

    const plan =
      !anyChanged && last
        ? last.plan
        : {
            service,
            nodes: new Map(entries.map(({ planned }) => [planned.id, planned])),
            errors: errors.length === 0 ? errors : errors.filter(standsInTheWay(entries, order!)),
            taskCount,
            picks: picksOf(entries),
          };
    last = { graph, entries, plan };
    return plan;
  };
}

/** A pure node that feeds nothing (a sweep just added) does no harm: its error is shown on its card, but stops no run. */
function standsInTheWay(entries: readonly Entry[], { ids, sources }: Order): (error: GraphError) => boolean {
  const harmless = new Set(entries.filter(({ planned }) => !planned.type?.uses).map(({ planned }) => planned.id));
  for (const fed of sources) for (const { from } of fed) harmless.delete(ids[from]!);
  return ({ node, code }) => code === 'too-many-tasks' || !harmless.has(node);
}

type Entry = {
  readonly node: Graph['nodes'][string];
  readonly planned: PlannedNode;
  readonly fed: readonly PlannedNode[];
  readonly ports: Order['sources'][number];
  readonly link: LinkLength | undefined;
  /** There were too many tasks before it already. */
  readonly skipped: boolean;
};

function keepsOrder(graph: Graph, before: Graph, order: Order): boolean {
  if (graph.edges !== before.edges) return false;
  if (graph.nodes === before.nodes) return true;
  let count = 0;
  for (const id in graph.nodes) if (Object.hasOwn(graph.nodes, id)) count++;
  return count === order.ids.length + order.cyclic.length && order.ids.every((id) => Object.hasOwn(graph.nodes, id));
}

function remembered(entries: Entry[] | undefined): Map<string, Entry> {
  return new Map(entries?.map((entry) => [entry.planned.id, entry]));
}

/** Where a node stands and how wide it is says nothing about what it makes. */
function sameNode({ node: old }: Entry, node: Entry['node']): boolean {
  return (
    old === node ||
    (old.params === node.params &&
      old.type === node.type &&
      old.title === node.title &&
      old.link === node.link &&
      old.struck === node.struck &&
      old.version === node.version)
  );
}

/** Do its tasks differ in nothing but what arrives, and in what is struck out? */
function isAlike(old: Entry, node: Entry['node'], ports: Entry['ports']): boolean {
  if (old.skipped || old.node.params !== node.params || old.node.type !== node.type) return false;
  if (old.ports === ports) return true;
  return (
    old.ports.length === ports.length &&
    ports.every(({ port, fromPort }, i) => old.ports[i]!.port === port && old.ports[i]!.fromPort === fromPort)
  );
}

const none: ReadonlySet<string> = new Set();

/** The first keys whose take is another one now, or that were struck out or put back. */
function newlyMarked(before: Graph, after: Graph): ReadonlySet<string> {
  if (before.takes === after.takes && before.struck === after.struck) return none;
  const marked = new Set<string>();
  for (const name of ['takes', 'struck'] as const) {
    const [old, now] = [before[name] ?? {}, after[name] ?? {}];
    if (old === now) continue;
    for (const key in old) if (old[key] !== now[key]) marked.add(key);
    for (const key in now) if (old[key] !== now[key]) marked.add(key);
  }
  return marked;
}

function hasMarked({ tasks }: PlannedNode, marked: ReadonlySet<string>): boolean {
  return tasks.some(({ firstKey }) => firstKey !== null && marked.has(firstKey));
}

function picksOf(entries: readonly Entry[]): Plan['picks'] {
  const picks: Plan['picks'][number][] = [];
  for (const { planned } of entries) {
    const { id, pick } = planned;
    if (pick && pick.open + pick.gone > 0) picks.push({ node: id, ...pick });
  }
  return picks;
}

function sameSources(old: Entry, ports: Entry['ports'], entries: readonly Entry[], sameOrder: boolean): boolean {
  if (old.fed.length !== ports.length) return false;
  for (let i = 0; i < ports.length; i++) {
    const now = ports[i]!;
    if (entries[now.from]!.planned !== old.fed[i]) return false;
    if (!sameOrder && (now.port !== old.ports[i]!.port || now.fromPort !== old.ports[i]!.fromPort)) return false;
  }
  return true;
}

function sameLink(old: Entry, link: LinkLength | undefined): boolean {
  return old.link === link || (old.link?.length === link?.length && old.link?.title === link?.title);
}

function cycleError(node: string): GraphError {
  return { code: 'cycle', node, message: 'This node is on a loop, or fed by one: remove an edge of the loop.' };
}

const tooManyMessage = `Up to this node these sweeps multiply to more than ${MOST_TASKS.toLocaleString('en')} tasks, the most that can be planned. Shorten a sweep.`;
