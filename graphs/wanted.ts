import { projection } from './axes.ts';
import type { Graph } from './graph.ts';
import { nothingCounted, outlookOf, type Count, type Lookup, type TaskOutlook } from './known.ts';
import type { Plan } from './plan.ts';
import { isList, sourcesOf, type Task } from './task.ts';

/**
 * [X10] The keys of exactly the tasks of these nodes and of all that they need, whatever else is in the graph. What is
 * never made (struck out, waiting for a pick) is not among them; what a person is to pick from is. `edges` lead on from
 * a task that waits for a pick, since it does not know yet what it will get.
 */
export function ancestorsOf(plan: Plan, nodes: Iterable<string>, edges: Graph['edges'] = {}): Set<string> {
  const ends: Task[] = [];
  for (const node of nodes)
    for (const task of plan.nodes.get(node)?.tasks ?? []) if (task.idle !== 'struck') ends.push(task);
  return keysOf(neededBy(ends, createFeeders(plan, edges)));
}

/** These keys and all that they need. */
export function withNeeds(plan: Plan, keys: ReadonlySet<string>): Set<string> {
  return keysOf(neededBy(tasksOf(plan, keys), () => []));
}

/** [P5, M9] What a run of exactly these keys and what they need would do; `toPay` is what it submits. */
export function countWanted(plan: Plan, lookup: Lookup, keys: ReadonlySet<string>): Count {
  return countOf(plan, lookup, withNeeds(plan, keys), () => true);
}

/** [P5] How the edits of these nodes themselves stand, without those of the nodes that they need. */
export function countOwn(plan: Plan, lookup: Lookup, nodes: readonly string[]): Count {
  return countOf(plan, lookup, ancestorsOf(plan, nodes), ({ node }) => nodes.includes(node));
}

function countOf(plan: Plan, lookup: Lookup, among: ReadonlySet<string>, isCounted: (task: Task) => boolean): Count {
  const count: { -readonly [name in keyof Count]: number } = { ...nothingCounted };
  const states = new Map<string, TaskOutlook>();
  const counted = new Set<string>();
  for (const { tasks, type } of plan.nodes.values()) {
    for (const task of tasks) {
      if (task.key === null || task.idle !== null || !among.has(task.key)) continue;
      const outlook = states.get(task.key) ?? outlookOf(task, lookup, states);
      states.set(task.key, outlook);
      if (counted.has(task.key) || !isCounted(task)) continue;
      counted.add(task.key);
      if (type?.uses === 'edits') {
        count.edits++;
        count[outlook]++;
      } else if (type?.uses === 'outputs' && outlook === 'toPay') count.toSave++;
    }
  }
  return count;
}

function tasksOf(plan: Plan, keys: ReadonlySet<string>): Task[] {
  const tasks: Task[] = [];
  for (const planned of plan.nodes.values())
    for (const task of planned.tasks)
      if (task.key !== null && task.idle === null && keys.has(task.key)) tasks.push(task);
  return tasks;
}

function neededBy(ends: readonly Task[], feedersOf: (task: Task) => readonly Task[]): Set<Task> {
  const seen = new Set(ends);
  const open = [...ends];
  for (let task = open.pop(); task; task = open.pop()) {
    const needs = task.idle === 'pick' ? [...needsOf(task), ...feedersOf(task)] : needsOf(task);
    for (const need of needs) {
      if (seen.has(need) || need.idle === 'struck') continue;
      seen.add(need);
      open.push(need);
    }
  }
  return seen;
}

/** What a node gathers is needed by the node itself; behind it, a task awaits only what was handed on. */
function needsOf(task: Task): Task[] {
  const needs = sourcesOf(task).map((source) => source.task);
  for (const source of task.gathered ?? []) needs.push(source.task);
  for (const forward of Object.values(task.forwards ?? {}))
    for (const source of isList(forward) ? forward : [forward]) needs.push(source.task);
  return needs;
}

/** What feeds a node at the point of a task, by its edges: where axes are taken away there, all along them. */
function createFeeders(plan: Plan, edges: Graph['edges']): (task: Task) => readonly Task[] {
  const sources = new Map<string, string[]>();
  for (const { from, to } of Object.values(edges)) {
    const list = sources.get(to.node);
    if (list) list.push(from.node);
    else sources.set(to.node, [from.node]);
  }
  const feeds = new Map<string, ((index: number) => readonly Task[])[]>();
  const feedsInto = (node: string): ((index: number) => readonly Task[])[] => {
    let list = feeds.get(node);
    if (!list) feeds.set(node, (list = (sources.get(node) ?? []).map((source) => tasksAt(plan, node, source))));
    return list;
  };
  return ({ node, index }) => feedsInto(node).flatMap((at) => at(index));
}

function tasksAt(plan: Plan, node: string, source: string): (index: number) => readonly Task[] {
  const { axes } = plan.nodes.get(node)!;
  const { axes: fed = [], tasks = [] } = plan.nodes.get(source) ?? {};
  const shared = fed.filter(({ id }) => axes.some((axis) => axis.id === id));
  const numbers = projection(fed, shared);
  const groups = new Map<number, Task[]>();
  tasks.forEach((task, i) => {
    const number = numbers ? numbers[i]! : i;
    const group = groups.get(number);
    if (group) group.push(task);
    else groups.set(number, [task]);
  });
  const own = projection(axes, shared);
  return (index) => groups.get(own ? own[index]! : index) ?? [];
}

function keysOf(tasks: ReadonlySet<Task>): Set<string> {
  const keys = new Set<string>();
  for (const { key, idle } of tasks) if (key !== null && idle === null) keys.add(key);
  return keys;
}
