import type { Run } from './run.ts';

export type Progress = {
  readonly total: number;
  /** Ended one way or another. */
  readonly ended: number;
  readonly running: number;
  readonly failed: number;
  /** Milliseconds, by the pace of this run so far; null before anything was made. */
  readonly remaining: number | null;
};

/** How far a run is; the remaining time is a rule of three, never an invented percentage of a single edit. */
export function progressOf(run: Run, now: number): Progress {
  const progress = { total: run.tasks.size, ended: 0, running: 0, failed: 0 };
  for (const { status } of run.tasks.values()) {
    if (status === 'running') progress.running++;
    else if (status !== 'waiting') progress.ended++;
    if (status === 'failed') progress.failed++;
  }
  const pace = progress.ended > 0 ? (now - run.startedAt) / progress.ended : null;
  return { ...progress, remaining: pace === null ? null : Math.max(0, pace * (progress.total - progress.ended)) };
}
