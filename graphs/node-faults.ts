import type { z } from 'zod';
import { labelsOf, valueWords, type Axis } from './axes.ts';
import type { GraphError, GraphErrorCode } from './errors.ts';
import type { GraphNode } from './graph.ts';
import type { NodeType } from './node-type.ts';
import type { Source } from './order.ts';
import { faultOfValue } from './ports.ts';
import type { PlannedNode } from './task.ts';

/** [P2] The parameters with their defaults, or null where one that no edge replaces is wrong; what is wrong goes into `errors`. */
export function checkParams(
  node: GraphNode,
  type: NodeType,
  sources: readonly Source[],
  errors: GraphError[],
): Record<string, unknown> | null {
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

/** [P2] Are all required inputs there, and does what is connected fit? */
export function checkInputs(
  checked: {
    node: GraphNode;
    type: NodeType;
    params: Record<string, unknown> | null;
    sources: readonly Source[];
    fed: readonly PlannedNode[];
  },
  errors: GraphError[],
): void {
  const { node, type, params, sources, fed } = checked;
  for (let i = 0; i < sources.length; i++) {
    const { port, fromPort } = sources[i]!;
    const into = Object.hasOwn(type.inputs, port) ? type.inputs[port] : undefined;
    const from = fed[i]!;
    if (!into) errors.push(fault(node, 'unknown-port', `There is no input "${port}" here: remove the edge.`, port));
    else if (!from.type)
      errors.push(fault(node, 'needs-broken', `${titleOf(into, port)} comes from a node of an unknown type.`, port));
    else if (!Object.hasOwn(from.ports, fromPort)) {
      // What its ports are is not known while its parameters are wrong, which it says itself.
      if (!from.broken || !from.type.outputsOf)
        errors.push(
          fault(
            node,
            'unknown-port',
            `${titleOf(into, port)} comes from an output of ${from.type.title} that is not there any more: connect another one, remove the edge, or undo.`,
            port,
          ),
        );
    } else if (from.ports[fromPort]!.kind !== into.kind)
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
      const missing =
        port.kind === 'images'
          ? 'A list of images is missing: collect pictures, and connect them here.'
          : `${titleOf(port, name)} is missing: connect one.`;
      errors.push(fault(node, 'missing-input', missing, name));
    }
  }
}

/** [P2] Is what arrives at one point, and is known already, such as the port and the parameter of its name allow? */
export function checkKnown(
  checked: {
    node: GraphNode;
    type: NodeType;
    known: Readonly<Record<string, unknown>>;
    literal: readonly { readonly port: string }[];
    axes: readonly Axis[];
    index: number;
  },
  errors: GraphError[],
): void {
  const { node, type, known, literal, axes, index } = checked;
  for (const { port } of literal) {
    const { kind, required } = type.inputs[port]!;
    const value = known[port];
    const problem =
      faultOfValue(kind, value) ??
      (required && kind === 'text' && String(value).trim() === '' ? 'Expected a text, got an empty one' : null) ??
      faultOfParam(type, port, value);
    if (!problem) continue;
    const where = labelsOf(axes, index)
      .map((label) => `${label.title} = ${valueWords(label.value)}`)
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

/** Runs a node type's own code: its mistake is an error of the node, not an exception. */
export function guarded<T>(node: GraphNode, code: GraphErrorCode, errors: GraphError[], call: () => T): T | null {
  try {
    return call();
  } catch (cause) {
    errors.push(fault(node, code, cause instanceof Error ? cause.message : String(cause)));
    return null;
  }
}

export function fault(node: GraphNode, code: GraphErrorCode, message: string, port?: string): GraphError {
  return { code, node: node.id, message, ...(port ? { port } : {}) };
}

function titleOf(port: { title?: string }, name: string): string {
  return port.title ?? name;
}

/** What the form calls a parameter. */
export function titleOfParam(type: NodeType, name: string): string {
  const field = type.params.shape[name] as { meta?: () => { title?: string } | undefined } | undefined;
  return field?.meta?.()?.title ?? name;
}
