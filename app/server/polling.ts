/**
 * When to look at which job. Pure: what was seen goes in, times come out.
 *
 * The end of each job is predicted from how long the ones before it took, and from how many the service works on at
 * once, which shows in who had to wait. So most jobs are looked at once or twice, right after they ended. The oldest open
 * job is followed more closely than that: it notices when the service has become faster than it was.
 */

/** A job at the service that has not ended yet, as far as we know. Times in milliseconds. */
export type OpenJob = {
  /** Jobs of one sort take about the same time. */
  sort: string;
  submittedAt: number;
  /** How many others were open when it was submitted. */
  ahead: number;
  lookedAt: number | null;
  /** When it was last seen waiting in the service's queue. */
  queuedAt: number | null;
  /** When it was first seen being made. */
  workingAt: number | null;
  /** A random number below 1, drawn anew at each look, so that many clients don't keep step. */
  jitter: number;
};

/** What is known of a service's speed. */
export type Pace = {
  /** How long the service works on a job of each sort. */
  durations: Readonly<Record<string, number>>;
  /** How many jobs the service works on at once; Infinity until one had to wait. */
  width: number;
  /** So many it surely works on at once: a job with fewer before it took no longer than usual. */
  proven: number;
  /** When jobs ended lately, newest last. */
  ends: readonly number[];
};

export const unknownPace: Pace = { durations: {}, width: Infinity, proven: 1, ends: [] };

const rememberedEnds = 64;
/** How far a prediction moves with each look that proves it early, and with each that cannot. */
const stepLater = 0.02;
const stepEarlier = 0.005;
const longestGapMs = 10_000;
/** How soon a job is looked at of which nobody knows how long it takes, and which is not the oldest. */
const youngGapMs = 1000;

export type Forecast = { start: number; end: number | null };

/** When each of the open jobs began and will end, were the service a queue with `width` hands. Oldest first, as given. */
export function forecast(open: readonly OpenJob[], pace: Pace): Forecast[] {
  const ends = pace.ends.toSorted((a, b) => a - b);
  return open.map((job) => {
    // A hand is free when fewer than `width` of the jobs before are unfinished.
    let start = Math.max(job.submittedAt, ends[ends.length - pace.width] ?? -Infinity);
    if (job.workingAt !== null) start = Math.min(start, job.workingAt);
    if (job.queuedAt !== null) start = Math.max(start, job.queuedAt);
    const duration = pace.durations[job.sort];
    if (duration === undefined) return { start, end: null };
    insertSorted(ends, Math.max(start + duration, job.lookedAt ?? 0));
    return { start, end: start + duration };
  });
}

function insertSorted(numbers: number[], value: number): void {
  let at = numbers.length;
  while (at > 0 && (numbers[at - 1] ?? 0) > value) at--;
  numbers.splice(at, 0, value);
}

/** When to look at an open job next. */
export function nextLook(job: OpenJob, { end, start }: Forecast, options: { isOldest: boolean; now: number }): number {
  const last = job.lookedAt ?? job.submittedAt;
  if (end === null) {
    if (options.isOldest) return onGrid(job, 100, 1.1, last);
    // Often while young: somebody watches, and the oldest one may be stuck.
    const gap = Math.min(Math.max(youngGapMs, (last - job.submittedAt) / 2), longestGapMs);
    return last + spread(gap, job.jitter);
  }

  const duration = end - start;
  let next: number;
  if (last < end) {
    next = end + duration * 0.01 * (1 + job.jitter);
    // Where the queue is judged wrongly, a job is finished long before its turn by our count.
    next = Math.min(next, last + Math.max(duration * 1.5, (end - last) * 0.75));
  } else {
    const gap = Math.max(duration * 0.03, (last - end) * 0.25, 5);
    next = last + spread(Math.min(gap, longestGapMs), job.jitter);
  }
  return options.isOldest ? Math.min(next, onGrid(job, Math.max(100, duration / 10), 1.5, last)) : next;
}

/** The first age after the last look in the row first, first × factor, first × factor² … */
function onGrid(job: OpenJob, first: number, factor: number, last: number): number {
  const age = last - job.submittedAt;
  let next = first;
  while (next <= age * 1.02 + 1) next *= factor;
  return Math.min(job.submittedAt + next, last + longestGapMs) + 0.03 * first * job.jitter;
}

const spread = (gap: number, jitter: number): number => gap * (0.9 + 0.2 * jitter);

/** What a look at a job that goes on teaches: whether it waits tells how many hands there are. */
export function afterLiveLook(
  pace: Pace,
  job: OpenJob,
  look: { at: number; waits: boolean; forecast: Forecast },
): Pace {
  const { at, waits } = look;
  const { start, end } = look.forecast;
  if (waits) return narrowed(pace, job.ahead);
  if (start > at) return widened(pace);
  if (end === null || at < end) return pace;
  const duration = end - start;
  const mayHaveWaited = job.queuedAt === null && job.ahead > 0 && start < job.submittedAt + duration * 0.1;
  if (mayHaveWaited && pace.width > job.ahead) {
    // It takes too long for one that began at once, so it will have waited without our seeing it.
    const limit = job.ahead < pace.proven ? 1.6 : 1.25;
    if (at - start > duration * limit) return narrowed(pace, job.ahead);
    if (job.ahead >= pace.proven) return pace;
  }
  return withDuration(pace, job.sort, Math.min(duration * (1 + stepLater), at - start));
}

function narrowed(pace: Pace, ahead: number): Pace {
  const width = Math.max(1, Math.min(pace.width, ahead));
  return { ...pace, width, proven: Math.min(pace.proven, width) };
}

const widened = (pace: Pace): Pace => ({ ...pace, width: pace.width + 1 });

/**
 * What the end of a job teaches; it was seen at `at` and happened after the look before. A failed one frees its hand, but
 * says nothing about how long the others take.
 */
export function afterEnd(
  pace: Pace,
  job: OpenJob,
  { at, failed, forecast: { start, end } }: { at: number; failed: boolean; forecast: Forecast },
): Pace {
  const seenEnd = Math.max(Math.min(end ?? at, at), job.lookedAt ?? 0);
  let next: Pace = { ...pace, ends: [...pace.ends, seenEnd].slice(-rememberedEnds) };
  if (failed) return next;
  const took = Math.max(1, at - start);
  if (end === null) return withDuration(next, job.sort, took);
  // It ended before it should have begun: there are more hands than we thought.
  if (start >= at) return widened(next);
  const duration = end - start;
  if (at - job.submittedAt <= duration * 1.2) next = { ...next, proven: Math.max(next.proven, job.ahead + 1) };
  if (took < duration * 0.35) return withDuration(next, job.sort, took);
  if (took < duration * 0.75) return withDuration(next, job.sort, (duration + took) / 2);
  const provenLong = job.lookedAt !== null && job.lookedAt >= end;
  return provenLong ? next : withDuration(next, job.sort, duration * (1 - stepEarlier));
}

const withDuration = (pace: Pace, sort: string, duration: number): Pace => ({
  ...pace,
  durations: { ...pace.durations, [sort]: duration },
});
