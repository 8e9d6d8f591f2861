import { moveBack, type Followed } from './job-followed.ts';

/** Time servers correct a clock by less all the time, which harms nobody. */
const smallestSetBackMs = 1000;

/**
 * Watches the system's clock while jobs are followed. One that is set back by a day would make every job wait for that
 * day; and when nobody looked for longer than `longestRestMs`, the computer slept or its clock was set forward, which is
 * nothing to blame a job for.
 */
export function createJobClock({ startedAt, longestRestMs }: { startedAt: number; longestRestMs: number }) {
  let latest = startedAt;
  return {
    /** Moves the times of these jobs with the clock; answers by how much it was moved back, or null. */
    follow(at: number, jobs: Iterable<Followed>): number | null {
      const before = latest;
      const back = before - at;
      latest = at;
      const hasRested = -back > longestRestMs;
      if (back < smallestSetBackMs && !hasRested) return null;
      for (const job of jobs) {
        // What was taken up since then has missed nothing.
        if (hasRested && job.lateFrom > before) continue;
        const { notBefore } = job;
        moveBack(job, back);
        if (hasRested) job.notBefore = Math.min(notBefore, at);
      }
      return back;
    },
  };
}
