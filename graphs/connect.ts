import { edgeInto, type Edge, type Graph, type PortRef } from './graph.ts';
import { outputsOf, type NodeTypes } from './node-type.ts';
import type { Kind } from './ports.ts';

/** Why an edge may not be drawn: a value, not an exception. */
export type Refusal = {
  readonly reason: 'self' | 'kind' | 'cycle' | 'no-such-port' | 'already-there';
  readonly message: string;
};

/** May be drawn; `replaces` is the edge that has to go, since an input takes one edge only. */
export type Permission = { readonly replaces: Edge | null };

/** [C1–C6] May this edge be drawn? Asked by the drag, the drop and the paste alike, so they never disagree. */
export function canConnect(graph: Graph, nodeTypes: NodeTypes, from: PortRef, to: PortRef): Refusal | Permission {
  const refusal = refusalOfPorts(graph, nodeTypes, from, to);
  if (refusal) return refusal;
  const replaces = edgeInto(graph, to) ?? null;
  if (replaces && replaces.from.node === from.node && replaces.from.port === from.port)
    return refuse('already-there', 'These two are connected already.');
  if (feeds(graph, to.node, from.node))
    return refuse(
      'cycle',
      `${nameOf(graph, to.node)} already feeds ${nameOf(graph, from.node)}: this edge would close a loop.`,
    );
  return { replaces };
}

/** The part of `canConnect` that looks at the two ports alone. */
export function refusalOfPorts(graph: Graph, nodeTypes: NodeTypes, from: PortRef, to: PortRef): Refusal | null {
  if (from.node === to.node) return refuse('self', 'A node cannot feed itself.');
  const output = kindOfOutput(graph, nodeTypes, from);
  const input = kindOfInput(graph, nodeTypes, to);
  if (!output) return refuse('no-such-port', `There is no output "${from.port}" on ${nameOf(graph, from.node)}.`);
  if (!input) return refuse('no-such-port', `There is no input "${to.port}" on ${nameOf(graph, to.node)}.`);
  if (output !== input) return refuse('kind', `This input takes ${withArticle(input)}, not ${withArticle(output)}.`);
  return null;
}

export function isRefusal(answer: Refusal | Permission): answer is Refusal {
  return 'reason' in answer;
}

export function kindOfOutput(graph: Graph, nodeTypes: NodeTypes, ref: PortRef): Kind | undefined {
  const node = graph.nodes[ref.node];
  const type = node && nodeTypes.get(node.type);
  return type && own(outputsOf(type, node.params), ref.port)?.kind;
}

export function kindOfInput(graph: Graph, nodeTypes: NodeTypes, ref: PortRef): Kind | undefined {
  return own(nodeTypes.get(graph.nodes[ref.node]?.type ?? '')?.inputs, ref.port)?.kind;
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Does `source` reach `target` along edges? Iterative: a chain may be any length. */
function feeds(graph: Graph, source: string, target: string): boolean {
  const next = new Map<string, string[]>();
  for (const { from, to } of Object.values(graph.edges)) {
    const list = next.get(from.node);
    if (list) list.push(to.node);
    else next.set(from.node, [to.node]);
  }
  const seen = new Set([source]);
  const open = [source];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === target) return true;
    for (const to of next.get(node) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return false;
}

function refuse(reason: Refusal['reason'], message: string): Refusal {
  return { reason, message };
}

function nameOf(graph: Graph, id: string): string {
  return `"${graph.nodes[id]?.title ?? id}"`;
}

/** What a port carries, in a sentence. */
export function withArticle(kind: Kind): string {
  if (kind === 'images') return 'a list of images';
  return kind === 'image' ? 'an image' : `a ${kind}`;
}
