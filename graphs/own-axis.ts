import { valueId, type Axis } from './axes.ts';
import type { GraphError } from './errors.ts';
import type { GraphNode } from './graph.ts';
import { fault, guarded } from './node-faults.ts';
import type { NodeType } from './node-type.ts';
import type { LinkLength } from './task.ts';

/** The axis that a node contributes; null where it has none, or where `errors` says what is wrong with it. */
export function ownAxis(
  node: GraphNode,
  type: NodeType,
  params: Record<string, unknown>,
  link: LinkLength | undefined,
  errors: GraphError[],
): Axis | null {
  if (type.picks) return pickAxis(node, type, params);
  if (!type.axis) return null;
  const title = node.title ?? type.title;
  const values = guarded(node, 'bad-axis', errors, () => type.axis!(params));
  if (!values) return null;
  if (values.length === 0) {
    errors.push(fault(node, 'empty-axis', 'This sweep has no values: add at least one.'));
  } else if (link && link.length !== values.length) {
    errors.push(
      fault(
        node,
        'axis-length',
        `Linked sweeps must have equally many values: "${link.title}" has ${link.length}, "${title}" has ${values.length}.`,
      ),
    );
  }
  return axisOf(axisId(node), node, title, values);
}

/** Several chosen pictures are an axis of their own, numbered from 1. */
function pickAxis(node: GraphNode, type: NodeType, params: Record<string, unknown>): Axis | null {
  const count = params[type.picks!.count] as number;
  if (count <= 1) return null;
  const values = Array.from({ length: count }, (_, i) => i + 1);
  return axisOf(pickAxisId(node), node, node.title ?? type.title, values);
}

function axisOf(id: string, node: GraphNode, title: string, values: readonly unknown[]): Axis {
  const out = node.struck && new Set(node.struck);
  const struck = out && values.map((value) => out.has(valueId(value)));
  const member = { node: node.id, title, values };
  return { id, length: values.length, members: [struck?.includes(true) ? { ...member, struck } : member] };
}

/** How the id of an axis of linked sweeps begins: a link may have the name of a node, and they are two axes all the same. */
export const LINKED = 'link ';

export function axisId(node: GraphNode): string {
  return node.link === undefined ? pickAxisId(node) : LINKED + node.link;
}

export function pickAxisId(node: GraphNode): string {
  return `node ${node.id}`;
}
