import { isStuck, type Lookup } from './known.ts';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';
import { sourcesOf } from './task.ts';

/** What did not become a picture, sorted by what it takes to try again. Each key once. */
export type Failures = {
  /** Nothing was accepted: the same key may be asked for again, and costs what it would have cost. */
  readonly same: readonly string[];
  /** Accepted once and failed: only a new take helps, which is paid for again. The keys are those of take 1. */
  readonly newTake: readonly string[];
};

/**
 * [X9] The failed tasks of today's plan: as the last run had them, and as the job book knows them. What is unknown is not
 * among them: the user is asked about it apart, since it may not have failed at all (M4).
 */
export function failuresOf(plan: Plan, run: Run | null, lookup: Lookup): Failures {
  const same = new Set<string>();
  const newTake = new Set<string>();
  for (const { tasks } of plan.nodes.values()) {
    for (const { key, firstKey, idle } of tasks) {
      if (key === null || firstKey === null || idle) continue;
      const known = lookup(key);
      if (known && known.status !== 'failed' && known.status !== 'cancelled') continue;
      if (isStuck(known)) newTake.add(firstKey);
      else if (known?.status === 'failed' || run?.tasks.get(key)?.status === 'failed') same.add(key);
    }
  }
  return { same: [...same], newTake: [...newTake] };
}

/** These keys and everything that waits for them. */
export function withDependents(plan: Plan, keys: Iterable<string>): Set<string> {
  const wanted = new Set(keys);
  for (const { tasks } of plan.nodes.values())
    for (const task of tasks)
      if (
        task.key !== null &&
        !task.idle &&
        sourcesOf(task).some((source) => source.task.key !== null && wanted.has(source.task.key))
      )
        wanted.add(task.key);
  return wanted;
}
