import type { Plan } from './plan.ts';
import { sourcesOf, type Task } from './task.ts';

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
      for (const source of sourcesOf(task)) awaited.add(source.task);
    }
  }
  // The sort is stable: ends of the same point stay in the plan's order.
  return keyed.filter((task) => !awaited.has(task)).sort((a, b) => a.index - b.index);
}

function visit(end: Task, seen: Set<string>, order: Task[]): void {
  if (seen.has(end.key!)) return;
  seen.add(end.key!);
  const open: Task[] = [end];
  // Beside each open task: the tasks it needs that were not looked at yet, the first one last.
  const needs: Task[][] = [needsOf(end)];
  while (open.length > 0) {
    const need = needs.at(-1)!.pop();
    if (!need) {
      order.push(open.pop()!);
      needs.pop();
    } else if (!seen.has(need.key!)) {
      seen.add(need.key!);
      open.push(need);
      needs.push(needsOf(need));
    }
  }
}

/** The first one last. What a list has is not always to be made. */
function needsOf(task: Task): Task[] {
  const needs: Task[] = [];
  for (const source of sourcesOf(task)) if (source.task.key !== null) needs.push(source.task);
  return needs.reverse();
}
