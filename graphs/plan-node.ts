import { countPoints, labelsOf, mergeAxes, projection, type Axis } from './axes.ts';
import type { GraphError, GraphErrorCode } from './errors.ts';
import type { Graph, GraphNode } from './graph.ts';
import { canonical, hashText } from './key.ts';
import type { NodeType, NodeTypes } from './node-type.ts';
import type { Source } from './order.ts';
import { faultOfValue } from './ports.ts';
import { MOST_TASKS, type LinkLength, type PlannedNode, type Task, type TaskOutput } from './task.ts';

export type PlanNodeInput = {
  readonly node: GraphNode;
  readonly nodeTypes: NodeTypes;
  readonly service: string;
  readonly takes: Graph['takes'];
  readonly sources: readonly Source[];
  /** What feeds each of `sources`. */
  readonly fed: readonly PlannedNode[];
  readonly link: LinkLength | undefined;
};

/** Checks one node, multiplies its axes and names its tasks. */
export function planNode(input: PlanNodeInput): PlannedNode {
  const { node, nodeTypes, sources, fed } = input;
  const type = nodeTypes.get(node.type);
  if (!type) return broken(node, null, [fault(node, 'unknown-type', unknownTypeMessage(node))]);

  const errors: GraphError[] = [];
  const params = checkParams(node, type, sources, errors);
  checkInputs(node, type, params, input, errors);
  const own = params && errors.length === 0 ? ownAxis(node, type, params, input.link, errors) : null;
  const waits = fed.some((source) => source.broken);
  if (!params || errors.length > 0 || waits) return broken(node, type, errors);

  const axes = mergeAxes([...fed.map((source) => source.axes), own ? [own] : []]);
  const count = countPoints(axes);
  if (count > MOST_TASKS) return broken(node, type, [fault(node, 'too-many-tasks', tooMany(count, axes))]);

  const inputs = sources.map((source, i) => ({
    port: source.port,
    fromPort: source.fromPort,
    tasks: fed[i]!.tasks,
    numbers: projection(axes, fed[i]!.axes),
  }));
  const ownNumbers = own ? projection(axes, [own]) : null;
  const keyText = keyWriter(type, input.service, own ? {} : params);
  const tasks: Task[] = [];
  for (let index = 0; index < count; index++) {
    const at = own
      ? own.members.find((member) => member.node === node.id)!.values[ownNumbers?.[index] ?? index]
      : undefined;
    const task = makeTask(index, at);
    if (errors.length > 0) return broken(node, type, errors);
    tasks.push(task);
  }
  return { id: node.id, type, axes, tasks, errors, broken: false };

  function makeTask(index: number, at: unknown): Task {
    let known = params!;
    let awaited = nothing;
    if (inputs.length > 0) {
      known = { ...params };
      for (const { port, fromPort, tasks: from, numbers } of inputs) {
        const source = from[numbers ? numbers[index]! : index]!;
        if (source.outputs) known[port] = source.outputs[fromPort];
        else {
          if (awaited === nothing) awaited = {};
          awaited[port] = { task: source, port: fromPort };
          delete known[port];
        }
      }
      checkKnown(node, type!, known, sources, axes, index, errors);
    }
    const pure = !type!.uses && awaited === nothing;
    const base = { node: node.id, index, known, awaited, at };
    if (pure) return { ...base, key: null, firstKey: null, outputs: callPure(node, type!, known, at, errors) };
    const firstKey = hashText(keyText(known, awaited, at, 1));
    const take = input.takes[firstKey] ?? 1;
    return {
      ...base,
      firstKey,
      key: take === 1 ? firstKey : hashText(keyText(known, awaited, at, take)),
      outputs: null,
    };
  }
}

const nothing: Record<string, TaskOutput> = {};

/**
 * [K2–K6] Writes the text whose SHA-256 is the key: canonical({ type, version, service, values, take }). Parameters that
 * no edge replaces are the same at every point, so they are written once.
 */
function keyWriter(type: NodeType, service: string, params: Record<string, unknown>) {
  const constant = new Map(Object.keys(params).map((name) => [name, canonical(params[name])]));
  const head = type.uses === 'edits' ? `{"service":${canonical(service)},"take":` : '{"take":';
  const tail = `,"version":${type.version}}`;
  const typeText = `,"type":${canonical(type.type)},"values":{`;
  return (known: Record<string, unknown>, awaited: Record<string, TaskOutput>, at: unknown, take: number): string => {
    const names = at === undefined ? Object.keys(known) : ['at'];
    for (const port in awaited) names.push(port);
    names.sort();
    let values = '';
    for (const name of names) {
      const source = awaited[name];
      const value = name === 'at' && at !== undefined ? at : known[name];
      if (!source && value === undefined) continue;
      const text = source
        ? `{"key":"${source.task.key}","port":${JSON.stringify(source.port)}}`
        : value === params[name]
          ? (constant.get(name) ?? canonical(value))
          : valueText(value);
      values += `${values ? ',' : ''}${JSON.stringify(name)}:${text}`;
    }
    return `${head}${take}${typeText}${values}}${tail}`;
  };
}

/** [K4] A picture stands in a key as its bytes' hash alone: not its name, size or address. */
function valueText(value: unknown): string {
  return value !== null && typeof value === 'object' && 'sha256' in value
    ? `{"sha256":${canonical(value.sha256)}}`
    : canonical(value);
}

function checkParams(node: GraphNode, type: NodeType, sources: readonly Source[], errors: GraphError[]) {
  const parsed = type.params.safeParse(node.params);
  if (parsed.success) {
    const lacks = type.check?.(parsed.data);
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
  for (const [i, { port, fromPort }] of sources.entries()) {
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
  for (const [name, port] of Object.entries(type.inputs)) {
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
  sources: readonly Source[],
  axes: readonly Axis[],
  index: number,
  errors: GraphError[],
): void {
  for (const { port } of sources) {
    if (!Object.hasOwn(known, port)) continue;
    const { kind, required } = type.inputs[port]!;
    const value = known[port];
    const problem =
      faultOfValue(kind, value) ??
      (required && kind === 'text' && String(value).trim() === '' ? 'Expected a text, got an empty one' : null);
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

function ownAxis(
  node: GraphNode,
  type: NodeType,
  params: Record<string, unknown>,
  link: LinkLength | undefined,
  errors: GraphError[],
): Axis | null {
  if (!type.axis) return null;
  const title = node.title ?? type.title;
  const values = type.axis(params);
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
  return { id: node.link ?? node.id, length: values.length, members: [{ node: node.id, title, values }] };
}

function callPure(node: GraphNode, type: NodeType, values: Record<string, unknown>, at: unknown, errors: GraphError[]) {
  try {
    return type.run({ values, at }) as Record<string, unknown>;
  } catch (cause) {
    errors.push(fault(node, 'bad-value', cause instanceof Error ? cause.message : String(cause)));
    return {};
  }
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
