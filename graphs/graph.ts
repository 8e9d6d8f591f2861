/** Where an edge begins or ends: a port of a node. */
export type PortRef = { readonly node: string; readonly port: string };

export type Position = { readonly x: number; readonly y: number };

export type GraphNode = {
  readonly id: string;
  /** Name of the node type; one that is not known here stays as an inert placeholder. */
  readonly type: string;
  /** Version of the node type that wrote the parameters. */
  readonly version: number;
  /** The user's own name for the node, where there is one. */
  readonly title?: string;
  readonly position: Position;
  /** Width of the card in pixels, where the user changed it. */
  readonly width?: number;
  readonly params: Readonly<Record<string, unknown>>;
  /** Sweeps with the same link advance in step: they are one axis. */
  readonly link?: string;
  /** Values of its axis that are struck out, as `valueId` names them: nothing is made at their points. */
  readonly struck?: readonly string[];
  /** The colour of its axis, 0 to 7, where the user chose one. */
  readonly colour?: number;
};

export type Edge = { readonly id: string; readonly from: PortRef; readonly to: PortRef };

/** Nodes and edges as plain data; nothing about results, selection or status. */
export type Graph = {
  readonly nodes: Readonly<Record<string, GraphNode>>;
  readonly edges: Readonly<Record<string, Edge>>;
  /** Deliberate repeats: the key of take 1 → the take shown now. A key that is not here is at take 1. */
  readonly takes: Readonly<Record<string, number>>;
  /** Single tasks that are struck out, by the key of their take 1. */
  readonly struck?: Readonly<Record<string, true>>;
};

export const emptyGraph: Graph = Object.freeze({ nodes: {}, edges: {}, takes: {} });

export function edgeInto(graph: Graph, to: PortRef): Edge | undefined {
  return Object.values(graph.edges).find((edge) => edge.to.node === to.node && edge.to.port === to.port);
}

/** Edges are named by where they end, since an input takes one edge only. */
export function edgeId(to: PortRef): string {
  return `${to.node}.${to.port}`;
}

/** Does another sweep go in step with this one? A link that one node alone has left is none. */
export function isLinked({ nodes }: Graph, id: string): boolean {
  const link = nodes[id]?.link;
  return link !== undefined && Object.values(nodes).some((other) => other.id !== id && other.link === link);
}

/** A short id that the graph does not use yet: the type's name and a number, `edit3`. */
export function freshNodeId(type: string, taken: (id: string) => boolean): string {
  const stem = type.replace(/[^A-Za-z0-9]/g, '').slice(0, 40) || 'node';
  let number = 1;
  while (taken(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}
