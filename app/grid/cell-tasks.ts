import { pointWords } from '../../graphs/axes.ts';
import type { Artifact } from '../../graphs/artifact.ts';
import { isStuck, type Count } from '../../graphs/known.ts';
import { isList, type Task } from '../../graphs/task.ts';
import { pictureOf } from '../../graphs/task-picture.ts';
import { countWanted } from '../../graphs/wanted.ts';
import type { Editor } from '../editor.ts';

export type CellTasks = ReturnType<typeof createCellTasks>;

/** What a press of Retry does with tasks: the same key again, or a new take that is paid for again. */
export type Retrying = { readonly same: readonly string[]; readonly newTake: readonly string[] };

/** What is known of the tasks of one node as it stands now; `tasks` are numbers of tasks. */
export function createCellTasks({ editor, node }: { editor: Editor; node: string }) {
  const { document, plans, runs, nodeTypes } = editor;
  const plan = () => plans.get().plan;
  const planned = () => plan().nodes.get(node);
  const taskAt = (index: number): Task | undefined => planned()?.tasks[index];
  const tasksAt = (tasks: readonly number[]): Task[] => tasks.flatMap((index) => taskAt(index) ?? []);
  const isEdit = (): boolean => planned()?.type?.uses === 'edits';
  const countOf = (tasks: readonly number[]): Count => countWanted(plan(), plans.lookup, new Set(keysOf(tasks)));

  /** Keys that a run can make: of tasks that only hand on, of those that they hand on. */
  function keysOf(tasks: readonly number[]): string[] {
    const keys = new Set<string>();
    for (const task of tasksAt(tasks)) if (task.idle === null) for (const key of makingKeysOf(task)) keys.add(key);
    return [...keys];
  }

  function pictureAt(index: number): Artifact | null {
    const task = taskAt(index);
    return task ? pictureOf(plan(), task, plans.lookup) : null;
  }

  /** What failed or was stopped among these, by what it takes to make it. */
  function retrying(tasks: readonly number[]): Retrying {
    const same = new Set<string>();
    const newTake = new Set<string>();
    for (const { key, firstKey, idle } of tasksAt(tasks)) {
      if (key === null || firstKey === null || idle) continue;
      const known = plans.lookup(key);
      const state = runs.viewOf(key)?.status;
      if (state !== 'failed' && state !== 'cancelled' && state !== 'forgotten') continue;
      if (isEdit() && isStuck(known)) newTake.add(firstKey);
      else same.add(key);
    }
    return { same: [...same], newTake: [...newTake] };
  }

  /** Which of these are struck out one by one. */
  function struckAlone(tasks: readonly number[]): number[] {
    const { struck } = document.get().graph;
    if (!struck) return [];
    return tasks.filter((index) => {
      const firstKey = taskAt(index)?.firstKey;
      return firstKey !== null && firstKey !== undefined && struck[firstKey] === true;
    });
  }

  function labelOf(index: number): string {
    return pointWords(planned()?.axes ?? [], index);
  }

  /** What is worth knowing of cells before something is done with them. */
  function outlookOf(tasks: readonly number[]) {
    const { toPay, underway } = countOf(tasks);
    const again = retrying(tasks);
    const ratings = new Set<number>();
    let made = 0;
    let pictures = 0;
    let unknown = false;
    for (const task of tasksAt(tasks)) {
      const known = task.key === null ? undefined : plans.lookup(task.key);
      if (known?.status === 'done') {
        made++;
        ratings.add(known.rating ?? 0);
      }
      if (known?.status === 'unknown') unknown = true;
      if (pictureOf(plan(), task, plans.lookup)) pictures++;
    }
    return {
      toPay,
      underway,
      made,
      pictures,
      unknown,
      failed: again.same.length + again.newTake.length,
      alone: struckAlone(tasks).length,
      /** That of all of them; 0 where they differ. */
      rating: ratings.size === 1 ? [...ratings][0]! : 0,
    };
  }

  /** The nearest node that feeds this one, or itself, where a pick is open. */
  function openPick(): string | null {
    const open = new Set(plan().picks.map((pick) => pick.node));
    const edges = Object.values(document.get().graph.edges);
    const met = new Set([node]);
    for (const id of met) {
      if (open.has(id)) return id;
      for (const { from, to } of edges) if (to.node === id) met.add(from.node);
    }
    return null;
  }

  return {
    taskAt,
    tasksAt,
    openPick,
    pictureAt,
    labelOf,
    keysOf,
    retrying,
    struckAlone,
    outlookOf,
    /** What making these would do: `toPay` is what it costs. */
    countOf,
    /** The keys of take 1 of the edits among these; empty where the node makes none. */
    takesOf: (tasks: readonly number[]): string[] =>
      isEdit()
        ? [...new Set(tasksAt(tasks).flatMap(({ firstKey, idle }) => (firstKey && !idle ? [firstKey] : [])))]
        : [],
    /** What a picture is called: the graph, the node and the point. */
    nameOf: (index: number): string[] => {
      const { title, graph } = document.get();
      const own = graph.nodes[node];
      return [title, own?.title ?? nodeTypes.get(own?.type ?? '')?.title ?? node, labelOf(index)];
    },
  };
}

/** The key of a task; of one that only hands on, the keys of those that make what it hands on. */
export function makingKeysOf(task: Task): string[] {
  if (task.key !== null) return [task.key];
  return Object.values(task.forwards ?? {}).flatMap((source) =>
    (isList(source) ? source : [source]).flatMap(({ task: { key } }) => key ?? []),
  );
}
