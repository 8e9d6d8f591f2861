import type { Graph } from './graph.ts';

/** One source of a node's input: the position of the feeding node in `Order.ids` and the ports at both ends. */
export type Source = { readonly port: string; readonly from: number; readonly fromPort: string };

export type Order = {
  /** Node ids so that whatever feeds a node comes before it; nodes without edges between them keep the graph's order. */
  readonly ids: readonly string[];
  /** For each position of `ids`: what is connected to its inputs. */
  readonly sources: readonly (readonly Source[])[];
  /** Nodes on a loop and nodes fed by one; they are not in `ids`. A graph made by changes has none. */
  readonly cyclic: readonly string[];
};

/** [O1–O3] Kahn's algorithm: linear in nodes + edges, no recursion. Edges that end nowhere are passed over. */
export function orderOf(graph: Graph): Order {
  const waitsFor = new Map<string, number>();
  const feeds = new Map<string, string[]>();
  for (const id of Object.keys(graph.nodes)) waitsFor.set(id, 0);
  const edges = Object.values(graph.edges).filter(({ from, to }) => waitsFor.has(from.node) && waitsFor.has(to.node));
  for (const { from, to } of edges) {
    waitsFor.set(to.node, waitsFor.get(to.node)! + 1);
    const list = feeds.get(from.node);
    if (list) list.push(to.node);
    else feeds.set(from.node, [to.node]);
  }
  const ids: string[] = [];
  for (const [id, count] of waitsFor) if (count === 0) ids.push(id);
  for (let i = 0; i < ids.length; i++) {
    for (const to of feeds.get(ids[i]!) ?? []) {
      const left = waitsFor.get(to)! - 1;
      waitsFor.set(to, left);
      if (left === 0) ids.push(to);
    }
  }
  const position = new Map(ids.map((id, i) => [id, i]));
  const sources: Source[][] = ids.map(() => []);
  for (const { from, to } of edges) {
    const at = position.get(to.node);
    const source = position.get(from.node);
    if (at !== undefined && source !== undefined)
      sources[at]!.push({ port: to.port, from: source, fromPort: from.port });
  }
  return { ids, sources, cyclic: Object.keys(graph.nodes).filter((id) => !position.has(id)) };
}
