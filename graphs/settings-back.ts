import { edgeId, type Edge, type Graph, type GraphNode } from './graph.ts';
import { reuse } from './same.ts';

/** A node and everything that feeds it. */
export function withSources(graph: Graph, node: string): Set<string> {
  const feeding = new Map<string, string[]>();
  for (const { from, to } of Object.values(graph.edges)) {
    const list = feeding.get(to.node);
    if (list) list.push(from.node);
    else feeding.set(to.node, [from.node]);
  }
  const found = new Set<string>();
  const open = [node];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || !Object.hasOwn(graph.nodes, id)) continue;
    found.add(id);
    open.push(...(feeding.get(id) ?? []));
  }
  return found;
}

/** Only the node and what feeds it: all that has a say in what it makes, and quick to plan. */
export function partOf(graph: Graph, node: string): Graph {
  const ids = withSources(graph, node);
  return {
    ...graph,
    nodes: Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => ids.has(id))),
    edges: Object.fromEntries(Object.entries(graph.edges).filter(([, { to }]) => ids.has(to.node))),
  };
}

/**
 * The graph of now, in which a node and everything that feeds it make again what they made `then`: parameters, links,
 * edges and takes (of the tasks with these first keys) are those of then. Where nodes stand, their names and widths, and all that they feed stay as they are
 * now. Nodes that are gone come back at the place they had.
 */
export function settingsBack(now: Graph, then: Graph, node: string, firstKeys: Iterable<string> = []): Graph {
  const ids = withSources(then, node);
  if (ids.size === 0) return now;
  const nodes: Record<string, GraphNode> = { ...now.nodes };
  const changed = new Set<string>();
  for (const id of ids) {
    const [old, present] = [then.nodes[id]!, Object.hasOwn(now.nodes, id) ? now.nodes[id] : undefined];
    if (present && present.type !== old.type) changed.add(id);
    nodes[id] = present ? merged(old, present) : old;
  }
  const edges: Record<string, Edge> = {};
  for (const edge of Object.values(now.edges))
    // A node that became another type has other outputs.
    if (!ids.has(edge.to.node) && !changed.has(edge.from.node)) edges[edge.id] = edge;
  for (const edge of Object.values(then.edges)) if (ids.has(edge.to.node)) edges[edgeId(edge.to)] = edge;
  const takes = { ...now.takes };
  for (const key of firstKeys) {
    const take = Object.hasOwn(then.takes, key) ? then.takes[key] : undefined;
    if (take === undefined) delete takes[key];
    else takes[key] = take;
  }
  return reuse(now, { ...now, nodes, edges, takes });
}

function merged(old: GraphNode, present: GraphNode): GraphNode {
  const { position, width, title, colour } = present;
  const { width: _w, title: _t, colour: _c, ...rest } = old;
  return {
    ...rest,
    position,
    ...(width === undefined ? {} : { width }),
    ...(title === undefined ? {} : { title }),
    ...(colour === undefined ? {} : { colour }),
  };
}

/**
 * The same where nothing is left but the values of one node: each becomes its parameter, and an edge that would stand in
 * its place is taken away. Names that the node type has no parameter for stay as they are.
 */
export function valuesBack(now: Graph, node: string, values: Readonly<Record<string, unknown>>): Graph {
  const present = now.nodes[node];
  if (!present) return now;
  const gone = new Set(Object.keys(values).map((port) => edgeId({ node, port })));
  const edges = Object.fromEntries(Object.entries(now.edges).filter(([id]) => !gone.has(id)));
  const nodes = { ...now.nodes, [node]: { ...present, params: { ...present.params, ...values } } };
  return reuse(now, { ...now, nodes, edges });
}
