import { z } from 'zod';
import { AXIS_COLOURS } from './axis-colours.ts';
import { canConnect, isRefusal, refusalOfPorts } from './connect.ts';
import { FileError } from './errors.ts';
import { edgeId, type Edge, type Graph, type GraphNode } from './graph.ts';
import { migrations } from './migrations.ts';
import type { NodeTypes } from './node-type.ts';
import { orderOf } from './order.ts';
import { faultOfJson } from './untrusted.ts';

export const FILE_FORMAT = 'editloom-graph';
/** The file version written today: each migration leads to the next version. */
export const FILE_VERSION = migrations.length;
/** A graph file larger than this is refused before it is parsed. */
export const MOST_FILE_BYTES = 20_000_000;

const idSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => !['__proto__', 'constructor', 'prototype'].includes(id), 'This name is not allowed');
const portRefSchema = z.object({ node: idSchema, port: idSchema });
const keySchema = z.string().regex(/^[0-9a-f]{64}$/);
const coordinate = z.number().min(-1e7).max(1e7);

const nodeSchema = z.looseObject({
  type: z.string().min(1).max(200),
  version: z.number().int().min(1).default(1),
  title: z.string().max(200).optional(),
  position: z.object({ x: coordinate, y: coordinate }).default({ x: 0, y: 0 }),
  width: z.number().min(100).max(2000).optional(),
  params: z.record(z.string(), z.unknown()).default({}),
  link: idSchema.optional(),
});
/** What says something about an axis; a placeholder may mean anything by these names, and keeps it. */
const axisSchemas = {
  struck: z.array(z.string().min(1).max(300)).min(1),
  colour: z
    .number()
    .int()
    .min(0)
    .max(AXIS_COLOURS - 1),
};
const fileSchema = z.object({
  format: z.literal(FILE_FORMAT),
  version: z.literal(FILE_VERSION),
  title: z.string().max(200).default('Untitled'),
  nodes: z.record(idSchema, nodeSchema),
  edges: z.array(z.object({ from: portRefSchema, to: portRefSchema })).default([]),
  takes: z.record(keySchema, z.number().int().min(1).max(1_000_000)).default({}),
  // As many as were ever struck out: a limit would make a file that is written unreadable.
  struck: z.array(keySchema).default([]),
});

/** A graph as the JSON of a graph file. Only what a graph is goes in: no results, no addresses, no token. */
export function writeGraphFile(title: string, graph: Graph): string {
  const nodes = Object.fromEntries(Object.values(graph.nodes).map(({ id, ...node }) => [id, node]));
  const edges = Object.values(graph.edges).map(({ from, to }) => ({ from, to }));
  const struck = Object.keys(graph.struck ?? {});
  const file = { format: FILE_FORMAT, version: versionOf(graph), title, nodes, edges, takes: graph.takes };
  return `${JSON.stringify(struck.length > 0 ? { ...file, struck } : file, null, 2)}\n`;
}

/**
 * The oldest version that says all of it. An older Editloom would pass over what is struck out, and pay for it: such a
 * file it refuses, and every other one it can still read.
 */
function versionOf({ nodes, struck }: Graph): number {
  return struck || Object.values(nodes).some((node) => node.struck) ? FILE_VERSION : 1;
}

export type LoadedGraph = {
  readonly title: string;
  readonly graph: Graph;
  /** What was changed or set aside, a sentence each. */
  readonly notes: readonly string[];
};

/** [F1–F6] Reads a graph file; what can be loaded is, and `notes` tells the rest. Throws FileError with the path of the fault. */
export function readGraphFile(text: string, nodeTypes: NodeTypes): LoadedGraph {
  if (text.length > MOST_FILE_BYTES)
    throw new FileError(
      `Expected a graph file of at most ${MOST_FILE_BYTES / 1e6} MB, got ${(text.length / 1e6).toFixed(1)} MB.`,
    );
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new FileError(`Expected a graph file, but this is no JSON: ${(cause as Error).message}.`, '', { cause });
  }
  return loadGraph(data, nodeTypes);
}

/** The same for JSON that was parsed already (a draft, a picture's metadata). */
export function loadGraph(data: unknown, nodeTypes: NodeTypes): LoadedGraph {
  const fault = faultOfJson(data);
  if (fault) throw new FileError(`This graph file is not opened: ${fault}, which no graph has.`);
  const parsed = fileSchema.safeParse(migrate(data));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path.join('.');
    throw new FileError(`This graph file cannot be read: at ${path || 'its top'}: ${issue.message}.`, path, {
      cause: parsed.error,
    });
  }
  const { title, takes } = parsed.data;
  const struck = Object.fromEntries(parsed.data.struck.map((key) => [key, true as const]));
  const notes: string[] = [];
  const nodes: Record<string, GraphNode> = {};
  for (const [id, node] of Object.entries(parsed.data.nodes))
    nodes[id] = checkParams({ ...node, id }, nodeTypes, notes);
  const edges: Record<string, Edge> = {};
  const graph: Graph = { nodes, edges, takes, ...(parsed.data.struck.length > 0 && { struck }) };
  const leftOut = ({ from, to }: Edge, why: string) =>
    notes.push(`The edge from ${from.node}.${from.port} to ${to.node}.${to.port} was left out: ${why}`);
  for (const { from, to } of parsed.data.edges) {
    const edge: Edge = { id: edgeId(to), from, to };
    const problem = faultOfEdge(graph, nodeTypes, edge);
    if (problem) leftOut(edge, problem);
    else edges[edge.id] = edge;
  }
  return { title, graph: withoutLoops(graph, nodeTypes, leftOut), notes };
}

