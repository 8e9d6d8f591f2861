import { canonical, hashText } from './key.ts';
import type { Plan } from './plan.ts';
import { isList, type Task, type TaskOutput } from './task.ts';

/**
 * [K1, K6] The key that another take of a task has, with the same inputs. Null for a task without a key, and for a node
 * with an axis of its own, whose takes are those of its values.
 */
export function keyOfTake(plan: Plan, task: Task, take: number): string | null {
  const type = plan.nodes.get(task.node)?.type;
  if (!type || type.axis || task.key === null || task.forwards) return null;
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(task.known)) values[name] = valueInKey(value);
  for (const [name, source] of Object.entries(task.awaited))
    values[name] = isList(source) ? source.map(sourceInKey) : sourceInKey(source);
  const { type: name, version } = type;
  const service = type.uses === 'edits' ? plan.service : undefined;
  return hashText(canonical({ type: name, version, service, values, take }));
}

/** [K4] */
function sourceInKey({ task, port }: TaskOutput): unknown {
  return task.key === null ? valueInKey(task.outputs?.[port]) : { key: task.key, port };
}

function valueInKey(value: unknown): unknown {
  return value !== null && typeof value === 'object' && 'sha256' in value ? { sha256: value.sha256 } : value;
}
