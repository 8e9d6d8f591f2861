import { pointAt } from './axes.ts';
import { applyChange, type Change } from './changes.ts';
import { isLinked, type Graph } from './graph.ts';
import type { NodeTypes } from './node-type.ts';
import type { Plan } from './plan.ts';

/** A sweep that can be made longer by values of its own choice. */
export type LongerSweep = { readonly node: string; readonly length: number; readonly linked: boolean };

/** The nearest seed sweep at or above a node; null where there is none that can be made longer. */
export function nearestSweep(plan: Plan, graph: Graph, node: string): LongerSweep | null {
  const found = new Set([node]);
  // A set is walked in the order in which it grows: nearest first.
  for (const id of found) {
    const planned = plan.nodes.get(id);
    const axis = planned?.axes.find(({ members }) => members.some((member) => member.node === id));
    if (planned?.type?.longer && axis) return { node: id, length: axis.length, linked: isLinked(graph, id) };
    for (const { from, to } of Object.values(graph.edges)) if (to.node === id) found.add(from.node);
  }
  return null;
}

/** [X13] The one change that gives a sweep so many values more; null where there is no room for them. */
export function changeToLonger(graph: Graph, nodeTypes: NodeTypes, sweep: string, by: number): Change | null {
  const { type: name = '', params } = graph.nodes[sweep] ?? {};
  const type = nodeTypes.get(name);
  const parsed = type?.longer && type.params.safeParse(params);
  const longer = parsed?.success ? type!.longer!(parsed.data, by) : null;
  return longer && { type: 'setParams', params: { [sweep]: longer } };
}

export function graphWith(graph: Graph, change: Change): Graph {
  return applyChange(graph, change).graph;
}

/** [X13] The keys of a node's tasks at the values of a sweep from `first` on. */
export function keysFrom(plan: Plan, node: string, sweep: string, first: number): Set<string> {
  const keys = new Set<string>();
  const { axes, tasks } = plan.nodes.get(node) ?? { axes: [], tasks: [] };
  const at = axes.findIndex(({ members }) => members.some((member) => member.node === sweep));
  for (const { key, idle, index } of tasks)
    if (key !== null && idle === null && (at < 0 || pointAt(axes, index)[at]! >= first)) keys.add(key);
  return keys;
}
