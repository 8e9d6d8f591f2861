import { countPoints, mergeAxes, projection, struckPoints, type Axis } from './axes.ts';
import type { GraphError } from './errors.ts';
import { feedingTask, feedsOf, outputAt, type Feed } from './feeds.ts';
import { collected, gather, picked, type Gathered } from './gather.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { createKeyTexts } from './key-text.ts';
import { checkInputs, checkKnown, checkParams, fault, guarded } from './node-faults.ts';
import { outputsOf as portsOf, type NodeType, type NodeTypes } from './node-type.ts';
import type { Source } from './order.ts';
import { ownAxis } from './own-axis.ts';
import { isList, MOST_TASKS, type LinkLength, type PlannedNode, type Task, type TaskOutput } from './task.ts';

export type PlanNodeInput = {
  readonly node: GraphNode;
  readonly nodeTypes: NodeTypes;
  readonly keyTextOf: ReturnType<typeof createKeyTexts>;
  readonly hashText: (text: string) => string;
  readonly takes: Graph['takes'];
  readonly struck: Graph['struck'];
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
  checkInputs({ node, type, params, sources, fed }, errors);
  const own = params && errors.length === 0 ? ownAxis(node, type, params, input.link, errors) : null;
  const waits = fed.some((source) => source.broken);
  if (!params || errors.length > 0 || waits) return broken(node, type, errors);

  const at = type.gathers ? sources.findIndex(({ port }) => port === type.gathers!.port) : -1;
  const gathered = at < 0 ? null : gather({ node, type, params }, sources[at]!, fed[at]!, errors);
  if (errors.length > 0) return broken(node, type, errors);
  const parts = fed.map((source, i) => (i === at ? gathered!.axes : source.axes));
  const axes = own ? mergeAxes([...parts, [own]]) : mergeAxes(parts);
  const count = countPoints(axes);
  if (count > MOST_TASKS) return broken(node, type, [fault(node, 'too-many-tasks', tooMany(count, axes))]);

  const checked: Checked = { ...input, type, params, own, axes, gathered };
  const made = gathered && !type.uses ? handOn(checked, gathered) : tasksOf(checked);
  return Array.isArray(made)
    ? broken(node, type, made)
    : { id: node.id, type, ports: portsOf(type, params), axes, errors: noErrors, broken: false, ...made };
}

type Checked = PlanNodeInput & {
  readonly type: NodeType;
  readonly params: Readonly<Record<string, unknown>>;
  readonly own: Axis | null;
  readonly axes: readonly Axis[];
  readonly gathered: Gathered | null;
};
type Made = Pick<PlannedNode, 'tasks' | 'plain' | 'pick'>;

