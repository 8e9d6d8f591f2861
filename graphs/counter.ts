import { countPlan, leadNowhere, outlookOf, type Count, type Lookup, type TaskOutlook } from './known.ts';
import type { Plan } from './plan.ts';
import type { Task } from './task.ts';

export type Counter = ReturnType<typeof createCounter>;

/** [P5] The count of one plan, kept while more becomes known: news costs by what is new, not by how large the plan is. */
export function createCounter(plan: Plan, lookup: Lookup) {
  const outlooks = new Map<string, TaskOutlook>();
  const tasks = new Map<string, { task: Task; uses: 'edits' | 'outputs' | undefined }>();
  /** Edits that only struck-out tasks have, and whether they were counted as made. */
  const struck = new Map<string, boolean>();
  let count: Count = countPlan(plan, lookup, outlooks);
  for (const { tasks: list, type } of plan.nodes.values())
    for (const task of list)
      if (task.key !== null && !task.idle && !tasks.has(task.key)) tasks.set(task.key, { task, uses: type?.uses });
  for (const { tasks: list, type } of plan.nodes.values())
    if (type?.uses === 'edits')
      for (const { key, idle } of list)
        if (key !== null && idle && !tasks.has(key)) struck.set(key, lookup(key)?.status === 'done');

  /** False where it changes what others wait for. */
  function move(key: string): boolean {
    const wasMade = struck.get(key);
    if (wasMade !== undefined) {
      const isMade = lookup(key)?.status === 'done';
      struck.set(key, isMade);
      count = { ...count, struck: count.struck + Number(wasMade) - Number(isMade) };
      return true;
    }
    const found = tasks.get(key);
    const before = outlooks.get(key);
    if (!found || !before) return true;
    const now = outlookOf(found.task, lookup, outlooks);
    if (now === before) return true;
    if (leadNowhere.has(now) || leadNowhere.has(before)) return false;
    outlooks.set(key, now);
    if (found.uses === 'edits') count = { ...count, [before]: count[before] - 1, [now]: count[now] + 1 };
    if (found.uses === 'outputs')
      count = { ...count, toSave: count.toSave + Number(now === 'toPay') - Number(before === 'toPay') };
    return true;
  }

  return {
    plan,
    get: (): Count => count,
    /** Something has become known of these keys. */
    learn(keys: Iterable<string>): Count {
      for (const key of keys) {
        if (move(key)) continue;
        outlooks.clear();
        count = countPlan(plan, lookup, outlooks);
        break;
      }
      return count;
    },
  };
}
