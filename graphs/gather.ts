import { countPoints, projection, struckPoints, type Axis } from './axes.ts';
import { chosenAt } from './chosen.ts';
import type { GraphError } from './errors.ts';
import { outputAt } from './feeds.ts';
import type { GraphNode } from './graph.ts';
import { fault } from './node-faults.ts';
import type { Choices, NodeType, Over } from './node-type.ts';
import type { Source } from './order.ts';
import { isList, type PickState, type PlannedNode, type Task, type TaskOutput } from './task.ts';

/** What a gathering node has before it. */
export type Gathered = {
  readonly port: string;
  /** The axes that stay. */
  readonly axes: readonly Axis[];
  /** For each point of the axes that stay. */
  readonly lists: readonly GatheredList[];
};

export type GatheredList = {
  /** In the order of the points, without what is struck out; but where all is struck out, all of it. */
  readonly outputs: readonly TaskOutput[];
  /** There are more to come, once picks above are made. */
  readonly waits: number;
  readonly struck: boolean;
};

/** Takes the axes away that the parameters name. Null, with an error, where none of them arrives. */
export function gather(
  { node, type, params }: { node: GraphNode; type: NodeType; params: Readonly<Record<string, unknown>> },
  source: Source,
  fed: PlannedNode,
  errors: GraphError[],
): Gathered | null {
  const over = params[type.gathers!.over] as Over;
  const isTaken = ({ members }: Axis) => over.length === 0 || members.some((member) => over.includes(member.node));
  const taken = fed.axes.filter(isTaken);
  if (over.length > 0 && taken.length === 0) {
    errors.push(fault(node, 'bad-axis', 'The axes chosen here do not arrive any more: choose among those that do.'));
    return null;
  }
  const axes = taken.length === fed.axes.length ? none : fed.axes.filter((axis) => !taken.includes(axis));
  const candidates: Task[][] = Array.from({ length: countPoints(axes) }, () => []);
  const numbers = projection(fed.axes, axes);
  fed.tasks.forEach((task, i) => candidates[numbers ? numbers[i]! : i]!.push(task));
  const struckAlong = struckPoints(fed.axes, taken);
  return { port: source.port, axes, lists: candidates.map((tasks) => listOf(tasks, source.fromPort, struckAlong)) };
}

const none: readonly Axis[] = [];

function listOf(tasks: readonly Task[], port: string, struckAlong: Uint8Array | null): GatheredList {
  const live = tasks.filter(({ idle }) => idle !== 'struck');
  // What was made before it was all struck out stays to be seen, by the same keys.
  const struck = live.length === 0;
  const kept = struck ? tasks.filter(({ index }) => !struckAlong?.[index]) : live;
  const outputs: TaskOutput[] = [];
  let waits = 0;
  for (const task of kept.length > 0 ? kept : tasks) {
    const output = outputAt(task, port);
    if (!output) waits++;
    else if (isList(output)) outputs.push(...output);
    else outputs.push(output);
  }
  return { outputs, waits, struck };
}

/** How a task that hands on is told from others of its node. */
export type HandedOn = Pick<Task, 'gathered' | 'forwards' | 'idle'> & {
  /** Where what is handed on is known already: itself. */
  readonly value: unknown;
};

type Port = { readonly name: string; readonly list: boolean };

/** The output that a gathering node without `uses` has: a list of everything, or one thing that was chosen. */
function portOf(type: NodeType): Port {
  const [name, { kind }] = Object.entries(type.outputs)[0]!;
  return { name, list: kind === 'images' };
}

/** What a node that collects hands on at each point: the whole list. */
export function collected(type: NodeType, gathered: Gathered): HandedOn[] {
  const port = portOf(type);
  return gathered.lists.map(({ outputs, waits, struck }) => {
    const idle = waits > 0 ? 'pick' : struck ? 'struck' : null;
    if (waits > 0) return { gathered: outputs, forwards: null, value: undefined, idle };
    return { gathered: outputs, ...handOn(port, outputs), idle };
  });
}

/** What a node where a person chooses hands on at each point, and how far the choices are made. */
export function picked(
  { type, params }: { type: NodeType; params: Readonly<Record<string, unknown>> },
  { axes, lists }: Gathered,
): { handedOn: HandedOn[]; pick: PickState } {
  const port = portOf(type);
  const count = params[type.picks!.count] as number;
  const choices = params[type.picks!.choices] as Choices;
  const chosenOf = chosenAt(choices, axes, params[type.picks!.order] as readonly string[]);
  const pick = { open: 0, total: 0, gone: 0 };
  const handedOn = lists.flatMap(({ outputs, waits, struck }, index) => {
    const { choice } = chosenOf(index, (id) => outputs.some((output) => pickId(output) === id));
    const names = choice?.picked.slice(0, count) ?? [];
    const byId = new Map(names.length > 0 ? outputs.map((output) => [pickId(output), output]) : []);
    // More cannot be chosen than there is; the same picture twice is one to choose.
    const wanted = struck ? 0 : Math.min(count, waits + new Set(outputs.map(pickId)).size);
    pick.total += wanted;
    return Array.from({ length: count }, (_, i): HandedOn => {
      const chosen = names[i] === undefined ? undefined : byId.get(names[i]);
      if (names[i] !== undefined && !chosen && i < wanted) pick.gone++;
      if (chosen) return { gathered: outputs, ...handOn(port, chosen), idle: struck ? 'struck' : null };
      if (i < wanted) pick.open++;
      return { gathered: outputs, forwards: null, value: undefined, idle: i < wanted ? 'pick' : 'struck' };
    });
  });
  return { handedOn, pick };
}

/** What a choice calls a picture: by its key, or by its bytes where nobody has to make it. */
export function pickId({ task, port }: TaskOutput): string {
  if (task.key !== null) return task.key;
  const value = task.outputs?.[port];
  return value !== null && typeof value === 'object' && 'sha256' in value ? String(value.sha256) : '';
}

/** What is known already is handed on as a value, too. */
function handOn({ name }: Port, from: TaskOutput | readonly TaskOutput[]): Pick<HandedOn, 'forwards' | 'value'> {
  const isKnown = isList(from) ? from.every(({ task }) => task.outputs) : from.task.outputs;
  const valueOf = ({ task, port }: TaskOutput) => task.outputs![port];
  return {
    forwards: { [name]: from },
    value: isKnown ? (isList(from) ? from.map(valueOf) : valueOf(from)) : undefined,
  };
}
