import { nothingCounted, outlookOf, type Count, type Lookup, type TaskOutlook } from './known.ts';
import type { Plan } from './plan.ts';
import { isList, sourcesOf, type Task } from './task.ts';

/**
 * [X10] The keys of exactly the tasks of these nodes and of all that they need, whatever else is in the graph. What is
 * never made (struck out, waiting for a pick) is not among them; what a person is to pick from is.
 */
export function ancestorsOf(plan: Plan, nodes: Iterable<string>): Set<string> {
  const ends: Task[] = [];
  for (const node of nodes) ends.push(...(plan.nodes.get(node)?.tasks ?? []));
  return keysOf(neededBy(ends));
}

/** These keys and all that they need. */
export function withNeeds(plan: Plan, keys: ReadonlySet<string>): Set<string> {
  return keysOf(neededBy(tasksOf(plan, keys)));
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
    for (const task of planned.tasks) if (task.key !== null && keys.has(task.key)) tasks.push(task);
  return tasks;
}

function neededBy(ends: readonly Task[]): Set<Task> {
  const seen = new Set(ends);
  const open = [...ends];
  for (let task = open.pop(); task; task = open.pop()) {
    for (const need of needsOf(task)) {
      if (seen.has(need)) continue;
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

function keysOf(tasks: ReadonlySet<Task>): Set<string> {
  const keys = new Set<string>();
  for (const { key, idle } of tasks) if (key !== null && idle === null) keys.add(key);
  return keys;
}
