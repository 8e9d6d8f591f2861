import type { Axis } from './axes.ts';
import type { GraphError } from './errors.ts';
import type { NodeType } from './node-type.ts';

/** The output port of a task that will make the value. */
export type TaskOutput = { readonly task: Task; readonly port: string };

/** One node at one point. */
export type Task = {
  readonly node: string;
  /** Number of the point among the points of the node's axes. */
  readonly index: number;
  /** Names what the task makes before it exists; null for a pure task, which is never waited for. */
  readonly key: string | null;
  /** The key of take 1; the same as `key` until the user asks for a repeat. */
  readonly firstKey: string | null;
  /** Values that are known now: parameters and literal inputs. */
  readonly known: Readonly<Record<string, unknown>>;
  /** Inputs that other tasks have yet to make. */
  readonly awaited: Readonly<Record<string, TaskOutput | readonly TaskOutput[]>>;
  /** What a pure task gave, since planning already called it. */
  readonly outputs: Readonly<Record<string, unknown>> | null;
  /** What a node that gathers has before it at this point, in the order of the points; null for all others. */
  readonly gathered: readonly TaskOutput[] | null;
  /** Outputs of other tasks that this one hands on as they are, by its own port; null where it makes its own. */
  readonly forwards: Readonly<Record<string, TaskOutput | readonly TaskOutput[]>> | null;
  /** Why it is not made, however Run is pressed: it, or what it needs, is struck out or waits for a pick. */
  readonly idle: 'struck' | 'pick' | null;
  /** This point's value of the node's own axis. */
  readonly at: unknown;
};

/** Everything that a task waits for, lists included. */
export function sourcesOf({ awaited }: Pick<Task, 'awaited'>): TaskOutput[] {
  const sources: TaskOutput[] = [];
  for (const port in awaited) {
    const source = awaited[port]!;
    if (isList(source)) sources.push(...source);
    else sources.push(source);
  }
  return sources;
}

/** The tasks that made what a task hands on. */
export function forwardedBy({ forwards }: Pick<Task, 'forwards'>): TaskOutput[] {
  return forwards ? sourcesOf({ awaited: forwards }) : [];
}

export const isList = (source: TaskOutput | readonly TaskOutput[]): source is readonly TaskOutput[] =>
  Array.isArray(source);

/** How far the choices of a pick are made, in pictures. */
export type PickState = {
  readonly open: number;
  readonly total: number;
  /** Chosen once, but not among what comes in now. */
  readonly gone: number;
};

export type PlannedNode = {
  readonly id: string;
  /** Null for a node type that is not known here. */
  readonly type: NodeType | null;
  /** Its output ports with these parameters. */
  readonly ports: NodeType['outputs'];
  readonly axes: readonly Axis[];
  readonly tasks: readonly Task[];
  readonly errors: readonly GraphError[];
  /** It, or something that feeds it, has an error: it has no tasks. */
  readonly broken: boolean;
  /** All tasks have their outputs already, or none has and each makes its own. */
  readonly plain: boolean;
  /** Of a node where a person chooses; null for all others. */
  readonly pick: PickState | null;
};

/** The length that the first sweep of a link set for the others. */
export type LinkLength = { readonly title: string; readonly length: number };

/** More tasks than this are refused: nobody means to buy them. */
export const MOST_TASKS = 100_000;
