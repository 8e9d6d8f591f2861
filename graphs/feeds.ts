import { projection, type Axis } from './axes.ts';
import type { Source } from './order.ts';
import type { PlannedNode, Task, TaskOutput } from './task.ts';

/** What is connected to one input: the feeding tasks, and which of them feeds which point. */
export type Feed = {
  readonly port: string;
  readonly fromPort: string;
  readonly tasks: readonly Task[];
  readonly numbers: Uint32Array | null;
  /** Which of the tasks were looked at. */
  readonly seen: boolean[];
};

type Sorted = {
  /** Known at all points. */
  readonly literal: Feed[];
  /** Made by others at all points. */
  readonly toCome: Feed[];
  /** Now this and now that. */
  readonly mixed: Feed[];
};

/** What feeds a node, but for the port `aside`. */
export function sortFeeds(
  axes: readonly Axis[],
  sources: readonly Source[],
  fed: readonly PlannedNode[],
  aside: string | undefined,
): Sorted {
  const sorted: Sorted = { literal: [], toCome: [], mixed: [] };
  for (let i = 0; i < fed.length; i++) {
    const { tasks, axes: part, plain } = fed[i]!;
    const { port, fromPort } = sources[i]!;
    if (port === aside) continue;
    const feed = { port, fromPort, tasks, numbers: projection(axes, part), seen: [] };
    (plain ? (tasks[0]!.outputs ? sorted.literal : sorted.toCome) : sorted.mixed).push(feed);
  }
  return sorted;
}

export function feedingTask({ tasks, numbers }: Feed, index: number): Task {
  return tasks[numbers ? numbers[index]! : index]!;
}

/** True the first time that it is asked for what feeds this point: many points may have the same. */
export function isFirstSeen({ numbers, seen }: Feed, index: number): boolean {
  const number = numbers ? numbers[index]! : index;
  if (seen[number]) return false;
  seen[number] = true;
  return true;
}

/** Who makes what a task has at a port: itself, or those whose outputs it hands on; null where that is not decided yet. */
export function outputAt(task: Task, port: string): TaskOutput | readonly TaskOutput[] | null {
  const forwarded = task.forwards?.[port];
  if (forwarded) return forwarded;
  return task.key !== null || task.outputs ? { task, port } : null;
}