function tasksOf(input: Checked): Made | GraphError[] {
  const { node, type, params, own, axes, sources, fed, hashText, gathered } = input;
  const errors: GraphError[] = [];
  const feeds = feedsOf(axes, sources, fed);
  const lists = gathered && { ...gathered, numbers: projection(axes, gathered.axes) };
  const { literal, toCome, mixed } = sorted(feeds.filter(({ port }) => port !== lists?.port));
  const gaps = [...toCome, ...mixed].map(({ port }) => port);
  // Where the axes are is no part of what is made.
  if (lists) gaps.push(lists.port, type.gathers!.over);
  const rest: Record<string, unknown> = gaps.some((port) => Object.hasOwn(params, port))
    ? without(params, gaps)
    : params;
  const ownValues = own?.members.find((member) => member.node === node.id)?.values;
  const ownNumbers = own ? projection(axes, [own]) : null;
  const mayWait = toCome.length > 0 || lists !== null;
  const isPure = !type.uses && !mayWait;
  const keyText = isPure && mixed.length === 0 ? null : input.keyTextOf({ type, params: own ? null : rest, sources });
  const struck = struckPoints(axes);
  const count = countPoints(axes);

  const tasks: Task[] = [];
  let withOutputs = 0;
  let withKeys = 0;
  let listed = 0;
  for (let index = 0; index < count; index++) {
    const at = ownValues?.[ownNumbers ? ownNumbers[index]! : index];
    const known = literal.length > 0 || mixed.length > 0 || lists ? { ...rest } : rest;
    const awaited: Record<string, TaskOutput | readonly TaskOutput[]> = mayWait || mixed.length > 0 ? {} : nothing;
    let idle: Task['idle'] = struck?.[index] ? 'struck' : null;
    let isOpen = false;
    for (const feed of literal) known[feed.port] = feedingTask(feed, index).outputs![feed.fromPort];
    for (const feed of toCome) {
      const task = feedingTask(feed, index);
      awaited[feed.port] = { task, port: feed.fromPort };
      if (task.idle) idle = idle === 'pick' ? idle : task.idle;
    }
    let arrived: readonly { readonly port: string }[] = literal;
    for (const feed of mixed) {
      const task = feedingTask(feed, index);
      if (task.idle) idle = idle === 'pick' ? idle : task.idle;
      const output = outputAt(task, feed.fromPort);
      if (task.outputs) {
        known[feed.port] = task.outputs[feed.fromPort];
        arrived = [...arrived, feed];
      } else if (output) {
        awaited[feed.port] = output;
        if (isList(output)) listed += output.length;
      } else isOpen = true;
    }
    const list = lists && lists.lists[lists.numbers ? lists.numbers[index]! : index]!;
    if (list) {
      if (list.waits > 0) idle = 'pick';
      else if (list.struck) idle ??= 'struck';
      if (list.waits > 0) isOpen = true;
      else if (list.outputs.every(({ task }) => task.outputs))
        known[lists.port] = list.outputs.map(({ task, port }) => task.outputs![port]);
      else awaited[lists.port] = list.outputs;
      listed += list.outputs.length;
    }
    if (arrived.length > 0) checkKnown({ node, type, known, literal: arrived, axes, index }, errors);
    if (listed > MOST_LISTED) errors.push(fault(node, 'too-many-tasks', tooMuchListed));
    if (errors.length > 0) return errors;

    const isNow = isPure && !isOpen && isEmpty(awaited);
    const hasKey = !isNow && !isOpen;
    const firstKey = hasKey ? hashText(keyText!(known, awaited, at, 1)) : null;
    const take = firstKey ? (input.takes[firstKey] ?? 1) : 1;
    const key = firstKey && take !== 1 ? hashText(keyText!(known, awaited, at, take)) : firstKey;
    const outputs = isNow ? guarded(node, 'bad-value', errors, () => type.run({ values: known, at })) : null;
    if (errors.length > 0) return errors;
    if (firstKey && input.struck?.[firstKey]) idle ??= 'struck';
    if (isNow) withOutputs++;
    if (hasKey) withKeys++;
    tasks.push({
      node: node.id,
      index,
      key,
      firstKey,
      known,
      awaited,
      outputs: outputs as Task['outputs'],
      gathered: list ? list.outputs : null,
      forwards: null,
      idle,
      at,
    });
  }
  return { tasks, plain: withOutputs === count || withKeys === count, pick: null };
}

/** A node that gathers and makes nothing: its tasks hand on what others make. */
function handOn({ node, type, params, own, axes }: Checked, gathered: Gathered): Made | GraphError[] {
  const { handedOn, pick } = type.picks
    ? picked({ type, params }, gathered)
    : { handedOn: collected(type, gathered), pick: null };
  const numbers = projection(axes, own ? [...gathered.axes, own] : gathered.axes);
  const ownValues = own?.members[0]!.values;
  const struck = struckPoints(axes);
  const known = without(params, [gathered.port]);
  const errors: GraphError[] = [];
  const tasks = Array.from({ length: countPoints(axes) }, (_, index): Task => {
    const number = numbers ? numbers[index]! : index;
    const { value, ...handed } = handedOn[number]!;
    const at = ownValues?.[number % ownValues.length];
    const values = { ...known, [gathered.port]: value };
    const outputs = value === undefined ? null : guarded(node, 'bad-value', errors, () => type.run({ values, at }));
    return {
      node: node.id,
      index,
      key: null,
      firstKey: null,
      known,
      awaited: nothing,
      ...handed,
      outputs: outputs as Task['outputs'],
      idle: handed.idle ?? (struck?.[index] ? 'struck' : null),
      at,
    };
  });
  if (errors.length > 0) return errors.slice(0, 1);
  return { tasks, plain: tasks.every(({ outputs }) => outputs), pick };
}

/** What is known at all points, what others make at all points, and what is now this and now that. */
function sorted(feeds: readonly Feed[]): { literal: Feed[]; toCome: Feed[]; mixed: Feed[] } {
  const all = { literal: [] as Feed[], toCome: [] as Feed[], mixed: [] as Feed[] };
  for (const feed of feeds) (feed.plain ? (feed.tasks[0]!.outputs ? all.literal : all.toCome) : all.mixed).push(feed);
  return all;
}

const noErrors: readonly GraphError[] = [];
const nothing: Record<string, TaskOutput> = {};
/** Lists that arrive at many points cost as much as tasks. */
const MOST_LISTED = 1_000_000;
const tooMuchListed = `Lists of more than ${MOST_LISTED.toLocaleString('en')} pictures in all arrive here: shorten a sweep.`;

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return false;
  return true;
}

function without(params: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
}

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
