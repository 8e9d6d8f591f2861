import { countPoints, mergeAxes, type Axis } from './axes.ts';
import type { GraphError } from './errors.ts';
import { gather } from './gather.ts';
import type { GraphNode } from './graph.ts';
import { handOn } from './hand-on.ts';
import type { Keys } from './key-text.ts';
import { checkInputs, checkParams, fault } from './node-faults.ts';
import { outputsOf as portsOf, type NodeType, type NodeTypes } from './node-type.ts';
import type { Source } from './order.ts';
import { ownAxis } from './own-axis.ts';
import { MOST_TASKS, type LinkLength, type PlannedNode } from './task.ts';
import { tasksOf, type Checked } from './tasks-of.ts';

export type PlanNodeInput = {
  readonly node: GraphNode;
  readonly nodeTypes: NodeTypes;
  readonly keys: Keys;
  /** By the key of take 1, as in the graph. */
  readonly takes: ReadonlyMap<string, number>;
  readonly struck: ReadonlySet<string>;
  readonly sources: readonly Source[];
  /** What feeds each of `sources`. */
  readonly fed: readonly PlannedNode[];
  readonly link: LinkLength | undefined;
  /** The same node with the same parameters and edges, planned before: what it has alike is taken over. */
  readonly before: PlannedNode | null;
};

/** Checks one node, multiplies its axes and names its tasks. */
export function planNode(input: PlanNodeInput): PlannedNode {
  const { node, nodeTypes, sources, fed } = input;
  const type = nodeTypes.get(node.type);
  if (!type) return broken(node, null, [fault(node, 'unknown-type', unknownTypeMessage(node))]);

  const errors: GraphError[] = [];
  const params = checkParams(node, type, sources, errors);
  checkInputs({ node, type, params, sources, fed }, errors);
  const own = params && errors.length === 0 ? ownAxis(node, type, params, input.link, errors) : null;
  const waits = fed.some((source) => source.broken);
  if (!params || errors.length > 0 || waits) return broken(node, type, errors);

  const at = type.gathers ? sources.findIndex(({ port }) => port === type.gathers!.port) : -1;
  const gathered = at < 0 ? null : gather({ node, type, params }, sources[at]!, fed[at]!, errors);
  if (errors.length > 0) return broken(node, type, errors);
  const parts = fed.map((source, i) => (i === at ? gathered!.axes : source.axes));
  if (own) parts.push([own]);
  const axes = mergeAxes(parts);
  const count = countPoints(axes);
  if (count > MOST_TASKS) return broken(node, type, [fault(node, 'too-many-tasks', tooMany(count, axes))]);

  const checked: Checked = { input, type, params, own, axes, gathered };
  const made = gathered && !type.uses ? handOn(checked, gathered) : tasksOf(checked);
  if (Array.isArray(made)) return broken(node, type, made);
  const { tasks, plain, pick } = made;
  const ports = portsOf(type, params);
  return { id: node.id, type, ports, axes, tasks, errors: noErrors, broken: false, plain, pick };
}

const noErrors: readonly GraphError[] = [];

/** A node that is not looked at, because the plan has too many tasks before it. */
export function unplanned(node: GraphNode, nodeTypes: NodeTypes): PlannedNode {
  return broken(node, nodeTypes.get(node.type) ?? null, noErrors);
}

function broken(node: GraphNode, type: NodeType | null, errors: readonly GraphError[]): PlannedNode {
  const ports = type ? portsOf(type, node.params) : {};
  return { id: node.id, type, ports, axes: [], tasks: [], errors, broken: true, plain: true, pick: null };
}

function unknownTypeMessage(node: GraphNode): string {
  return `Editloom does not know the node type "${node.type}". Its data is kept and saved again as it is.`;
}

function tooMany(count: number, axes: readonly Axis[]): string {
  return `${axes.map(({ length }) => length).join(' × ')} are ${count.toLocaleString('en')} tasks; at most ${MOST_TASKS.toLocaleString('en')} can be planned. Shorten a sweep.`;
}
