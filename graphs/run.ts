import type { HeldBy, Spent } from './allowance.ts';
import type { Known } from './known.ts';
import type { EditProgress } from './services.ts';

/** What `execute` tells about a key. */
export type RunEvent =
  | { readonly type: 'waiting'; readonly key: string }
  | { readonly type: 'started'; readonly key: string }
  | { readonly type: 'progress'; readonly key: string; readonly progress: EditProgress }
  | { readonly type: 'done'; readonly key: string; readonly known: Known }
  | { readonly type: 'failed'; readonly key: string; readonly code: string; readonly message: string }
  | { readonly type: 'cancelled' | 'unknown'; readonly key: string; readonly message: string }
  | { readonly type: 'blocked'; readonly key: string; readonly by: string }
  /** `held`: a limit kept it from beginning more. */
  | { readonly type: 'ended'; readonly stopped: boolean; readonly held?: HeldBy | null; readonly spent?: Spent };

/** Status of a task in a run. */
export type TaskState =
  | { readonly status: 'waiting' | 'done' }
  | { readonly status: 'running'; readonly progress: EditProgress | null; readonly since: number }
  | { readonly status: 'failed' | 'cancelled' | 'unknown'; readonly message: string; readonly code?: string }
  | { readonly status: 'blocked'; readonly by: string };

/** One press of Run: states by key. Tasks with the same key share one state. */
export type Run = {
  readonly status: 'running' | 'ended' | 'stopped';
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The limit that kept it from beginning more. */
  readonly held: HeldBy | null;
  /** What it has paid for; null until it ended. */
  readonly spent: Spent | null;
  readonly tasks: ReadonlyMap<string, TaskState>;
};

export function startRun(now: number): Run {
  return { status: 'running', startedAt: now, endedAt: null, held: null, spent: null, tasks: new Map() };
}

/** [X8] The only writer of run state. Takes a batch, so that a thousand events copy the map once. */
export function reduceRun(run: Run, events: readonly RunEvent[], now: number): Run {
  if (events.length === 0) return run;
  const tasks = new Map(run.tasks);
  let { status, endedAt, held, spent } = run;
  for (const event of events) {
    if (event.type === 'ended') {
      status = event.stopped ? 'stopped' : 'ended';
      endedAt = now;
      held = event.held ?? held;
      spent = event.spent ?? spent;
    } else tasks.set(event.key, stateAfter(tasks.get(event.key), event, now));
  }
  return { ...run, status, endedAt, held, spent, tasks };
}

function stateAfter(
  before: TaskState | undefined,
  event: Exclude<RunEvent, { type: 'ended' }>,
  now: number,
): TaskState {
  switch (event.type) {
    case 'waiting':
    case 'done':
      return { status: event.type };
    case 'started':
      return { status: 'running', progress: null, since: now };
    case 'progress':
      return { status: 'running', progress: event.progress, since: before?.status === 'running' ? before.since : now };
    case 'failed':
      return { status: 'failed', message: event.message, code: event.code };
    case 'cancelled':
    case 'unknown':
      return { status: event.type, message: event.message };
    case 'blocked':
      return { status: 'blocked', by: event.by };
  }
}
