import type { Plan } from './plan.ts';
import type { Task } from './task.ts';

/**
 * [X1] The tasks that have keys, depth first along points: all that the first end result needs comes first, then what
 * the second needs besides, and so on. Whatever a task awaits comes before it. One task stands for all with its key.
 * With `wanted`, only these keys and what they need.
 */
export function depthFirst(plan: Plan, wanted?: ReadonlySet<string>): Task[] {
  const order: Task[] = [];
  const seen = new Set<string>();
  for (const task of wanted ? wantedTasks(plan, wanted) : endTasks(plan)) visit(task, seen, order);
  return order;
}

function wantedTasks(plan: Plan, wanted: ReadonlySet<string>): Task[] {
  return [...plan.nodes.values()].flatMap(({ tasks }) => tasks.filter(({ key }) => key !== null && wanted.has(key)));
}

/** Tasks that nothing awaits, point by point: the first points of all ends before the second ones. */
function endTasks(plan: Plan): Task[] {
  const awaited = new Set<Task>();
  const keyed: Task[] = [];
  for (const { tasks } of plan.nodes.values()) {
    for (const task of tasks) {
      if (task.key === null) continue;
      keyed.push(task);
      for (const port in task.awaited) awaited.add(task.awaited[port]!.task);
    }
  }
  const ends = keyed.filter((task) => !awaited.has(task));
  return ends
    .map((task, i) => [task, i] as const)
    .sort(([a, i], [b, j]) => a.index - b.index || i - j)
    .map(([task]) => task);
}

function visit(end: Task, seen: Set<string>, order: Task[]): void {
  if (seen.has(end.key!)) return;
  seen.add(end.key!);
  const open: { task: Task; needs: Task[] }[] = [{ task: end, needs: needsOf(end) }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const need = top.needs.pop();
    if (!need) {
      order.push(top.task);
      open.pop();
    } else if (!seen.has(need.key!)) {
      seen.add(need.key!);
      open.push({ task: need, needs: needsOf(need) });
    }
  }
}

function needsOf(task: Task): Task[] {
  return Object.values(task.awaited)
    .map((source) => source.task)
    .reverse();
}
