import { canConnect, isRefusal, type Refusal } from '../../graphs/connect.ts';
import { edgeInto, type Graph, type PortRef } from '../../graphs/graph.ts';
import type { NodeType, NodeTypes } from '../../graphs/node-type.ts';
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
  const ports = Object.keys(end.side === 'output' ? type.inputs : type.outputs).map((port) => ({ node, port }));
  const possible = ports.filter((ref) => {
    const [from, to] = end.side === 'output' ? [end.ref, ref] : [ref, end.ref];
    return !isRefusal(canConnect(graph, nodeTypes, from, to));
  });
  if (end.side === 'input') return possible[0] ?? null;
  return possible.find((ref) => !edgeInto(graph, ref)) ?? possible[0] ?? null;
}

export type PossibleEdge = { readonly from: PortRef; readonly to: PortRef; readonly replaces: boolean };

/** Every edge that may be drawn out of this node, in the order of the graph: the list of the keyboard's "Connect…". */
export function possibleEdges(graph: Graph, nodeTypes: NodeTypes, node: string): PossibleEdge[] {
  const type = nodeTypes.get(graph.nodes[node]?.type ?? '');
  const found: PossibleEdge[] = [];
  for (const [port, { kind }] of Object.entries(type?.outputs ?? {})) {
    const from = { node, port };
    for (const other of Object.values(graph.nodes)) {
      const inputs = nodeTypes.get(other.type)?.inputs ?? {};
      for (const name of Object.keys(inputs)) {
        if (inputs[name]!.kind !== kind) continue;
        const to = { node: other.id, port: name };
        const answer = canConnect(graph, nodeTypes, from, to);
        if (!isRefusal(answer)) found.push({ from, to, replaces: answer.replaces !== null });
      }
    }
  }
  return found;
}

/** Why not, for somebody who looks at the cards: those carry titles, and files alone know the nodes' own names. */
export function refusalWords({ reason, message }: Refusal): string {
  return reason === 'cycle' ? 'This edge would close a loop: the second card already feeds the first.' : message;
}
