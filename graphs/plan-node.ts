import type { z } from 'zod';
import { countPoints, labelsOf, mergeAxes, projection, type Axis } from './axes.ts';
import type { GraphError, GraphErrorCode } from './errors.ts';
import type { Graph, GraphNode } from './graph.ts';
import { keyTextOf } from './key-text.ts';
import type { NodeType, NodeTypes } from './node-type.ts';
import type { Source } from './order.ts';
import { faultOfValue } from './ports.ts';
import { MOST_TASKS, type LinkLength, type PlannedNode, type Task, type TaskOutput } from './task.ts';

export type PlanNodeInput = {
  readonly node: GraphNode;
  readonly nodeTypes: NodeTypes;
  readonly service: string;
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
  checkInputs(node, type, params, input, errors);
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
  const keyText = isPure ? null : keyTextOf({ type, service: input.service, params: own ? null : params, sources });

  const tasks: Task[] = [];
  for (let index = 0; index < count; index++) {
    const at = ownValues?.[ownNumbers ? ownNumbers[index]! : index];
    const known = literal.length > 0 ? { ...rest } : rest;
    for (const feed of literal) known[feed.port] = feedingTask(feed, index).outputs![feed.fromPort];
    checkKnown(node, type, known, literal, axes, index, errors);
    if (errors.length > 0) return broken(node, type, errors);

    const awaited: Record<string, TaskOutput> = toCome.length > 0 ? {} : nothing;
    for (const feed of toCome) awaited[feed.port] = { task: feedingTask(feed, index), port: feed.fromPort };
    const firstKey = keyText && hashText(keyText(known, awaited, at, 1));
    const take = firstKey ? (input.takes[firstKey] ?? 1) : 1;
    const key = keyText && take !== 1 ? hashText(keyText(known, awaited, at, take)) : firstKey;
    const outputs = isPure ? guarded(node, 'bad-value', errors, () => type.run({ values: known, at })) : null;
    if (errors.length > 0) return broken(node, type, errors);
    tasks.push({ node: node.id, index, key, firstKey, known, awaited, outputs: outputs as Task['outputs'], at });
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

function checkParams(node: GraphNode, type: NodeType, sources: readonly Source[], errors: GraphError[]) {
  const parsed = type.params.safeParse(node.params);
  if (parsed.success) {
    const lacks = guarded(node, 'bad-param', errors, () => type.check?.(parsed.data));
    if (lacks) errors.push(fault(node, 'bad-param', lacks));
    return parsed.data as Record<string, unknown>;
  }
  const connected = new Set(sources.map(({ port }) => port));
  const faults = parsed.error.issues.filter(({ path }) => !connected.has(String(path[0])));
  for (const { path, message } of faults)
    errors.push(
      fault(node, 'bad-param', `${titleOfParam(type, String(path[0] ?? ''))}: ${message}`, String(path[0] ?? '')),
    );
  if (faults.length > 0) return null;
  const kept = Object.fromEntries(Object.entries(node.params).filter(([name]) => !connected.has(name)));
  const again = type.params.safeParse(kept);
  return again.success ? (again.data as Record<string, unknown>) : null;
}

function checkInputs(
  node: GraphNode,
  type: NodeType,
  params: Record<string, unknown> | null,
  { sources, fed }: PlanNodeInput,
  errors: GraphError[],
): void {
  for (let i = 0; i < sources.length; i++) {
    const { port, fromPort } = sources[i]!;
    const into = Object.hasOwn(type.inputs, port) ? type.inputs[port] : undefined;
    const from = fed[i]!;
    if (!into) errors.push(fault(node, 'unknown-port', `There is no input "${port}" here: remove the edge.`, port));
    else if (!from.type)
      errors.push(fault(node, 'needs-broken', `${titleOf(into, port)} comes from a node of an unknown type.`, port));
    else if (!Object.hasOwn(from.type.outputs, fromPort) || from.type.outputs[fromPort]!.kind !== into.kind)
      errors.push(
        fault(
          node,
          'unknown-port',
          `${titleOf(into, port)} is connected to an output that does not fit: remove the edge.`,
          port,
        ),
      );
  }
  for (const name in type.inputs) {
    const port = type.inputs[name]!;
    if (!port.required || sources.some((source) => source.port === name)) continue;
    const value = params?.[name];
    if (port.kind === 'text' && typeof value === 'string') {
      if (value.trim() === '')
        errors.push(fault(node, 'empty-text', `${titleOf(port, name)} is empty: write one or connect one.`, name));
    } else if (value === undefined && params) {
      errors.push(fault(node, 'missing-input', `${titleOf(port, name)} is missing: connect one.`, name));
    }
  }
}

function checkKnown(
  node: GraphNode,
  type: NodeType,
  known: Record<string, unknown>,
  literal: readonly Feed[],
  axes: readonly Axis[],
  index: number,
  errors: GraphError[],
): void {
  for (const { port } of literal) {
    const { kind, required } = type.inputs[port]!;
    const value = known[port];
    const problem =
      faultOfValue(kind, value) ??
      (required && kind === 'text' && String(value).trim() === '' ? 'Expected a text, got an empty one' : null) ??
      faultOfParam(type, port, value);
    if (!problem) continue;
    const where = labelsOf(axes, index)
      .map((label) => `${label.title} = ${String(label.value)}`)
      .join(', ');
    errors.push(
      fault(
        node,
        'bad-value',
        `${titleOf(type.inputs[port]!, port)}: ${problem}${where ? ` (at ${where})` : ''}.`,
        port,
      ),
    );
  }
}

/** What is connected in place of a parameter keeps to the parameter's limits. */
function faultOfParam(type: NodeType, port: string, value: unknown): string | null {
  const field = Object.hasOwn(type.params.shape, port) ? (type.params.shape[port] as z.ZodType) : null;
  const parsed = field?.safeParse(value);
  return parsed && !parsed.success ? parsed.error.issues[0]!.message : null;
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

/** Runs a node type's own code: its mistake is an error of the node, not an exception. */
function guarded<T>(node: GraphNode, code: GraphErrorCode, errors: GraphError[], call: () => T): T | null {
  try {
    return call();
  } catch (cause) {
    errors.push(fault(node, code, cause instanceof Error ? cause.message : String(cause)));
    return null;
  }
}

/** A node that is not looked at, because the plan has too many tasks before it. */
export function unplanned(node: GraphNode, nodeTypes: NodeTypes): PlannedNode {
  return broken(node, nodeTypes.get(node.type) ?? null, noErrors);
}

function broken(node: GraphNode, type: NodeType | null, errors: readonly GraphError[]): PlannedNode {
  return { id: node.id, type, axes: [], tasks: [], errors, broken: true };
}

function fault(node: GraphNode, code: GraphErrorCode, message: string, port?: string): GraphError {
  return { code, node: node.id, message, ...(port ? { port } : {}) };
}

function titleOf(port: { title?: string }, name: string): string {
  return port.title ?? name;
}

function titleOfParam(type: NodeType, name: string): string {
  const field = type.params.shape[name] as { meta?: () => { title?: string } | undefined } | undefined;
  return field?.meta?.()?.title ?? name;
}

function unknownTypeMessage(node: GraphNode): string {
  return `Editloom does not know the node type "${node.type}". Its data is kept and saved again as it is.`;
}

function tooMany(count: number, axes: readonly Axis[]): string {
  return `${axes.map(({ length }) => length).join(' × ')} are ${count.toLocaleString('en')} tasks; at most ${MOST_TASKS.toLocaleString('en')} can be planned. Shorten a sweep.`;
}
