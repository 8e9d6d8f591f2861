import type { Known, Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';

/** So many are enough to know the pace. */
const ENOUGH = 200;

/**
 * Milliseconds that so many edits will take, by how long those of this graph took that are made already; null where none
 * was made yet. `atOnce`: how many the service is asked for at the same time.
 */
export function howLong(plan: Plan, lookup: Lookup, edits: number, atOnce: number): number | null {
  const took: number[] = [];
  for (const { tasks, type } of plan.nodes.values()) {
    if (type?.uses !== 'edits') continue;
    for (const { key } of tasks) {
      const time = key === null ? null : timeOf(lookup(key));
      if (time !== null) took.push(time);
      if (took.length >= ENOUGH) break;
    }
  }
  if (took.length === 0) return null;
  const usual = took.toSorted((a, b) => a - b)[took.length >> 1]!;
  return Math.ceil(edits / atOnce) * usual;
}

function timeOf(known: Known | undefined): number | null {
  if (known?.status !== 'done') return null;
  const { submittedAt, finishedAt } = known.making ?? {};
  return submittedAt && finishedAt && finishedAt > submittedAt ? finishedAt - submittedAt : null;
}

/** `about 12 min, with 4 at once`. Rounded up. */
export function lengthWords(milliseconds: number | null, atOnce: number): string {
  if (milliseconds === null) return 'not known yet: no edit of this graph was made before';
  const minutes = Math.ceil(milliseconds / 60_000);
  const hours = Math.floor(minutes / 60);
  const time =
    milliseconds < 60_000
      ? `${Math.max(1, Math.ceil(milliseconds / 1000))} s`
      : hours === 0
        ? `${minutes} min`
        : `${hours} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
  return `about ${time}, with ${atOnce} at once`;
}
