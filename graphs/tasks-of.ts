import { arrivesAsBefore, isAsBefore } from './as-before.ts';
import { countPoints, projection, struckPoints, type Axis } from './axes.ts';
import type { GraphError } from './errors.ts';
import { feedingTask, isFirstSeen, outputAt, sortFeeds } from './feeds.ts';
import type { Gathered } from './gather.ts';
import { checkKnown, fault, guarded } from './node-faults.ts';
import type { NodeType } from './node-type.ts';
import type { PlanNodeInput } from './plan-node.ts';
import { isList, type PlannedNode, type Task, type TaskOutput } from './task.ts';

/** A node of which everything is there. */
export type Checked = {
  readonly input: PlanNodeInput;
  readonly type: NodeType;
  readonly params: Readonly<Record<string, unknown>>;
  readonly own: Axis | null;
  readonly axes: readonly Axis[];
  readonly gathered: Gathered | null;
};
export type Made = Pick<PlannedNode, 'tasks' | 'plain' | 'pick'>;

/** Names the tasks of a node, one for each point; what is pure is worked out at once. */
export function tasksOf({ input, type, params, own, axes, gathered }: Checked): Made | GraphError[] {
  const { node, sources, fed, before } = input;
  const errors: GraphError[] = [];
  const lists = gathered && { ...gathered, numbers: projection(axes, gathered.axes) };
  const { literal, toCome, mixed } = sortFeeds(axes, sources, fed, lists?.port);
  // Which nodes the axes are of is no part of what is made.
  const gaps = lists ? [lists.port, type.gathers!.over] : [];
  for (const { port } of toCome) gaps.push(port);
  for (const { port } of mixed) gaps.push(port);
  const rest = withoutSome(params, gaps);
  const ownValues = own?.members.find((member) => member.node === node.id)?.values;
  const ownNumbers = own ? projection(axes, [own]) : null;
  const mayWait = toCome.length > 0 || lists !== null;
  const isPure = !type.uses && !mayWait;
  const struck = struckPoints(axes);
  const count = countPoints(axes);
  const hasKeys = !isPure || mixed.length > 0;
  const keyOf = hasKeys ? input.keys({ type, params: own ? null : rest, sources, count }) : null;

  // Each task's values are written into places that are there already: adding places one by one is dear.
  const blank = { ...rest };
  for (const { port } of literal) blank[port] = undefined;
  const tasks: Task[] = [];
  let withOutputs = 0;
  let withKeys = 0;
  let listed = 0;
  for (let index = 0; index < count; index++) {
    const at = ownValues?.[ownNumbers ? ownNumbers[index]! : index];
    const known = literal.length > 0 || mixed.length > 0 || lists ? { ...blank } : rest;
    const awaited: Record<string, TaskOutput | readonly TaskOutput[]> = mayWait || mixed.length > 0 ? {} : nothing;
    let idle: Task['idle'] = struck?.[index] ? 'struck' : null;
    let isOpen = false;
    for (const feed of literal) known[feed.port] = feedingTask(feed, index).outputs![feed.fromPort];
    for (const feed of toCome) {
      const task = feedingTask(feed, index);
      awaited[feed.port] = { task, port: feed.fromPort };
      if (task.idle) idle = idle === 'pick' ? idle : task.idle;
    }
    const arrived = literal.filter((feed) => isFirstSeen(feed, index));
    for (const feed of mixed) {
      const task = feedingTask(feed, index);
      if (task.idle) idle = idle === 'pick' ? idle : task.idle;
      const output = outputAt(task, feed.fromPort);
      if (task.outputs) {
        known[feed.port] = task.outputs[feed.fromPort];
        if (isFirstSeen(feed, index)) arrived.push(feed);
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

    const old = before?.tasks[index];
    const was = old && arrivesAsBefore({ known, awaited, at }, old, sources) ? old : null;
    const isNow = isPure && !isOpen && isEmpty(awaited);
    const hasKey = !isNow && !isOpen;
    const firstKey = hasKey ? (was?.firstKey ?? keyOf!(known, awaited, at, 1)) : null;
    const take = firstKey ? (input.takes.get(firstKey) ?? 1) : 1;
    const key = firstKey && take !== 1 ? keyOf!(known, awaited, at, take) : firstKey;
    const run = () => type.run({ values: known, at });
    const outputs = isNow ? (was?.outputs ?? guarded(node, 'bad-value', errors, run)) : null;
    if (errors.length > 0) return errors;
    if (firstKey && input.struck.has(firstKey)) idle ??= 'struck';
    if (isNow) withOutputs++;
    if (hasKey) withKeys++;
    const task: Task = {
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
    };
    tasks.push(was && isAsBefore(task, was) ? was : task);
  }
  const isSame = tasks.length === before?.tasks.length && tasks.every((task, i) => task === before.tasks[i]);
  return { tasks: isSame ? before.tasks : tasks, plain: withOutputs === count || withKeys === count, pick: null };
}

const nothing: Record<string, TaskOutput> = {};
/** Lists that arrive at many points cost as much as tasks. */
const MOST_LISTED = 1_000_000;
const tooMuchListed = `Lists of more than ${MOST_LISTED.toLocaleString('en')} pictures in all arrive here: shorten a sweep.`;

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return false;
  return true;
}

/** The parameters without some of them. */
export function withoutSome(
  params: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  if (!names.some((name) => Object.hasOwn(params, name))) return params;
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
}
