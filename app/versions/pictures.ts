import type { Graph } from '../../graphs/graph.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { pictureOf } from '../../graphs/task-picture.ts';

const MOST = 4;
/** A node with more tasks is not searched to its end: four pictures are found long before, or none are made. */
const MOST_LOOKED_AT = 2000;

/** Up to four pictures that stand for a graph: those made at its ends, else what its last nodes made, else its photographs. */
export function picturesFor(graph: Graph, plan: Plan, lookup: Lookup): string[] {
  const feeding = new Set(Object.values(graph.edges).map(({ from }) => from.node));
  const made = [...plan.nodes.values()].map(({ id, tasks }) => {
    const found = new Set<string>();
    for (const task of tasks.slice(0, MOST_LOOKED_AT)) {
      const picture = task.key === null ? null : pictureOf(plan, task, lookup);
      if (picture) found.add(picture.sha256);
      if (found.size === MOST) break;
    }
    return { isEnd: !feeding.has(id), pictures: [...found] };
  });
  const atEnds = inTurn(made.filter(({ isEnd }) => isEnd).map(({ pictures }) => pictures));
  if (atEnds.length > 0) return atEnds;
  return made.findLast(({ pictures }) => pictures.length > 0)?.pictures ?? photographsIn(graph);
}

/** One of each node, then a second one of each. */
function inTurn(lists: readonly (readonly string[])[]): string[] {
  const found = new Set<string>();
  for (let i = 0; i < MOST; i++) for (const list of lists) if (list[i] !== undefined) found.add(list[i]!);
  return [...found].slice(0, MOST);
}

function photographsIn(graph: Graph): string[] {
  const found = new Set<string>();
  for (const { params } of Object.values(graph.nodes))
    for (const value of Object.values(params).flat())
      if (value !== null && typeof value === 'object' && 'sha256' in value) found.add(String(value.sha256));
  return [...found].filter((sha256) => /^[0-9a-f]{64}$/.test(sha256)).slice(0, MOST);
}
