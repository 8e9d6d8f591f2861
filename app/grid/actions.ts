import { pointWords } from '../../graphs/axes.ts';
import { freshNodeId, type GraphNode } from '../../graphs/graph.ts';
import { isStuck, type Count } from '../../graphs/known.ts';
import { freshParams } from '../../graphs/node-type.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import { isList, type Task } from '../../graphs/task.ts';
import { pictureOf } from '../../graphs/task-picture.ts';
import { countWanted } from '../../graphs/wanted.ts';
import { pictureFieldOf } from '../canvas/fields.ts';
import { freePlace } from '../canvas/layout.ts';
import { guessSize } from '../canvas/size.ts';
import type { Editor } from '../editor.ts';
import { pictureFileName } from '../panels/picture-name.ts';
import type { Shell } from '../panels/shell.ts';
import { downloadPicture } from '../provenance/download.ts';
import { settingsJson, settingsText } from './settings-text.ts';

export const MOST_COMPARED = 4;

export type GridActions = ReturnType<typeof createGridActions>;

/** What a press of Retry does with tasks: the same key again, or a new take that is paid for again. */
export type Retrying = { readonly same: readonly string[]; readonly newTake: readonly string[] };

/** Everything that the grid of one node can do with its tasks; `tasks` are numbers of tasks. */
export function createGridActions(options: { editor: Editor; shell: Shell; node: string }) {
  const { editor, shell, node } = options;
  const { document, plans, runs, nodeTypes, api } = editor;
  const plan = () => plans.get().plan;
  const planned = () => plan().nodes.get(node);
  const taskAt = (index: number): Task | undefined => planned()?.tasks[index];
  const tasksAt = (tasks: readonly number[]): Task[] => tasks.flatMap((index) => taskAt(index) ?? []);
  const isEdit = (): boolean => planned()?.type?.uses === 'edits';

  /** Keys that a run can make: of tasks that only hand on, of those that they hand on. */
  function keysOf(tasks: readonly number[]): string[] {
    const keys = new Set<string>();
    for (const task of tasksAt(tasks)) {
      if (task.idle !== null) continue;
      if (task.key !== null) keys.add(task.key);
      else for (const key of handedOn(task)) keys.add(key);
    }
    return [...keys];
  }

  function pictureAt(index: number) {
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

  async function copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      shell.tell({ kind: 'info', text: `${what} copied.` });
    } catch {
      shell.tell({
        kind: 'error',
        text: 'The browser does not let this page write to the clipboard. Allow it for this page, and try again.',
      });
    }
  }

  function labelOf(index: number): string {
    return pointWords(planned()?.axes ?? [], index);
  }

  return {
    taskAt,
    pictureAt,
    labelOf,
    keysOf,
    retrying,
    /** What making these would do: `toPay` is what it costs. */
    countOf: (tasks: readonly number[]): Count => countWanted(plan(), plans.lookup, new Set(keysOf(tasks))),
    /** What is worth knowing of cells before something is done with them. */
    outlookOf(tasks: readonly number[]) {
      const { toPay, underway } = countWanted(plan(), plans.lookup, new Set(keysOf(tasks)));
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
    },
    open: (index: number): void => shell.show({ type: 'viewer', node, index }),
    make: (tasks: readonly number[]): void =>
      shell.make(keysOf(tasks), { title: tasks.length === 1 ? 'Make this one' : `Make ${tasks.length} cells` }),
    retry(tasks: readonly number[]): void {
      const failures = retrying(tasks);
      const isOffline = editor.server.getState().reply?.service.kind === 'offline';
      if (failures.newTake.length > 0 && !isOffline) shell.show({ type: 'retry', failures });
      else shell.begin({ type: 'retry', failures });
    },
    /** The keys of take 1 of the edits among these; empty where the node makes none. */
    takesOf: (tasks: readonly number[]): string[] =>
      isEdit()
        ? [...new Set(tasksAt(tasks).flatMap(({ firstKey, idle }) => (firstKey && !idle ? [firstKey] : [])))]
        : [],
    newTake: (firstKeys: readonly string[]): void => shell.newTake(firstKeys),
    decide(index: number): void {
      const key = taskAt(index)?.key;
      if (key) shell.show({ type: 'unknown', key });
    },
    /** Single cells are struck out, or put back. Values keep their own strikes. */
    strike(tasks: readonly number[], struck: boolean): void {
      const firstKeys = [...new Set(tasksAt(tasks).flatMap(({ firstKey }) => firstKey ?? []))];
      if (firstKeys.length > 0 && !document.refuses()) document.change({ type: 'strikeTasks', firstKeys, struck });
    },
    struckAlone,
    strikeValues(member: string, values: readonly string[], struck: boolean): void {
      if (!document.refuses()) document.change({ type: 'strikeValues', node: member, values, struck });
    },
    /** 0 takes the rating away. What nobody has made cannot be rated. */
    rate(tasks: readonly number[], rating: number): void {
      const keys = new Set<string>();
      for (const task of tasksAt(tasks))
        for (const key of task.key === null ? handedOn(task) : [task.key])
          if (plans.lookup(key)?.status === 'done') keys.add(key);
      if (keys.size === 0) {
        shell.tell({ kind: 'info', text: 'Only pictures that are made can be rated.' });
        return;
      }
      for (const key of keys) {
        const known = plans.lookup(key);
        // Shown at once; the event stream tells the other tabs.
        if (known?.status === 'done') {
          const { rating: _, ...rest } = known;
          plans.learn(new Map([[key, rating > 0 ? { ...rest, rating } : rest]]));
        }
        void api.rate(key, rating).catch((error: unknown) => {
          if (known) plans.learn(new Map([[key, known]]));
          shell.tellError(error);
        });
      }
    },
    /** The pictures become nodes that hold them, beside this one. One change. */
    useAsInput(tasks: readonly number[]): void {
      const type = [...nodeTypes.values()].find(pictureFieldOf);
      const field = type && pictureFieldOf(type);
      if (!type || !field || document.refuses()) return;
      const { graph } = document.get();
      const here = graph.nodes[node]?.position ?? { x: 0, y: 0 };
      const taken = Object.values(graph.nodes).map((other) => {
        const { width, height } = guessSize(nodeTypes.get(other.type), other);
        return { ...other.position, width, height: height + 220 };
      });
      const added: GraphNode[] = [];
      for (const index of tasks) {
        const picture = pictureAt(index);
        if (!picture) continue;
        const id = freshNodeId(
          type.type,
          (name) => Object.hasOwn(graph.nodes, name) || added.some((one) => one.id === name),
        );
        const name = pictureFileName(nameOf(index), picture.mediaType);
        const params = { ...freshParams(type, Math.random), [field.name]: { ...picture, name } };
        const bare = { id, type: type.type, version: type.version, position: here, params };
        const { width, height } = guessSize(type, bare);
        const wish = { x: here.x + 400, y: here.y, width, height };
        const position = freePlace(wish, taken);
        taken.push({ ...wish, ...position });
        added.push({ ...bare, position });
      }
      if (added.length === 0) return;
      document.change({ type: 'add', nodes: added });
      shell.tell({
        kind: 'info',
        text:
          added.length === 1
            ? 'The picture stands on the canvas as an input.'
            : `${added.length} pictures stand on the canvas as inputs.`,
        action: { label: 'Show', act: () => shell.canvas()?.focusNode(added[0]!.id) },
      });
    },
    compare: (tasks: readonly number[]): void =>
      shell.show({ type: 'compare', cells: tasks.slice(0, MOST_COMPARED).map((index) => ({ node, index })) }),
    /** `rows`, `columns`: the axes as they stand. Without tasks, all of them. */
    exportCells: (tasks: readonly number[], axes: { rows: string | null; columns: string | null }): void =>
      shell.show({ type: 'export', node, ...(tasks.length > 0 ? { cells: tasks } : {}), ...axes }),
    history: (index: number): void => shell.show({ type: 'history', node, index }),
    pick: (): void => shell.show({ type: 'pick', node }),
    /** Through the browser: with how it was made and the graph inside, or plain. */
    save(index: number, plain: boolean): void {
      const picture = pictureAt(index);
      const task = taskAt(index);
      if (!picture || !task) return;
      const provenance = provenanceOf(plan(), task, plans.lookup);
      const { title, graph } = document.get();
      void downloadPicture(api, { picture, provenance, graph: { title, graph }, name: nameOf(index) }, plain).catch(
        shell.tellError,
      );
    },
    copyText(index: number): void {
      const task = taskAt(index);
      if (task) void copy(settingsText(plan(), task, nodeTypes, plans.lookup), 'Settings');
    },
    copyJson(index: number): void {
      const task = taskAt(index);
      if (task) void copy(settingsJson(plan(), task, plans.lookup), 'Settings as JSON');
    },
  };

  /** Parts of a file's name. */
  function nameOf(index: number): string[] {
    const { title, graph } = document.get();
    const own = graph.nodes[node];
    return [title, own?.title ?? nodeTypes.get(own?.type ?? '')?.title ?? node, labelOf(index)];
  }
}

function handedOn(task: Task): string[] {
  return Object.values(task.forwards ?? {}).flatMap((source) =>
    (isList(source) ? source : [source]).flatMap(({ task: { key } }) => key ?? []),
  );
}
