import { isStuck, type Known, type Lookup } from './known.ts';
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

/**
 * [X9] These keys and what waits for nothing but them and for what is made, or is being made, already: what needs something
 * besides that was never begun (the rest of a list, say) would bring that along, and nobody asked to pay for it.
 */
export function withDependents(plan: Plan, keys: Iterable<string>, lookup: Lookup): Set<string> {
  const wanted = new Set(keys);
  const comes = (key: string): boolean => wanted.has(key) || isComing(lookup(key));
  for (const { tasks } of plan.nodes.values())
    for (const task of tasks) {
      if (task.key === null || task.idle || wanted.has(task.key)) continue;
      const needs = sourcesOf(task).flatMap((source) => source.task.key ?? []);
      if (needs.some((need) => wanted.has(need)) && needs.every(comes)) wanted.add(task.key);
    }
  return wanted;
}

/** Made, or paid and on its way. */
const isComing = (known: Known | undefined): boolean =>
  known?.status === 'done' || known?.status === 'underway' || (known?.status === 'failed' && known.again === 'fetch');
