import type { Artifact } from './artifact.ts';
import { depthFirst } from './depth-first.ts';
import { EditError } from './errors.ts';
import { isStuck, type Known, type Lookup } from './known.ts';
import type { NodeServices } from './node-type.ts';
import type { Plan } from './plan.ts';
import type { RunEvent } from './run.ts';
import type { Services } from './services.ts';
import { isList, sourcesOf, type Task, type TaskOutput } from './task.ts';

export type ExecuteOptions = {
  readonly plan: Plan;
  readonly services: Services;
  /** What was known when the count was shown; nothing is looked up again. */
  readonly lookup: Lookup;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** Jobs at once. */
  readonly limit: number;
  /** Only these keys and what they need; everything without it. */
  readonly wanted?: ReadonlySet<string>;
};

/**
 * [X1–X7] Carries a plan out: a task starts when its inputs are made, each key at most once, at most `limit` at a time,
 * depth first along points. A failed task blocks only what it feeds. Resolves when nothing is left to do; never rejects
 * for a task's sake. After an abort nothing new starts and what is already being made is awaited.
 */
export async function execute(options: ExecuteOptions): Promise<void> {
  const { plan, lookup, emit, signal, limit } = options;
  if (plan.errors.length > 0) throw new Error(`A plan with errors was to be run: ${plan.errors[0]!.message}`);
  if (isAllMade(plan, lookup)) return emit({ type: 'ended', stopped: false });
  const work = prepare(depthFirst(plan, options.wanted), lookup, emit);
  if (work.ready.length === 0 && work.waiting.size === 0) return emit({ type: 'ended', stopped: false });

  await new Promise<void>((resolve, reject) => {
    let running = 0;

    const pump = (): void => {
      while (!signal.aborted && running < limit && work.ready.length > 0) start(work.take());
      if (running > 0) return;
      if (signal.aborted)
        for (const key of work.leftOver()) emit({ type: 'cancelled', key, message: 'Stopped before it began.' });
      resolve();
    };

    const start = (task: Task): void => {
      running++;
      const key = task.key!;
      emit({ type: 'started', key });
      perform(task, work.made, options)
        .then(
          (known) => {
            emit({ type: 'done', key, known });
            work.finish(key, known.outputs);
          },
          (error: unknown) => {
            emit(failureEvent(key, error));
            for (const blocked of work.block(key)) emit({ type: 'blocked', key: blocked, by: key });
          },
        )
        .then(() => {
          running--;
          pump();
        })
        .catch(reject);
    };

    signal.addEventListener('abort', pump, { once: true });
    pump();
  });
  emit({ type: 'ended', stopped: signal.aborted });
}

/** The usual case after a small change elsewhere: then there is no need to put the tasks in order. */
function isAllMade(plan: Plan, lookup: Lookup): boolean {
  for (const { tasks } of plan.nodes.values())
    for (const { key } of tasks) if (key !== null && lookup(key)?.status !== 'done') return false;
  return true;
}

type Made = Map<string, Readonly<Record<string, unknown>>>;
type Done = Extract<Known, { status: 'done' }>;

async function perform(task: Task, made: Made, { plan, services, emit, signal }: ExecuteOptions): Promise<Done> {
  const type = plan.nodes.get(task.node)!.type!;
  const key = task.key!;
  const values: Record<string, unknown> = { ...task.known };
  for (const [port, source] of Object.entries(task.awaited)) {
    values[port] = isList(source) ? source.map((one) => valueAt(one, made)) : valueAt(source, made);
  }
  let making: Done['making'];
  const edit = async (input: Record<string, unknown>): Promise<Artifact> => {
    const { outputs, known } = await services.edits.edit({
      key,
      service: plan.service,
      input,
      signal,
      progress: (progress) => emit({ type: 'progress', key, progress }),
    });
    if (known.status === 'done') making = known.making;
    return outputs.image;
  };
  const save = (picture: Artifact, nameTemplate: string) =>
    services.outputs.save({ key, plan, task, picture, nameTemplate });
  const bound: Partial<NodeServices> =
    type.uses === 'edits' ? { edits: { edit } } : type.uses === 'outputs' ? { outputs: { save } } : {};
  const { file, ...outputs } = await type.run({ values, at: task.at, ...bound });
  return {
    status: 'done',
    outputs,
    ...(making ? { making } : {}),
    ...(file ? { file: file as NonNullable<Done['file']> } : {}),
  };
}

function valueAt({ task, port }: TaskOutput, made: Made): unknown {
  return (task.outputs ?? made.get(task.key!))?.[port];
}

function failureEvent(key: string, error: unknown): RunEvent {
  if (!(error instanceof EditError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'failed', key, code: 'bug', message };
  }
  const { status, message, code } = error;
  return status === 'failed' ? { type: 'failed', key, code, message } : { type: status, key, message };
}

/** What is to be done, who waits for whom, and which of the ready tasks comes first. */
function prepare(tasks: readonly Task[], lookup: Lookup, emit: (event: RunEvent) => void) {
  const rank = new Map<string, number>();
  const waiting = new Map<string, number>();
  const feeds = new Map<string, string[]>();
  const byKey = new Map<string, Task>();
  const made: Made = new Map();
  const stuck = new Set<string>();
  const ready: number[] = [];

  tasks.forEach((task, i) => {
    const key = task.key!;
    const known = lookup(key);
    if (known?.status === 'done') {
      made.set(key, known.outputs);
      return;
    }
    const needs = new Set<string>();
    for (const source of sourcesOf(task)) {
      const need = source.task.key;
      if (need !== null && !made.has(need)) needs.add(need);
    }
    const by = [...needs].find((need) => stuck.has(need));
    if (by !== undefined || isStuck(known)) {
      stuck.add(key);
      if (by !== undefined && !known) emit({ type: 'blocked', key, by });
      return;
    }
    rank.set(key, i);
    byKey.set(key, task);
    for (const need of needs) {
      const list = feeds.get(need);
      if (list) list.push(key);
      else feeds.set(need, [key]);
    }
    if (needs.size === 0) pushRank(ready, i);
    else waiting.set(key, needs.size);
    emit({ type: 'waiting', key });
  });

  return {
    made,
    ready,
    waiting,
    take: (): Task => tasks[popRank(ready)!]!,
    finish(key: string, outputs: Readonly<Record<string, unknown>>): void {
      made.set(key, outputs);
      for (const fed of feeds.get(key) ?? []) {
        const left = waiting.get(fed);
        if (left === undefined) continue;
        if (left > 1) waiting.set(fed, left - 1);
        else {
          waiting.delete(fed);
          pushRank(ready, rank.get(fed)!);
        }
      }
    },
    /** Everything downstream of a failed key, which can't be done now. */
    block(key: string): string[] {
      const blocked: string[] = [];
      const open = [...(feeds.get(key) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (!waiting.delete(next)) continue;
        blocked.push(next);
        open.push(...(feeds.get(next) ?? []));
      }
      return blocked;
    },
    leftOver: (): string[] => [...ready.map((i) => tasks[i]!.key!), ...waiting.keys()],
  };
}

/** A binary heap of ranks: the smallest comes out first. */
function pushRank(heap: number[], rank: number): void {
  let at = heap.push(rank) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= rank) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = rank;
}

function popRank(heap: number[]): number | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (heap.length === 0 || last === undefined) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
