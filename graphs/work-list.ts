import { isStuck, type Lookup } from './known.ts';
import type { RunEvent } from './run.ts';
import { sourcesOf, type Task } from './task.ts';

/** What each task has made so far, by its key. */
export type Made = Map<string, Readonly<Record<string, unknown>>>;

/** What is to be done, who waits for whom, and which of the ready tasks comes first. */
export function createWorkList(
  tasks: readonly Task[],
  lookup: Lookup,
  isPaid: (task: Task) => boolean,
  emit: (event: RunEvent) => void,
) {
  const rank = new Map<string, number>();
  const waiting = new Map<string, number>();
  const feeds = new Map<string, string[]>();
  const byKey = new Map<string, Task>();
  const made: Made = new Map();
  const stuck = new Set<string>();
  /** Ranks of what can begin: what costs nothing, and what is paid for. */
  const free: number[] = [];
  const paid: number[] = [];
  const makeReady = (rank: number): void => pushRank(isPaid(tasks[rank]!) ? paid : free, rank);

  tasks.forEach((task, i) => {
    const key = task.key!;
    const known = lookup(key);
    if (known?.status === 'done') {
      made.set(key, known.outputs);
      return;
    }
    const needs = new Set<string>();
    for (const source of sourcesOf(task)) {
      const need = source.task.key;
      if (need !== null && !made.has(need)) needs.add(need);
    }
    const by = [...needs].find((need) => stuck.has(need));
    if (by !== undefined || isStuck(known)) {
      stuck.add(key);
      if (by !== undefined && !known) emit({ type: 'blocked', key, by });
      return;
    }
    rank.set(key, i);
    byKey.set(key, task);
    for (const need of needs) {
      const list = feeds.get(need);
      if (list) list.push(key);
      else feeds.set(need, [key]);
    }
    if (needs.size === 0) makeReady(i);
    else waiting.set(key, needs.size);
    emit({ type: 'waiting', key });
  });

  return {
    made,
    /**
     * The first that can begin; of what is paid for only while it may be. What costs nothing and what does may have
     * changed since it was ready: other pages ask for the same edits, and stop them.
     */
    take(mayPay: () => boolean): Task | undefined {
      while (free.length > 0 && isPaid(tasks[free[0]!]!)) pushRank(paid, popRank(free)!);
      if (paid.length > 0 && (free.length === 0 || paid[0]! < free[0]!)) {
        if (mayPay()) return tasks[popRank(paid)!];
        if (free.length === 0) for (const held of paid.splice(0)) makeReady(held);
      }
      return free.length > 0 ? tasks[popRank(free)!] : undefined;
    },
    finish(key: string, outputs: Readonly<Record<string, unknown>>): void {
      made.set(key, outputs);
      for (const fed of feeds.get(key) ?? []) {
        const left = waiting.get(fed);
        if (left === undefined) continue;
        if (left > 1) waiting.set(fed, left - 1);
        else {
          waiting.delete(fed);
          makeReady(rank.get(fed)!);
        }
      }
    },
    /** It was begun, and nothing came of it: it is ready once more. */
    putBack: (key: string): void => makeReady(rank.get(key)!),
    /** Everything downstream of a failed key, which can't be done now. */
    block(key: string): string[] {
      const blocked: string[] = [];
      const open = [...(feeds.get(key) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (!waiting.delete(next)) continue;
        blocked.push(next);
        open.push(...(feeds.get(next) ?? []));
      }
      return blocked;
    },
    leftOver: (): string[] => [...[...free, ...paid].map((i) => tasks[i]!.key!), ...waiting.keys()],
  };
}

/** A binary heap of ranks: the smallest comes out first. */
function pushRank(heap: number[], rank: number): void {
  let at = heap.push(rank) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= rank) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = rank;
}

function popRank(heap: number[]): number | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (heap.length === 0 || last === undefined) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
