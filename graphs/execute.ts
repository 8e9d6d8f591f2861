import { createAllowance, type Allowance, type HeldBy, type RunLimits } from './allowance.ts';
import type { Artifact } from './artifact.ts';
import { depthFirst } from './depth-first.ts';
import { EditError, toPayCode } from './errors.ts';
import type { Known, Lookup } from './known.ts';
import type { MakingOrder } from './making-order.ts';
import type { NodeServices } from './node-type.ts';
import type { Plan } from './plan.ts';
import type { RunEvent } from './run.ts';
import type { Services } from './services.ts';
import { isList, type Task, type TaskOutput } from './task.ts';
import { createWorkList, type Made } from './work-list.ts';

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
  /** Which end results come first. */
  readonly order?: MakingOrder;
  /** How much may be begun; everything without it. */
  readonly limits?: RunLimits;
};

/**
 * [X1–X7, X10–X12] Carries a plan out: a task starts when its inputs are made, each key at most once, at most `limit` at
 * a time, depth first along points. A failed task blocks only what it feeds. Resolves when nothing is left to do; never
 * rejects for a task's sake. After an abort nothing new starts and what is already being made is awaited; where a limit
 * is reached, what costs nothing still goes on.
 */
export async function execute(options: ExecuteOptions): Promise<void> {
  const { plan, lookup, emit, signal, limit, wanted, order } = options;
  if (plan.errors.length > 0) throw new Error(`A plan with errors was to be run: ${plan.errors[0]!.message}`);
  const allowance = createAllowance(options.limits ?? { price: null });
  const ended = (left: number): void =>
    emit({ type: 'ended', stopped: signal.aborted, held: allowance.heldBy(left), spent: allowance.spent() });
  if (isAllMade(plan, lookup)) return ended(0);
  const tasks = depthFirst(plan, { ...(wanted && { wanted }), ...(order && { order }) });
  /** Were under way, and surely were not made: they are paid for like new ones. */
  const unmade = new Set<string>();
  const isEdit = ({ node }: Task): boolean => plan.nodes.get(node)!.type?.uses === 'edits';
  const isPaid = (task: Task): boolean => isEdit(task) && (unmade.has(task.key!) || isNew(lookup(task.key!)));
  const work = createWorkList(tasks, lookup, isPaid, emit);

  const { edits } = options.services;
  const endWaiting = edits.waitFor?.(new Set(tasks.filter(isEdit).map(({ key }) => key!)), { lookup, signal });
  const left = await new Promise<number>((resolve, reject) => {
    let running = 0;

    const pump = (): void => {
      while (!signal.aborted && running < limit) {
        const task = work.take(allowance.mayBegin);
        if (!task) break;
        start(task);
      }
      if (running > 0) return;
      const keys = work.leftOver();
      const message = signal.aborted ? 'Stopped before it began.' : heldWords(allowance.heldBy(keys.length));
      for (const key of keys) emit({ type: 'cancelled', key, message });
      resolve(keys.length);
    };

    const start = (task: Task): void => {
      running++;
      const key = task.key!;
      const paid = isPaid(task);
      if (paid) allowance.begin();
      emit({ type: 'started', key });
      perform(task, { joins: !paid, made: work.made }, options)
        .then(
          (known) => {
            if (paid) allowance.end({ picture: true, paid: true, cost: known.making?.price ?? null });
            emit({ type: 'done', key, known });
            work.finish(key, known.outputs);
          },
          (error: unknown) => {
            if (!paid && error instanceof EditError && error.code === toPayCode) {
              unmade.add(key);
              emit({ type: 'waiting', key });
              work.putBack(key);
              return;
            }
            if (paid) endUnmade(allowance, error);
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
  }).finally(endWaiting);
  ended(left);
}

/** Asking for it is a new request, as far as is known. */
const isNew = (known: Known | undefined): boolean => !known || ('again' in known && known.again === 'same');

/** What the server answers where the day's budget keeps it from accepting more. */
const dayCodes: readonly string[] = ['day-budget', 'price-unknown'];

function endUnmade(allowance: Allowance, error: unknown): void {
  const isKnown = error instanceof EditError;
  allowance.end({ picture: false, paid: !isKnown || error.mayCost, cost: isKnown ? error.cost : null });
  if (isKnown && dayCodes.includes(error.code)) allowance.close('day');
}

function heldWords(heldBy: HeldBy | null): string {
  return heldBy === 'pictures' ? 'Not begun: the run has its pictures.' : 'Not begun: the budget is used.';
}

/** The usual case after a small change elsewhere: then there is no need to put the tasks in order. */
function isAllMade(plan: Plan, lookup: Lookup): boolean {
  for (const { tasks } of plan.nodes.values())
    for (const { key, idle } of tasks) if (key !== null && !idle && lookup(key)?.status !== 'done') return false;
  return true;
}

type Done = Extract<Known, { status: 'done' }>;

type Circumstances = { readonly joins: boolean; readonly made: Made };

async function perform(
  task: Task,
  { joins, made }: Circumstances,
  { plan, services, emit, signal }: ExecuteOptions,
): Promise<Done> {
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
      plan,
      task,
      input,
      signal,
      progress: (progress) => emit({ type: 'progress', key, progress }),
      ...(joins && { joins }),
    });
    if (known.status === 'done') making = known.making;
    return outputs.image;
  };
  const save: NodeServices['outputs']['save'] = (picture, nameTemplate, { plain = false } = {}) =>
    services.outputs.save({ key, plan, task, picture, nameTemplate, plain });
  const saveSheet: NodeServices['outputs']['saveSheet'] = (pictures, nameTemplate, look) =>
    services.outputs.saveSheet({ key, plan, task, pictures, nameTemplate, look });
  const bound: Partial<NodeServices> =
    type.uses === 'edits' ? { edits: { edit } } : type.uses === 'outputs' ? { outputs: { save, saveSheet } } : {};
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
