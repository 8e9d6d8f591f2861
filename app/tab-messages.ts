import { FILE_VERSION } from '../graphs/file.ts';
import type { Edge, Graph, GraphNode } from '../graphs/graph.ts';
import type { History } from '../graphs/history.ts';
import type { Saved } from './autosave.ts';
import type { Channel } from './tabs.ts';

/** Parts of a graph by id that are other than before; null = gone. */
type Changed<T> = Readonly<Record<string, T | null>>;
export type GraphStep = {
  readonly nodes: Changed<GraphNode>;
  readonly edges: Changed<Edge>;
  readonly takes: Graph['takes'] | null;
};

export type Handed = {
  readonly type: 'handed';
  /** Null: to whoever gets the lock, since this page goes away. */
  readonly to: string | null;
  readonly title: string;
  readonly history: History;
  /** A writer that could not read the draft of last time saves nothing, so that one is still to be asked for. */
  readonly saved: Saved;
};

export type Message =
  /** A reader: what is open? */
  | { readonly type: 'ask' }
  /** The writer: this. `opened` tells one document from the next. */
  | {
      readonly type: 'state';
      readonly serial: number;
      readonly title: string;
      readonly graph: Graph;
      readonly opened: number;
    }
  /** The writer: this is other than one serial number before. */
  | { readonly type: 'step'; readonly serial: number; readonly title: string; readonly step: GraphStep }
  /** A reader wants to be the writer. */
  | { readonly type: 'take'; readonly onlyIfUnchanged: boolean }
  | Handed
  /** The new writer has it all. */
  | { readonly type: 'got'; readonly to: string };

const FORMAT = 'editloom-tabs';
type Envelope = { readonly format: typeof FORMAT; readonly version: number; readonly from: string };

export type Heard = { readonly from: string; readonly version: number; readonly message: Message };

export function send(channel: Channel, from: string, message: Message): void {
  channel.postMessage({ ...message, format: FORMAT, version: FILE_VERSION, from } satisfies Message & Envelope);
}

/** What another tab has said. It may be of another version of the app, so only its own version may be read further. */
export function hear(data: unknown): Heard | null {
  if (typeof data !== 'object' || data === null || (data as Envelope).format !== FORMAT) return null;
  const { from, version } = data as Envelope;
  return { from, version, message: data as Message };
}

/** What was not touched kept its identity, so this costs a comparison per node. */
export function stepBetween(before: Graph, after: Graph): GraphStep {
  return {
    nodes: changedIn(before.nodes, after.nodes),
    edges: changedIn(before.edges, after.edges),
    takes: before.takes === after.takes ? null : after.takes,
  };
}

function changedIn<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Record<string, T | null> {
  const changed: Record<string, T | null> = {};
  if (before === after) return changed;
  for (const [id, value] of Object.entries(after)) if (before[id] !== value) changed[id] = value;
  for (const id of Object.keys(before)) if (!Object.hasOwn(after, id)) changed[id] = null;
  return changed;
}

export function takeStep(graph: Graph, { nodes, edges, takes }: GraphStep): Graph {
  return { nodes: merged(graph.nodes, nodes), edges: merged(graph.edges, edges), takes: takes ?? graph.takes };
}

function merged<T>(before: Readonly<Record<string, T>>, changed: Changed<T>): Readonly<Record<string, T>> {
  const next = { ...before };
  let isSame = true;
  for (const [id, value] of Object.entries(changed)) {
    isSame = false;
    if (value === null) delete next[id];
    else next[id] = value;
  }
  return isSame ? before : next;
}
