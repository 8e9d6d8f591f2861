import type { Graph, GraphNode } from './graph.ts';
import type { NodeType, NodeTypes } from './node-type.ts';
import { byRank, rankIn } from './point-name.ts';
import { same } from './same.ts';

type Copied = {
  /** Where the copies go. */
  readonly graph: Graph;
  readonly nodeTypes: NodeTypes;
  readonly originals: readonly GraphNode[];
  /** The ids of the copies by those of the originals. */
  readonly ids: ReadonlyMap<string, string>;
};

/**
 * [G5] The parameters of a copy: it takes the axes of the copied sweeps away in place of the originals', and finds the
 * choices of the original at its points, whatever the copied sweeps are called.
 */
export function copiedParams({ type: name, params }: GraphNode, copied: Copied): GraphNode['params'] {
  const { nodeTypes, ids } = copied;
  const type = nodeTypes.get(name);
  if (!type?.gathers) return params;
  const over = params[type.gathers.over];
  const renamed = Array.isArray(over) ? { [type.gathers.over]: over.map((id: string) => ids.get(id) ?? id) } : {};
  return { ...params, ...renamed, ...(type.picks && orderOfCopy(type.picks, params, copied)) };
}

/** The order in which the names of the points have the axes, where the ids alone would now give another one. */
function orderOfCopy({ order }: NonNullable<NodeType['picks']>, params: GraphNode['params'], copied: Copied) {
  const { graph, nodeTypes, originals, ids } = copied;
  const before = Array.isArray(params[order]) ? (params[order] as string[]) : [];
  const sweeps = (nodes: readonly GraphNode[], idOf: (id: string) => string) =>
    nodes.flatMap((node) => {
      const type = nodeTypes.get(node.type);
      if (!type?.axis && !type?.picks) return [];
      return { id: node.id, rank: rankIn(before, node.id), now: idOf(node.id) };
    });
  const all = [...sweeps(originals, (id) => ids.get(id)!), ...sweeps(Object.values(graph.nodes), (id) => id)];
  const now = all.sort(byRank).map((sweep) => sweep.now);
  const isUsual = same(now, now.toSorted());
  return isUsual && before.length === 0 ? {} : { [order]: isUsual ? [] : now };
}
