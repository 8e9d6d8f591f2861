import type { Artifact } from './artifact.ts';
import type { Lookup } from './known.ts';
import type { Plan } from './plan.ts';
import type { Task, TaskOutput } from './task.ts';

/** The picture to show for a task: what it made, or for a node that gives no picture on, the one it took. Null until made. */
export function pictureOf(plan: Plan, task: Task, lookup: Lookup): Artifact | null {
  const type = plan.nodes.get(task.node)?.type;
  const output = Object.entries(type?.outputs ?? {}).find(([, { kind }]) => kind === 'image');
  if (output) return artifactAt({ task, port: output[0] }, lookup);
  const input = imageInput(plan, task);
  return input === null ? null : inputAt(task, input, lookup);
}

/** The picture that a task took. */
export function inputPictureOf(plan: Plan, task: Task, lookup: Lookup): Artifact | null {
  const input = imageInput(plan, task);
  return input === null ? null : inputAt(task, input, lookup);
}

/** The photograph at the very beginning of the chain that a task ends; null where the task itself is the beginning. */
export function originalOf(plan: Plan, task: Task, lookup: Lookup): Artifact | null {
  let found: Artifact | null = null;
  for (let at: Task | undefined = task; at;) {
    const input: string | null = imageInput(plan, at);
    if (!input) return found;
    found = inputAt(at, input, lookup);
    at = at.awaited[input]?.task;
  }
  return found;
}

function imageInput(plan: Plan, task: Task): string | null {
  const inputs = plan.nodes.get(task.node)?.type?.inputs ?? {};
  return Object.keys(inputs).find((name) => inputs[name]!.kind === 'image') ?? null;
}

function inputAt(task: Task, port: string, lookup: Lookup): Artifact | null {
  const source = task.awaited[port];
  return source ? artifactAt(source, lookup) : asArtifact(task.known[port]);
}

function artifactAt({ task, port }: TaskOutput, lookup: Lookup): Artifact | null {
  if (task.outputs) return asArtifact(task.outputs[port]);
  const known = task.key === null ? undefined : lookup(task.key);
  return known?.status === 'done' ? asArtifact(known.outputs[port]) : null;
}

function asArtifact(value: unknown): Artifact | null {
  return value !== null && typeof value === 'object' && 'sha256' in value ? (value as Artifact) : null;
}
