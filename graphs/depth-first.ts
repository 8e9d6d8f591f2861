import { endsInOrder, type MakingOrder } from './making-order.ts';
import type { Plan } from './plan.ts';
import { sourcesOf, type Task } from './task.ts';

export type DepthFirstOptions = {
  /** Only these keys and what they need. */
  readonly wanted?: ReadonlySet<string>;
  readonly order?: MakingOrder;
};

/**
 * [X1] The tasks that have keys, depth first along points: all that the first end result needs comes first, then what
 * the second needs besides, and so on. Whatever a task awaits comes before it. One task stands for all with its key.
 * What is never made (struck out, waiting for a pick) is left out.
 */
export function depthFirst(plan: Plan, { wanted, order = asItComes }: DepthFirstOptions = {}): Task[] {
  const tasks: Task[] = [];
  const seen = new Set<string>();
  for (const end of endsInOrder(plan, order, wanted)) visit(end, seen, tasks);
  return tasks;
}

const asItComes: MakingOrder = { type: 'as-it-comes' };

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
  for (const source of sourcesOf(task))
    if (source.task.key !== null && source.task.idle === null) needs.push(source.task);
  return needs.reverse();
}
