import { z } from 'zod';
import type { Change } from './changes.ts';
import { canConnect, isRefusal } from './connect.ts';
import { copiedParams } from './copied-axes.ts';
import { loadGraph, writeGraphFile } from './file.ts';
import { edgeId, freshNodeId, type Edge, type Graph, type GraphNode, type Position } from './graph.ts';
import type { NodeTypes } from './node-type.ts';

export const FRAGMENT_FORMAT = 'editloom-fragment';
/** Some thousand nodes; a longer text in the clipboard is something else. */
const MOST_TEXT = 20_000_000;

/** A part of a graph on its way through the clipboard: some nodes, the edges among them, and those that came in from outside. */
export type Fragment = { readonly graph: Graph; readonly incoming: readonly Edge[] };

const portRefSchema = z.object({ node: z.string().min(1).max(200), port: z.string().min(1).max(200) });
const fragmentSchema = z.object({
  format: z.literal(FRAGMENT_FORMAT),
  graph: z.unknown(),
  incoming: z.array(z.object({ from: portRefSchema, to: portRefSchema })).max(100_000),
});

/** These nodes with the edges that end at them. */
export function takeFragment(graph: Graph, ids: readonly string[]): Fragment {
  const chosen = ids.filter((id) => graph.nodes[id]);
  const inside = new Set(chosen);
  const into = Object.values(graph.edges).filter(({ to }) => inside.has(to.node));
  return {
    graph: {
      nodes: Object.fromEntries(chosen.map((id) => [id, graph.nodes[id]!])),
      edges: Object.fromEntries(into.filter(({ from }) => inside.has(from.node)).map((edge) => [edge.id, edge])),
      takes: {},
    },
    incoming: into.filter(({ from }) => !inside.has(from.node)),
  };
}

export function writeFragment({ graph, incoming }: Fragment): string {
  const inner = JSON.parse(writeGraphFile('', graph)) as unknown;
  return JSON.stringify({
    format: FRAGMENT_FORMAT,
    graph: inner,
    incoming: incoming.map(({ from, to }) => ({ from, to })),
  });
}

/** The fragment in this text, checked like a graph file; null when the text is something else. */
export function readFragment(text: string, nodeTypes: NodeTypes): Fragment | null {
  if (text.length > MOST_TEXT || !text.includes(FRAGMENT_FORMAT)) return null;
  try {
    const parsed = fragmentSchema.parse(JSON.parse(text));
    const { graph } = loadGraph(parsed.graph, nodeTypes);
    return { graph, incoming: parsed.incoming.map(({ from, to }) => ({ id: edgeId(to), from, to })) };
  } catch {
    return null;
  }
}

export type PasteOptions = {
  /** Where the fragment's top left corner goes. */
  readonly at: Position;
  /** Feed the copies from where the originals were fed, as far as these nodes are there. */
  readonly keepIncoming: boolean;
};

/** [G1] The change that adds a fragment, with fresh ids; sweeps that were linked among themselves are linked anew. */
export function pasteFragment(
  graph: Graph,
  nodeTypes: NodeTypes,
  fragment: Fragment,
  { at, keepIncoming }: PasteOptions,
): Extract<Change, { type: 'add' }> {
  const originals = Object.values(fragment.graph.nodes);
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, type } of originals) {
    const fresh = freshNodeId(type, (name) => Object.hasOwn(graph.nodes, name) || taken.has(name));
    taken.add(fresh);
    ids.set(id, fresh);
  }
  const corner = cornerOf(originals);
  const links = freshLinks(graph, originals);
  const nodes = originals.map(({ link, ...node }): GraphNode => {
    const newLink = link === undefined ? undefined : links.get(link);
    return {
      ...node,
      id: ids.get(node.id)!,
      position: { x: at.x + node.position.x - corner.x, y: at.y + node.position.y - corner.y },
      params: copiedParams(node, { graph, nodeTypes, originals, ids }),
      ...(newLink === undefined ? {} : { link: newLink }),
    };
  });
  const edges = Object.values(fragment.graph.edges).map(({ from, to }) =>
    edgeOf({ ...from, node: ids.get(from.node)! }, { ...to, node: ids.get(to.node)! }),
  );
  if (keepIncoming) {
    const together: Graph = {
      ...graph,
      nodes: { ...graph.nodes, ...Object.fromEntries(nodes.map((node) => [node.id, node])) },
    };
    for (const { from, to } of fragment.incoming) {
      const node = ids.get(to.node);
      if (!node) continue;
      const edge = edgeOf(from, { ...to, node });
      if (!isRefusal(canConnect(together, nodeTypes, edge.from, edge.to))) edges.push(edge);
    }
  }
  return { type: 'add', nodes, edges };
}

function edgeOf(from: Edge['from'], to: Edge['to']): Edge {
  return { id: edgeId(to), from, to };
}

function cornerOf(nodes: readonly GraphNode[]): Position {
  let x = Infinity;
  let y = Infinity;
  for (const { position } of nodes) {
    x = Math.min(x, position.x);
    y = Math.min(y, position.y);
  }
  return { x: Number.isFinite(x) ? x : 0, y: Number.isFinite(y) ? y : 0 };
}

/** A link of two or more of these nodes gets a new name; one whose partners stayed behind has none. */
function freshLinks(graph: Graph, nodes: readonly GraphNode[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const { link } of nodes) if (link !== undefined) counts.set(link, (counts.get(link) ?? 0) + 1);
  const used = new Set(Object.values(graph.nodes).map(({ link }) => link));
  const fresh = new Map<string, string>();
  for (const [link, count] of counts) {
    if (count < 2) continue;
    const name = freshLinkName((candidate) => used.has(candidate));
    used.add(name);
    fresh.set(link, name);
  }
  return fresh;
}

/** A link's name that no sweep uses yet: `link1`, `link2`, … */
export function freshLinkName(taken: (name: string) => boolean): string {
  let number = 1;
  while (taken(`link${number}`)) number++;
  return `link${number}`;
}
