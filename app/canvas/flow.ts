import { Position, type Edge as AnyFlowEdge, type Node as AnyFlowNode } from '@xyflow/react';
import { kindOfOutput } from '../../graphs/connect.ts';
import type { Edge, Graph, GraphNode } from '../../graphs/graph.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import type { Kind } from '../../graphs/ports.ts';
import { guessSize, PORT_RADIUS } from './size.ts';

export type FlowNode = AnyFlowNode<Record<string, never>, 'card'>;
export type FlowEdge = AnyFlowEdge<{ kind: Kind | undefined }, 'wire'>;

const nothing: Record<string, never> = {};

/**
 * The graph's nodes as React Flow wants them. What was not touched keeps its identity, with its selection and its
 * measured size; the arrays too, when nothing in them changed. A node that is being dragged stays where the hand is.
 */
export function flowNodes(graph: Graph, nodeTypes: NodeTypes, before: readonly FlowNode[]): readonly FlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]));
  let same = true;
  let i = 0;
  const next: FlowNode[] = [];
  for (const node of Object.values(graph.nodes)) {
    const flow = flowNode(node, nodeTypes, old.get(node.id));
    if (before[i++] !== flow) same = false;
    next.push(flow);
  }
  return same && i === before.length ? before : next;
}

function flowNode(node: GraphNode, nodeTypes: NodeTypes, old: FlowNode | undefined): FlowNode {
  if (!old) return freshFlowNode(node, nodeTypes);
  const label = labelOf(node, nodeTypes);
  const moved = !old.dragging && (old.position.x !== node.position.x || old.position.y !== node.position.y);
  if (!moved && old.ariaLabel === label) return old;
  return { ...old, ariaLabel: label, position: moved ? node.position : old.position };
}

function freshFlowNode(node: GraphNode, nodeTypes: NodeTypes): FlowNode {
  const { width, height, inputs, outputs } = guessSize(nodeTypes.get(node.type), node);
  const at = { width: 2 * PORT_RADIUS, height: 2 * PORT_RADIUS };
  return {
    id: node.id,
    type: 'card',
    data: nothing,
    position: node.position,
    ariaLabel: labelOf(node, nodeTypes),
    measured: { width, height },
    handles: [
      ...inputs.map(({ port, y }) => ({
        ...at,
        id: port,
        type: 'target' as const,
        position: Position.Left,
        x: -PORT_RADIUS,
        y: y - PORT_RADIUS,
      })),
      ...outputs.map(({ port, y }) => ({
        ...at,
        id: port,
        type: 'source' as const,
        position: Position.Right,
        x: width - PORT_RADIUS,
        y: y - PORT_RADIUS,
      })),
    ],
  };
}

function labelOf(node: GraphNode, nodeTypes: NodeTypes): string {
  const type = nodeTypes.get(node.type)?.title ?? node.type;
  return node.title && node.title !== type ? `${node.title}, ${type}` : type;
}

/** The guessed places of ports have served once the card was measured. */
export function withoutGuesses(nodes: readonly FlowNode[], measured: ReadonlySet<string>): FlowNode[] {
  return nodes.map((node) => {
    if (!node.handles || !measured.has(node.id)) return node;
    const { handles: _, ...rest } = node;
    return rest;
  });
}

/** The graph's edges as React Flow wants them; untouched ones keep their identity and selection. */
export function flowEdges(graph: Graph, nodeTypes: NodeTypes, before: readonly FlowEdge[]): readonly FlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]));
  let same = true;
  let i = 0;
  const next: FlowEdge[] = [];
  for (const edge of Object.values(graph.edges)) {
    const flow = flowEdge(edge, graph, nodeTypes, old.get(edge.id));
    if (before[i++] !== flow) same = false;
    next.push(flow);
  }
  return same && i === before.length ? before : next;
}

function flowEdge(edge: Edge, graph: Graph, nodeTypes: NodeTypes, old: FlowEdge | undefined): FlowEdge {
  const kind = kindOfOutput(graph, nodeTypes, edge.from);
  if (old && old.source === edge.from.node && old.sourceHandle === edge.from.port && old.data?.kind === kind)
    return old;
  return {
    id: edge.id,
    type: 'wire',
    source: edge.from.node,
    sourceHandle: edge.from.port,
    target: edge.to.node,
    targetHandle: edge.to.port,
    data: { kind },
  };
}
