import type { Known } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';

/** So many are enough to know the pace. */
const ENOUGH = 200;

/**
 * Milliseconds that so many edits will take, by how long those of this graph took that are made already, or else any that
 * this service made and that are known here; null where there are none. `atOnce`: how many it is asked for at the same
 * time.
 */
export function howLong(plan: Plan, known: ReadonlyMap<string, Known>, edits: number, atOnce: number): number | null {
  const took: number[] = [];
  for (const { tasks, type } of plan.nodes.values()) {
    if (type?.uses !== 'edits') continue;
    for (const { key } of tasks) {
      const time = key === null ? null : timeOf(known.get(key));
      if (time !== null) took.push(time);
      if (took.length >= ENOUGH) break;
    }
  }
  if (took.length === 0) took.push(...timesOf(plan.service, known));
  if (took.length === 0) return null;
  const usual = took.toSorted((a, b) => a - b)[took.length >> 1]!;
  return Math.ceil(edits / atOnce) * usual;
}

/** Of edits with other texts, as when all of them were changed. */
function timesOf(service: string, known: ReadonlyMap<string, Known>): number[] {
  const took: number[] = [];
  for (const one of known.values()) {
    const time = one.status === 'done' && one.making?.service === service ? timeOf(one) : null;
    if (time !== null && took.push(time) >= ENOUGH) break;
  }
  return took;
}

function timeOf(known: Known | undefined): number | null {
  if (known?.status !== 'done') return null;
  const { submittedAt, finishedAt } = known.making ?? {};
  return submittedAt && finishedAt && finishedAt > submittedAt ? finishedAt - submittedAt : null;
}

/** `about 12 min, with 4 at once`. Rounded up. */
export function lengthWords(milliseconds: number | null, atOnce: number): string {
  if (milliseconds === null) return 'not known yet: the first pictures will tell';
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