/** Loops are rare, so the whole graph is ordered once, and only edges among nodes on a loop are drawn again one by one. */
function withoutLoops(graph: Graph, nodeTypes: NodeTypes, leftOut: (edge: Edge, why: string) => void): Graph {
  const { cyclic } = orderOf(graph);
  if (cyclic.length === 0) return graph;
  const suspects = new Set(cyclic);
  const isSuspect = ({ from, to }: Edge) => suspects.has(from.node) && suspects.has(to.node);
  const all = Object.values(graph.edges);
  let edges = Object.fromEntries(all.filter((edge) => !isSuspect(edge)).map((edge) => [edge.id, edge]));
  for (const edge of all.filter(isSuspect)) {
    const answer = canConnect({ ...graph, edges }, nodeTypes, edge.from, edge.to);
    if (isRefusal(answer)) leftOut(edge, answer.message);
    else edges = { ...edges, [edge.id]: edge };
  }
  return { ...graph, edges };
}

function migrate(data: unknown): unknown {
  if (data === null || typeof data !== 'object' || Array.isArray(data))
    throw new FileError(`Expected a graph file, got ${Array.isArray(data) ? 'a list' : String(data)}.`);
  const file = data as Record<string, unknown>;
  if (file.format !== undefined && file.format !== FILE_FORMAT)
    throw new FileError(
      `Expected format "${FILE_FORMAT}", got ${JSON.stringify(file.format)?.slice(0, 80)}.`,
      'format',
    );
  if (file.nodes === undefined) throw new FileError('Expected a graph file of Editloom: it has no "nodes".', 'nodes');
  const version = file.version ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0)
    throw new FileError(`Expected a file version, got ${JSON.stringify(version)?.slice(0, 80)}.`, 'version');
  if (version > FILE_VERSION)
    throw new FileError(
      `This file is of version ${version}, made by a newer Editloom; this one reads up to version ${FILE_VERSION}. Update Editloom to open it.`,
      'version',
    );
  return migrations.slice(version).reduce<Record<string, unknown>>((older, step) => step(older), file);
}

function checkParams(node: GraphNode, nodeTypes: NodeTypes, notes: string[]): GraphNode {
  const type = nodeTypes.get(node.type);
  const name = node.title ?? node.id;
  if (!type) {
    notes.push(`"${name}" is of the unknown type "${node.type}": it is kept as a placeholder, with its data.`);
    return node;
  }
  if (node.version > type.version)
    notes.push(`"${name}" was made by a newer version of "${type.title}"; check its values.`);
  const params: Record<string, unknown> = { ...node.params };
  for (const [key, field] of Object.entries(type.params.shape)) {
    const value = Object.hasOwn(params, key) ? params[key] : undefined;
    const parsed = (field as z.ZodType).safeParse(value);
    if (parsed.success) {
      params[key] = parsed.data;
      continue;
    }
    const standard = (field as z.ZodType).safeParse(undefined);
    if (standard.success) params[key] = standard.data;
    else delete params[key];
    notes.push(
      `nodes.${node.id}.params.${key}: ${parsed.error.issues[0]!.message}, got ${JSON.stringify(value)?.slice(0, 80)}; the usual value was put in its place.`,
    );
  }
  return checkAxis({ ...node, version: Math.max(node.version, type.version), params }, notes);
}

function checkAxis({ struck, colour, ...node }: GraphNode, notes: string[]): GraphNode {
  const read = <T>(name: keyof typeof axisSchemas, schema: z.ZodType<T>, value: unknown): T | undefined => {
    const parsed = schema.safeParse(value);
    if (!parsed.success && value !== undefined)
      notes.push(
        `nodes.${node.id}.${name}: ${parsed.error.issues[0]!.message}, got ${JSON.stringify(value)?.slice(0, 80)}; it was left out.`,
      );
    return parsed.data;
  };
  const values = read('struck', axisSchemas.struck, struck);
  const number = read('colour', axisSchemas.colour, colour);
  return {
    ...node,
    ...(values && { struck: [...new Set(values)].sort() }),
    ...(number !== undefined && { colour: number }),
  };
}

/** Edges at a placeholder are kept, since nobody here knows its ports; all others must be such as can be drawn. */
function faultOfEdge(graph: Graph, nodeTypes: NodeTypes, { id, from, to }: Edge): string | null {
  const source = Object.hasOwn(graph.nodes, from.node) ? graph.nodes[from.node] : undefined;
  const target = Object.hasOwn(graph.nodes, to.node) ? graph.nodes[to.node] : undefined;
  if (!source) return `there is no node "${from.node}".`;
  if (!target) return `there is no node "${to.node}".`;
  if (Object.hasOwn(graph.edges, id)) return 'another edge ends at the same input.';
  if (from.node === to.node) return 'a node cannot feed itself.';
  if (!nodeTypes.has(source.type) || !nodeTypes.has(target.type)) return null;
  return refusalOfPorts(graph, nodeTypes, from, to)?.message ?? null;
}
