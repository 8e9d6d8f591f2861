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
  const names = Object.keys(graph.nodes);
  const numbers = new Map<string, number>();
  for (let i = 0; i < names.length; i++) numbers.set(names[i]!, i);
  const edges = Object.values(graph.edges);
  const { from, to } = endsOf(edges, numbers);

  const waits = new Uint32Array(names.length);
  // The edges that leave node i are in `leaving` from first[i] up to first[i + 1].
  const first = new Uint32Array(names.length + 2);
  for (let e = 0; e < edges.length; e++) {
    if (from[e]! < 0) continue;
    waits[to[e]!]!++;
    first[from[e]! + 2]!++;
  }
  for (let i = 2; i < first.length; i++) first[i]! += first[i - 1]!;
  const leaving = new Uint32Array(edges.length);
  for (let e = 0; e < edges.length; e++) if (from[e]! >= 0) leaving[first[from[e]! + 1]!++] = e;

  const order: number[] = [];
  for (let i = 0; i < names.length; i++) if (waits[i] === 0) order.push(i);
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    for (let l = first[node]!; l < first[node + 1]!; l++) {
      const fed = to[leaving[l]!]!;
      if (--waits[fed]! === 0) order.push(fed);
    }
  }
  return {
    ids: order.map((node) => names[node]!),
    sources: sourcesOf(edges, from, to, order, names.length),
    cyclic: order.length === names.length ? [] : names.filter((_, i) => waits[i]! > 0),
  };
}

type Edges = readonly Graph['edges'][string][];

/** The numbers of the nodes at both ends of each edge; -1 where an end is missing. */
function endsOf(edges: Edges, numbers: ReadonlyMap<string, number>): { from: Int32Array; to: Int32Array } {
  const from = new Int32Array(edges.length).fill(-1);
  const to = new Int32Array(edges.length).fill(-1);
  for (let e = 0; e < edges.length; e++) {
    const begin = numbers.get(edges[e]!.from.node);
    const end = numbers.get(edges[e]!.to.node);
    if (begin === undefined || end === undefined) continue;
    from[e] = begin;
    to[e] = end;
  }
  return { from, to };
}

function sourcesOf(
  edges: Edges,
  from: Int32Array,
  to: Int32Array,
  order: readonly number[],
  count: number,
): Source[][] {
  const position = new Int32Array(count).fill(-1);
  for (let at = 0; at < order.length; at++) position[order[at]!] = at;
  const sources: Source[][] = order.map(() => []);
  for (let e = 0; e < edges.length; e++) {
    if (from[e]! < 0 || position[to[e]!]! < 0) continue;
    // What feeds a node that is in order is in order itself.
    sources[position[to[e]!]!]!.push({
      port: edges[e]!.to.port,
      from: position[from[e]!]!,
      fromPort: edges[e]!.from.port,
    });
  }
  return sources;
}
