import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Artifact } from '../../graphs/artifact.ts';
import type { Task } from '../../graphs/task.ts';
import { pictureOfType } from '../../graphs/task-picture.ts';
import type { Plans } from '../plans.ts';
import type { Runs } from '../runs.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import { cellStateOf, type CellState } from './task-words.ts';

export type Summary = { readonly total: number } & Readonly<Record<CellState, number>>;

const states: readonly CellState[] = [
  'empty',
  'waiting',
  'running',
  'failed',
  'blocked',
  'cancelled',
  'unknown',
  'done',
];

/** How many tasks of a node are in which state; the same object until a number changes. */
export function useSummary(id: string): Summary {
  const { plans, runs } = useEditor();
  const tasks = usePlans((state) => state.plan.nodes.get(id)?.tasks);
  const text = useSyncExternalStore(
    (listener) => {
      const remove = [plans.store.subscribe(listener), runs.store.subscribe(listener)];
      return () => remove.forEach((stop) => stop());
    },
    useMemo(() => createCounts(plans, runs, tasks ?? []), [plans, runs, tasks]),
  );
  const counts = text.split(' ').map(Number);
  return Object.fromEntries([['total', counts.at(-1)], ...states.map((state, i) => [state, counts[i]])]) as Summary;
}

/** Asked for at each change of the stores, and by React once more; counting is linear in the tasks. */
function createCounts(plans: Plans, runs: Runs, tasks: readonly Task[]): () => string {
  let from: readonly unknown[] = [];
  let counts = '';
  return () => {
    const now = [plans.get().knownVersion, runs.get().run];
    if (now.some((value, i) => value !== from[i])) {
      from = now;
      counts = countStates(tasks, (key) => cellStateOf(runs.viewOf(key)));
    }
    return counts;
  };
}

function countStates(tasks: readonly Task[], stateOf: (key: string) => CellState): string {
  const counts = new Map<CellState, number>();
  let total = 0;
  for (const { key } of tasks) {
    if (key === null) continue;
    total++;
    const state = stateOf(key);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...states.map((state) => counts.get(state) ?? 0), total].join(' ');
}

/** The picture that a task shows: the one it makes, or the one that arrives at it. */
export function usePicture(task: Task | undefined): Artifact | null {
  const { nodeTypes } = useEditor();
  const type = useDocument((state) => (task ? nodeTypes.get(state.graph.nodes[task.node]?.type ?? '') : undefined));
  return usePlans(({ known }) => (task && type ? pictureOfType(type, task, (key) => known.get(key)) : null));
}

/** The time now, once a second while `on`. */
export function useClock(on: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}
