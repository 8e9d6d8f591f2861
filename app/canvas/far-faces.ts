import type { Artifact } from '../../graphs/artifact.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Category, NodeTypes } from '../../graphs/node-type.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { Task } from '../../graphs/task.ts';
import { pictureOfType } from '../../graphs/task-picture.ts';
import type { TaskView } from '../runs.ts';
import { pictureFieldOf } from './fields.ts';

/** What a card shows from far away. */
export type Face = {
  readonly title: string;
  readonly category: Category | null;
  readonly picture: Artifact | null;
  readonly state: 'failed' | 'running' | null;
};

export type FacesInput = {
  readonly graph: Graph;
  readonly nodeTypes: NodeTypes;
  readonly plan: Plan;
  readonly lookup: Lookup;
  readonly viewOf: (key: string) => TaskView | undefined;
  /** The point that a card shows, where it is not the first. */
  readonly current: ReadonlyMap<string, number>;
};

export function facesOf(input: FacesInput): Map<string, Face> {
  const { graph, nodeTypes, plan, current } = input;
  const faces = new Map<string, Face>();
  for (const node of Object.values(graph.nodes)) {
    const type = nodeTypes.get(node.type);
    const planned = plan.nodes.get(node.id);
    const field = type && pictureFieldOf(type);
    const task = planned?.tasks[current.get(node.id) ?? 0] ?? planned?.tasks[0];
    faces.set(node.id, {
      title: node.title ?? type?.title ?? node.type,
      category: type?.category ?? null,
      picture: field
        ? ((node.params[field.name] as Artifact | null | undefined) ?? null)
        : task && type
          ? pictureOfType(type, task, input.lookup)
          : null,
      state: planned ? stateOf(planned.errors.length > 0, planned.tasks, input.viewOf) : null,
    });
  }
  return faces;
}

function stateOf(broken: boolean, tasks: readonly Task[], viewOf: FacesInput['viewOf']): Face['state'] {
  if (broken) return 'failed';
  let state: Face['state'] = null;
  for (const { key } of tasks) {
    const status = key === null ? undefined : viewOf(key)?.status;
    if (status === 'failed' || status === 'unknown') return 'failed';
    if (status === 'running' || status === 'underway') state = 'running';
  }
  return state;
}
