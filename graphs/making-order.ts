import { pointAt, type Axis } from './axes.ts';
import type { Plan } from './plan.ts';
import { isList, sourcesOf, type Task } from './task.ts';

/** Which end results a run makes first. What each of them needs always comes right before it. */
export type MakingOrder =
  /** Point by point. */
  | { readonly type: 'as-it-comes' }
  /** The first and last values of all axes, then what lies in the middle between, ever finer. */
  | { readonly type: 'corners' }
  /** All of an axis's first value, then all of its second. */
  | { readonly type: 'rows'; readonly axis: string };

/**
 * [X1, X11] The tasks that nothing else of the run waits for, in the order in which they are to be finished. With `wanted`
 * only these keys take part.
 */
export function endsInOrder(plan: Plan, order: MakingOrder, wanted?: ReadonlySet<string>): Task[] {
  const keyed = keyedTasks(plan, wanted);
  if (order.type === 'as-it-comes') return withoutAwaited(keyed, false).sort((a, b) => a.index - b.index);
  // A list would bring all of its pictures at once, in the order of the list: its pictures are ends themselves here.
  const late = lateTasks(keyed);
  const rankOf = ranksBy(plan, order);
  const ranked = withoutAwaited(keyed, true).map((task) => ({ task, rank: late.has(task) ? Infinity : rankOf(task) }));
  // The sort is stable: ends of the same point stay in the plan's order. Two infinite ranks have no difference.
  ranked.sort((a, b) => (a.rank === b.rank ? a.task.index - b.task.index : a.rank - b.rank));
  return ranked.map(({ task }) => task);
}

function keyedTasks(plan: Plan, wanted: ReadonlySet<string> | undefined): Task[] {
  const keyed: Task[] = [];
  for (const { tasks } of plan.nodes.values())
    for (const task of tasks)
      if (task.key !== null && task.idle === null && (!wanted || wanted.has(task.key))) keyed.push(task);
  return keyed;
}

function withoutAwaited(keyed: readonly Task[], listsAside: boolean): Task[] {
  const awaited = new Set<Task>();
  for (const task of keyed)
    for (const source of listsAside ? singleSources(task) : sourcesOf(task)) awaited.add(source.task);
  return keyed.filter((task) => !awaited.has(task));
}

const singleSources = ({ awaited }: Task) =>
  Object.values(awaited).flatMap((source) => (isList(source) ? [] : [source]));

/** What waits for a whole list, and whatever follows from that. */
function lateTasks(keyed: readonly Task[]): Set<Task> {
  const late = new Set<Task>();
  for (const task of keyed) {
    const sources = Object.values(task.awaited);
    if (sources.some((source) => isList(source) || late.has(source.task))) late.add(task);
  }
  return late;
}

function ranksBy(plan: Plan, order: Exclude<MakingOrder, { type: 'as-it-comes' }>): (task: Task) => number {
  const levels = new Map<Axis, readonly number[]>();
  const levelsOf = (axis: Axis): readonly number[] => {
    let list = levels.get(axis);
    if (!list) levels.set(axis, (list = order.type === 'corners' ? finenessOf(axis.length) : rowsOf(axis, order.axis)));
    return list;
  };
  return ({ node, index }) => {
    const { axes } = plan.nodes.get(node)!;
    const point = pointAt(axes, index);
    return axes.reduce((most, axis, i) => Math.max(most, levelsOf(axis)[point[i]!]!), 0);
  };
}

const rowsOf = ({ id, length }: Axis, chosen: string): number[] =>
  Array.from({ length }, (_, i) => (id === chosen ? i : 0));

/** 0 for the two ends of an axis, 1 for its middle, 2 for the middles of the halves, and so on. */
function finenessOf(length: number): number[] {
  const levels = new Array<number>(length).fill(0);
  let gaps: [number, number][] = [[0, length - 1]];
  for (let level = 1; gaps.length > 0; level++) {
    const next: [number, number][] = [];
    for (const [from, to] of gaps) {
      if (to - from < 2) continue;
      const middle = (from + to) >> 1;
      levels[middle] = level;
      next.push([from, middle], [middle, to]);
    }
    gaps = next;
  }
  return levels;
}
