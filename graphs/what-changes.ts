import type { Graph } from './graph.ts';
import type { Plan } from './plan.ts';
import type { Task } from './task.ts';

export type WhatChanges = {
  /** Edits that a change of a parameter of the node makes anew. */
  readonly edits: number;
  /** Of a sweep: those that a change of a single value makes anew, at most; null for other nodes. */
  readonly perValue: number | null;
};

/** [M13] The edits at a node and behind it, each key once: all of them have the node's parameters in their keys. */
export function whatChanges(plan: Plan, graph: Graph, node: string): WhatChanges {
  const axis = plan.nodes.get(node)?.axes.find(({ members }) => members.some((member) => member.node === node));
  const keys = new Set<string>();
  let perValue = 0;
  for (const id of behind(graph, node)) {
    const planned = plan.nodes.get(id);
    if (planned?.type?.uses !== 'edits') continue;
    const own = new Set(planned.tasks.flatMap((task) => keyOf(task) ?? []));
    for (const key of own) keys.add(key);
    // Where the axis was taken away, all that is behind depends on every value.
    const has = axis !== undefined && planned.axes.some(({ id: other }) => other === axis.id);
    perValue += has ? Math.ceil(own.size / Math.max(1, axis.length)) : own.size;
  }
  return { edits: keys.size, perValue: axis ? Math.min(perValue, keys.size) : null };
}

const keyOf = ({ key, idle }: Task): string | null => (idle === null ? key : null);

/** The node and everything that it feeds. */
function behind(graph: Graph, node: string): Set<string> {
  const feeds = new Map<string, string[]>();
  for (const { from, to } of Object.values(graph.edges)) {
    const fed = feeds.get(from.node);
    if (fed) fed.push(to.node);
    else feeds.set(from.node, [to.node]);
  }
  const found = new Set([node]);
  for (const id of found) for (const fed of feeds.get(id) ?? []) found.add(fed);
  return found;
}
