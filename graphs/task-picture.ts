import type { Artifact } from './artifact.ts';
import type { Lookup } from './known.ts';
import type { NodeType } from './node-type.ts';
import type { Plan } from './plan.ts';
import { forwardedBy, isList, type Task, type TaskOutput } from './task.ts';

/** The picture to show for a task: what it made, or for a node that gives no picture on, the one it took. Null until made. */
export function pictureOf(plan: Plan, task: Task, lookup: Lookup): Artifact | null {
  const type = plan.nodes.get(task.node)?.type;
  return type ? pictureOfType(type, task, lookup) : null;
}

/** The same, where the node's type is at hand. */
export function pictureOfType(type: Pick<NodeType, 'inputs' | 'outputs'>, task: Task, lookup: Lookup): Artifact | null {
  const output = imagePort(type.outputs);
  if (output === null) {
    const input = imagePort(type.inputs);
    return input === null ? null : inputAt(task, input, lookup);
  }
  const forwarded = task.forwards?.[output];
  if (forwarded) return isList(forwarded) ? null : outputPictureOf(forwarded, lookup);
  return outputPictureOf({ task, port: output }, lookup);
}

/** The picture that a task took. */
export function inputPictureOf(plan: Plan, task: Task, lookup: Lookup): Artifact | null {
  const input = imageInput(plan, task);
  return input === null ? null : inputAt(task, input, lookup);
}

/** The photograph at the very beginning of the chain that a task ends; null where the task itself is the beginning. */
export function originalOf(plan: Plan, task: Task, lookup: Lookup): Artifact | null {
  let found: Artifact | null = null;
  for (let at: Task | undefined = forwardedBy(task)[0]?.task ?? task; at;) {
    const input: string | null = imageInput(plan, at);
    if (!input) return found;
    found = inputAt(at, input, lookup);
    const source: TaskOutput | readonly TaskOutput[] | undefined = at.awaited[input];
    at = source && !isList(source) ? source.task : undefined;
  }
  return found;
}

const imageInput = (plan: Plan, task: Task): string | null => imagePort(plan.nodes.get(task.node)?.type?.inputs ?? {});

function imagePort(ports: NodeType['inputs'] | NodeType['outputs']): string | null {
  for (const name in ports) if (ports[name]!.kind === 'image') return name;
  return null;
}

function inputAt(task: Task, port: string, lookup: Lookup): Artifact | null {
  const source = task.awaited[port];
  if (source) return isList(source) ? null : outputPictureOf(source, lookup);
  return asArtifact(task.known[port]);
}

/** The picture at an output port of a task; null until it is made. */
export function outputPictureOf({ task, port }: TaskOutput, lookup: Lookup): Artifact | null {
  if (task.outputs) return asArtifact(task.outputs[port]);
  const known = task.key === null ? undefined : lookup(task.key);
  return known?.status === 'done' ? asArtifact(known.outputs[port]) : null;
}

function asArtifact(value: unknown): Artifact | null {
  return value !== null && typeof value === 'object' && 'sha256' in value ? (value as Artifact) : null;
}
