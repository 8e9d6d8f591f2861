import { canConnect, isRefusal, type Refusal } from '../../graphs/connect.ts';
import { edgeInto, type Graph, type PortRef } from '../../graphs/graph.ts';
import { outputsOf, type NodeType, type NodeTypes } from '../../graphs/node-type.ts';
import type { Kind } from '../../graphs/ports.ts';

/** The loose end of an edge that is being drawn: what it carries and from which side. */
export type LooseEnd = { readonly ref: PortRef; readonly kind: Kind; readonly side: 'output' | 'input' };

/** The first port of a node type at which this end could be tied, by name. */
export function portThatFits(type: NodeType, { kind, side }: Pick<LooseEnd, 'kind' | 'side'>): string | undefined {
  const ports = side === 'output' ? type.inputs : type.outputs;
  return Object.keys(ports).find((name) => ports[name]!.kind === kind);
}

/** Node types in the order of how well they match the words; with `end`, only those that it fits. */
export function searchTypes(nodeTypes: NodeTypes, words: string, end: LooseEnd | null = null): NodeType[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return [...nodeTypes.values()]
    .filter((type) => !end || portThatFits(type, end) !== undefined)
    .map((type) => ({ type, score: scoreOf(type, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ type }) => type);
}

function scoreOf(type: NodeType, wanted: readonly string[]): number {
  const title = type.title.toLowerCase();
  const rest = `${type.category} ${type.description} ${type.type}`.toLowerCase();
  let score = 1;
  for (const word of wanted) {
    if (title.startsWith(word)) score += 8;
    else if (title.split(/\s+/).some((part) => part.startsWith(word))) score += 6;
    else if (title.includes(word)) score += 4;
    else if (rest.includes(word)) score += 1;
    else return 0;
  }
  return score;
}

/** Where on this node a loose end is tied when it is let go over the card: a free port that may be connected, else a taken one. */
export function targetOnNode(graph: Graph, nodeTypes: NodeTypes, end: LooseEnd, node: string): PortRef | null {
  const type = nodeTypes.get(graph.nodes[node]?.type ?? '');
  if (!type) return null;
  const { params } = graph.nodes[node]!;
  const ports = Object.keys(end.side === 'output' ? type.inputs : outputsOf(type, params)).map((port) => ({
    node,
    port,
  }));
  const possible = ports.filter((ref) => {
    const [from, to] = end.side === 'output' ? [end.ref, ref] : [ref, end.ref];
    return !isRefusal(canConnect(graph, nodeTypes, from, to));
  });
  if (end.side === 'input') return possible[0] ?? null;
  return possible.find((ref) => !edgeInto(graph, ref)) ?? possible[0] ?? null;
}

/**
 * What a node that is added beside this one is tied to: the output for an input that can only be fed by an edge. An input
 * that can be typed as well is left to the user.
 */
export function endForNext(graph: Graph, nodeTypes: NodeTypes, node: string, next: NodeType): LooseEnd | null {
  const from = graph.nodes[node];
  const type = nodeTypes.get(from?.type ?? '');
  for (const [port, { kind }] of Object.entries(from && type ? outputsOf(type, from.params) : {})) {
    const end: LooseEnd = { ref: { node, port }, kind, side: 'output' };
    const fits = portThatFits(next, end);
    if (fits !== undefined && !Object.hasOwn(next.params.shape, fits)) return end;
  }
  return null;
}

export type PossibleEdge = { readonly from: PortRef; readonly to: PortRef; readonly replaces: boolean };

/**
 * Every edge that may be drawn at this node, in the order of the graph: the list of the keyboard's "Connect…". First
 * those that lead out of it, then those into its free inputs; last what would take the place of another edge.
 */
export function possibleEdges(graph: Graph, nodeTypes: NodeTypes, node: string): PossibleEdge[] {
  const out: PossibleEdge[] = [];
  const into: PossibleEdge[] = [];
  const portsOf = (id: string): Ports => {
    const found = graph.nodes[id];
    const type = nodeTypes.get(found?.type ?? '');
    return { inputs: type?.inputs ?? {}, outputs: found && type ? outputsOf(type, found.params) : {} };
  };
  const add = (list: PossibleEdge[], from: PortRef, to: PortRef): void => {
    const answer = canConnect(graph, nodeTypes, from, to);
    if (!isRefusal(answer)) list.push({ from, to, replaces: answer.replaces !== null });
  };
  for (const other in graph.nodes) {
    for (const [from, to] of pairs(portsOf(node), portsOf(other)))
      add(out, { node, port: from }, { node: other, port: to });
    for (const [from, to] of pairs(portsOf(other), portsOf(node)))
      if (!edgeInto(graph, { node, port: to })) add(into, { node: other, port: from }, { node, port: to });
  }
  return [...out.filter(({ replaces }) => !replaces), ...into, ...out.filter(({ replaces }) => replaces)];
}

type Ports = Pick<NodeType, 'inputs' | 'outputs'>;

/** Outputs of one node with the inputs of another that take their kind. */
function pairs(source: Ports, target: Ports): [string, string][] {
  return Object.entries(source.outputs).flatMap(([from, { kind }]) =>
    Object.entries(target.inputs).flatMap(([to, input]) =>
      input.kind === kind ? [[from, to] as [string, string]] : [],
    ),
  );
}

/** Why not, for somebody who looks at the cards: those carry titles, and files alone know the nodes' own names. */
export function refusalWords({ reason, message }: Refusal): string {
  return reason === 'cycle' ? 'This edge would close a loop: the second card already feeds the first.' : message;
}
