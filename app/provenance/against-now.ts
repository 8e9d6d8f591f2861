import type { Graph } from '../../graphs/graph.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import { makePlan } from '../../graphs/plan.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import { partOf, settingsBack, valuesBack, withSources } from '../../graphs/settings-back.ts';
import { nearestTask, whatDiffers, type Difference } from '../../graphs/what-differs.ts';
import type { Found } from './find-made.ts';

/** How a picture stands to the graph that is open. */
export type AgainstNow =
  /** Made by a graph of another title: nothing there to compare with. `title` is null where nobody knows which. */
  | { readonly type: 'other-graph'; readonly title: string | null }
  /** Its node is not there any more. */
  | { readonly type: 'node-gone' }
  /** Its node has an error now, in words. */
  | { readonly type: 'broken'; readonly message: string }
  /** `index`: which of the node's tasks was compared. No differences: it is what the graph makes there. */
  | { readonly type: 'compared'; readonly index: number; readonly differences: readonly Difference[] };

export type OpenGraph = { readonly title: string; readonly graph: Graph; readonly nodeTypes: NodeTypes };

/**
 * [V5] What its node would make now, with the service that made the picture: another service in the settings is no
 * difference of the graph.
 */
export function againstNow({ job, provenance, place }: Found, { title, graph, nodeTypes }: OpenGraph): AgainstNow {
  const node = job.made?.node;
  const madeFor = place?.title ?? job.madeFor ?? null;
  if (node === undefined || (madeFor !== null && madeFor !== title)) return { type: 'other-graph', title: madeFor };
  if (!Object.hasOwn(graph.nodes, node)) return { type: 'node-gone' };
  const plan = makePlan(partOf(graph, node), nodeTypes, job.service);
  const planned = plan.nodes.get(node)!;
  const point = provenance.steps.at(-1)?.point ?? [];
  const task = nearestTask(planned, { key: job.key, point, index: job.made!.index });
  if (!task) return { type: 'broken', message: plan.errors[0]?.message ?? 'It makes nothing now.' };
  const now = provenanceOf(plan, task, () => undefined);
  // A task that hands on what others made, or waits, has no key of its own to be compared by.
  if (now.steps.length === 0) return { type: 'broken', message: 'It makes nothing by itself now.' };
  const was = place ? provenance : withoutSource(provenance, now.steps.at(-1)!.inputs);
  return { type: 'compared', index: task.index, differences: whatDiffers(was, now) };
}

/** Where only the request is known, it cannot be told from which step its picture came. */
function withoutSource(provenance: Found['provenance'], inputs: Found['provenance']['steps'][number]['inputs']) {
  return {
    steps: provenance.steps.map((step) => {
      const { image, ...values } = step.values;
      return Object.hasOwn(inputs, 'image')
        ? { ...step, values, inputs: { image: inputs.image! } }
        : { ...step, values: { image, ...values } };
    }),
  };
}

/** [V6] The open graph with the settings that made the picture; the same graph where nothing has to change. */
export function withSettingsOf({ job, place, provenance }: Found, graph: Graph): Graph {
  if (place) {
    const ids = withSources(place.graph, place.task.node);
    const firstKeys = [...place.plan.nodes.values()]
      .filter(({ id }) => ids.has(id))
      .flatMap(({ tasks }) => tasks.flatMap(({ firstKey }) => firstKey ?? []));
    return settingsBack(graph, place.graph, place.task.node, firstKeys);
  }
  if (!job.made) return graph;
  const { image: _, ...values } = provenance.steps.at(-1)!.values;
  return valuesBack(graph, job.made.node, values);
}
