import { projection, type Axis } from './axes.ts';
import type { Source } from './order.ts';
import type { PlannedNode, Task, TaskOutput } from './task.ts';

/** What is connected to one input: the feeding tasks, and which of them feeds which point. */
export type Feed = {
  readonly port: string;
  readonly fromPort: string;
  readonly tasks: readonly Task[];
  readonly numbers: Uint32Array | null;
  readonly plain: boolean;
};

export function feedsOf(axes: readonly Axis[], sources: readonly Source[], fed: readonly PlannedNode[]): Feed[] {
  return fed.map(({ tasks, axes: part, plain }, i) => {
    const { port, fromPort } = sources[i]!;
    return { port, fromPort, tasks, numbers: projection(axes, part), plain };
  });
}

export function feedingTask({ tasks, numbers }: Feed, index: number): Task {
  return tasks[numbers ? numbers[index]! : index]!;
}

/** Who makes what a task has at a port: itself, or those whose outputs it hands on; null where that is not decided yet. */
export function outputAt(task: Task, port: string): TaskOutput | readonly TaskOutput[] | null {
  const forwarded = task.forwards?.[port];
  if (forwarded) return forwarded;
  return task.key !== null || task.outputs ? { task, port } : null;
}
