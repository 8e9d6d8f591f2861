import type { Artifact } from '../../graphs/artifact.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Known } from '../../graphs/known.ts';
import { makePlan, type Plan } from '../../graphs/plan.ts';
import { provenanceOf, type Provenance } from '../../graphs/provenance.ts';
import { partOf, settingsBack } from '../../graphs/settings-back.ts';
import { pictureOf } from '../../graphs/task-picture.ts';
import type { Task } from '../../graphs/task.ts';
import { nearestTask, whatDiffers, type Difference } from '../../graphs/what-differs.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';

/** A state of the graph that is remembered somewhere: kept with a picture, or as a version. */
export type EarlierGraph = {
  readonly graph: Graph;
  /** The edit service that was in use; null = the one of now. */
  readonly service: string | null;
};

/** Something that a node made before, or would have made by earlier settings, with the way back to it. */
export type HistoryEntry = {
  readonly key: string;
  readonly picture: Artifact;
  /** When it was made, in ms since 1970; null where nobody knows. */
  readonly at: number | null;
  readonly service: string | null;
  readonly back:
    | { readonly type: 'now' }
    | { readonly type: 'take'; readonly firstKey: string; readonly take: number }
    | { readonly type: 'settings'; readonly graph: Graph };
  readonly take: number;
  /** How its settings differ from those of now; none for a take. */
  readonly differences: readonly Difference[];
  readonly provenance: Provenance;
};

/** A task by settings of then. */
export type Candidate = {
  readonly plan: Plan;
  readonly task: Task;
  readonly take: number;
  readonly key: string;
  readonly back: HistoryEntry['back'];
};

/**
 * By each of the earlier graphs: the task of the node that comes nearest to the one of now. Each key once, and neither
 * those of now nor of its takes.
 */
export function candidatesOf(options: {
  graph: Graph;
  node: string;
  plan: Plan;
  task: Task;
  earlier: readonly EarlierGraph[];
  nodeTypes: NodeTypes;
  isTaken: (key: string) => boolean;
}): Candidate[] {
  const { graph, node, plan, task, earlier, nodeTypes, isTaken } = options;
  const point = provenanceOf(plan, task, () => undefined).steps.at(-1)?.point ?? [];
  const found = new Map<string, Candidate>();
  for (const then of earlier) {
    const planned = makePlan(partOf(then.graph, node), nodeTypes, then.service ?? plan.service);
    const tasks = planned.nodes.get(node);
    const nearest = tasks && nearestTask(tasks, { key: task.key ?? '', point, index: task.index });
    const key = nearest?.key;
    if (!nearest || !key || isTaken(key) || found.has(key)) continue;
    const firstKeys = [...planned.nodes.values()].flatMap((each) =>
      each.tasks.flatMap(({ firstKey }) => firstKey ?? []),
    );
    found.set(key, {
      plan: planned,
      task: nearest,
      key,
      take: nearest.firstKey ? (then.graph.takes[nearest.firstKey] ?? 1) : 1,
      back: { type: 'settings', graph: settingsBack(graph, then.graph, node, firstKeys) },
    });
  }
  return [...found.values()];
}

/** What of the candidates was made and is still here, newest first; what is shown now among it. */
export function entriesOf(
  candidates: readonly Candidate[],
  now: { readonly plan: Plan; readonly task: Task },
  lookup: (key: string) => Known | undefined,
): HistoryEntry[] {
  const present = provenanceOf(now.plan, now.task, lookup);
  return candidates
    .flatMap(({ plan, task, key, take, back }): HistoryEntry[] => {
      const known = lookup(key);
      // A take has the task of now, and a key of its own.
      const picture = pictureOf(plan, task, (wanted) => lookup(wanted === task.key ? key : wanted));
      if (known?.status !== 'done' || !picture) return [];
      const provenance = provenanceOf(plan, task, lookup);
      return [
        {
          key,
          picture,
          take,
          back,
          at: known.making?.finishedAt ?? null,
          service: known.making?.service ?? null,
          differences: back.type === 'settings' ? whatDiffers(provenance, present) : [],
          provenance,
        },
      ];
    })
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
}
