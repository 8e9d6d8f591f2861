import type { Run, TaskState } from './run.ts';

type Part = { readonly total: number; readonly ended: number };

export type Progress = Part & {
  readonly edits: Part;
  readonly files: Part;
  /** Edits that the service was asked for and has not answered. */
  readonly making: number;
  readonly failed: number;
  /** Milliseconds, by the pace of this run so far; null before anything was made. */
  readonly remaining: number | null;
};

/**
 * How far a run is; the remaining time is a rule of three, never an invented percentage of a single edit. `fileKeys`: of
 * the tasks that save files.
 */
export function progressOf(run: Run, now: number, fileKeys: ReadonlySet<string>): Progress {
  const edits = { total: 0, ended: 0 };
  const files = { total: 0, ended: 0 };
  let making = 0;
  let failed = 0;
  for (const [key, state] of run.tasks) {
    const part = fileKeys.has(key) ? files : edits;
    part.total++;
    if (state.status === 'running') {
      if (part === edits && isAtService(state)) making++;
    } else if (state.status !== 'waiting') part.ended++;
    if (state.status === 'failed') failed++;
  }
  const total = edits.total + files.total;
  const ended = edits.ended + files.ended;
  const pace = ended > 0 ? (now - run.startedAt) / ended : null;
  const remaining = pace === null ? null : Math.max(0, pace * (total - ended));
  return { total, ended, edits, files, making, failed, remaining };
}

/** A few more are begun than the service is asked for at the same time: they wait here, or their pictures are fetched. */
function isAtService({ progress }: Extract<TaskState, { status: 'running' }>): boolean {
  const word = progress?.word ?? null;
  return word !== null && word !== 'queued' && word !== 'collecting';
}
