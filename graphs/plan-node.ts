import { countPoints, mergeAxes, projection, type Axis } from './axes.ts';
import type { GraphError } from './errors.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { createKeyTexts } from './key-text.ts';
import { checkInputs, checkKnown, checkParams, fault, guarded } from './node-faults.ts';
import type { NodeType, NodeTypes } from './node-type.ts';
import type { Source } from './order.ts';
import { MOST_TASKS, type LinkLength, type PlannedNode, type Task, type TaskOutput } from './task.ts';

export type PlanNodeInput = {
  readonly node: GraphNode;
  readonly nodeTypes: NodeTypes;
  readonly keyTextOf: ReturnType<typeof createKeyTexts>;
  readonly hashText: (text: string) => string;
  readonly takes: Graph['takes'];
  readonly sources: readonly Source[];
  /** What feeds each of `sources`. */
  readonly fed: readonly PlannedNode[];
  readonly link: LinkLength | undefined;
};

/** Checks one node, multiplies its axes and names its tasks. */
export function planNode(input: PlanNodeInput): PlannedNode {
  const { node, nodeTypes, sources, fed, hashText } = input;
  const type = nodeTypes.get(node.type);
  if (!type) return broken(node, null, [fault(node, 'unknown-type', unknownTypeMessage(node))]);

  const errors: GraphError[] = [];
  const params = checkParams(node, type, sources, errors);
  checkInputs({ node, type, params, sources, fed }, errors);
  const own = params && errors.length === 0 ? ownAxis(node, type, params, input.link, errors) : null;
  const waits = fed.some((source) => source.broken);
  if (!params || errors.length > 0 || waits) return broken(node, type, errors);

  const axes = own ? mergeAxes([...fed.map((source) => source.axes), [own]]) : mergeAxes(fed.map(({ axes }) => axes));
  const count = countPoints(axes);
  if (count > MOST_TASKS) return broken(node, type, [fault(node, 'too-many-tasks', tooMany(count, axes))]);

  const literal: Feed[] = [];
  const toCome: Feed[] = [];
  for (let i = 0; i < fed.length; i++) {
    const { tasks, axes: part } = fed[i]!;
    const { port, fromPort } = sources[i]!;
    // All tasks of a node have their outputs already, or none has.
    (tasks[0]!.outputs ? literal : toCome).push({ port, fromPort, tasks, numbers: projection(axes, part) });
  }
  const rest = toCome.some(({ port }) => Object.hasOwn(params, port)) ? without(params, toCome) : params;
  const ownValues = own?.members.find((member) => member.node === node.id)?.values;
  const ownNumbers = own ? projection(axes, [own]) : null;
  const isPure = !type.uses && toCome.length === 0;
  const keyText = isPure ? null : input.keyTextOf({ type, params: own ? null : params, sources });

  const tasks: Task[] = [];
  for (let index = 0; index < count; index++) {
    const at = ownValues?.[ownNumbers ? ownNumbers[index]! : index];
    const known = literal.length > 0 ? { ...rest } : rest;
    for (const feed of literal) known[feed.port] = feedingTask(feed, index).outputs![feed.fromPort];
    if (literal.length > 0) checkKnown({ node, type, known, literal, axes, index }, errors);
    if (errors.length > 0) return broken(node, type, errors);

    const awaited: Record<string, TaskOutput | readonly TaskOutput[]> = toCome.length > 0 ? {} : nothing;
    for (const feed of toCome) awaited[feed.port] = { task: feedingTask(feed, index), port: feed.fromPort };
    const firstKey = keyText && hashText(keyText(known, awaited, at, 1));
    const take = firstKey ? (input.takes[firstKey] ?? 1) : 1;
    const key = keyText && take !== 1 ? hashText(keyText(known, awaited, at, take)) : firstKey;
    const outputs = isPure ? guarded(node, 'bad-value', errors, () => type.run({ values: known, at })) : null;
    if (errors.length > 0) return broken(node, type, errors);
    tasks.push({
      node: node.id,
      index,
      key,
      firstKey,
      known,
      awaited,
      outputs: outputs as Task['outputs'],
      gathered: null,
      forwards: null,
      idle: null,
      at,
    });
  }
  return { id: node.id, type, axes, tasks, errors: noErrors, broken: false };
}

/** What is connected to one input: the feeding tasks, and which of them feeds which point. */
type Feed = {
  readonly port: string;
  readonly fromPort: string;
  readonly tasks: readonly Task[];
  readonly numbers: Uint32Array | null;
};

function feedingTask({ tasks, numbers }: Feed, index: number): Task {
  return tasks[numbers ? numbers[index]! : index]!;
}

const noErrors: readonly GraphError[] = [];
const nothing: Record<string, TaskOutput> = {};

function without(params: Record<string, unknown>, feeds: readonly Feed[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !feeds.some(({ port }) => port === name)));
}

function ownAxis(
  node: GraphNode,
  type: NodeType,
  params: Record<string, unknown>,
  link: LinkLength | undefined,
  errors: GraphError[],
): Axis | null {
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
  return { id: axisId(node), length: values.length, members: [{ node: node.id, title, values }] };
}

/** A link may have the name of a node; they are two axes all the same. */
export function axisId(node: GraphNode): string {
  return node.link === undefined ? `node ${node.id}` : `link ${node.link}`;
}

/** A node that is not looked at, because the plan has too many tasks before it. */
export function unplanned(node: GraphNode, nodeTypes: NodeTypes): PlannedNode {
  return broken(node, nodeTypes.get(node.type) ?? null, noErrors);
}

function broken(node: GraphNode, type: NodeType | null, errors: readonly GraphError[]): PlannedNode {
  return { id: node.id, type, axes: [], tasks: [], errors, broken: true };
}

function unknownTypeMessage(node: GraphNode): string {
  return `Editloom does not know the node type "${node.type}". Its data is kept and saved again as it is.`;
}

function tooMany(count: number, axes: readonly Axis[]): string {
  return `${axes.map(({ length }) => length).join(' × ')} are ${count.toLocaleString('en')} tasks; at most ${MOST_TASKS.toLocaleString('en')} can be planned. Shorten a sweep.`;
}
