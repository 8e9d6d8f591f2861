import { nearestSweep } from '../../graphs/more-values.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import type { Editor } from '../editor.ts';
import { pictureFileName } from '../panels/picture-name.ts';
import type { Shell } from '../panels/shell.ts';
import { downloadPicture } from '../provenance/download.ts';
import { createCellTasks, makingKeysOf } from './cell-tasks.ts';
import { pictureInputs } from './picture-inputs.ts';
import { settingsJson, settingsText } from './settings-text.ts';

export const MOST_COMPARED = 4;

export type GridActions = ReturnType<typeof createGridActions>;

/** Everything that the grid of one node can do with its tasks; `tasks` are numbers of tasks. */
export function createGridActions(options: { editor: Editor; shell: Shell; node: string }) {
  const { editor, shell, node } = options;
  const { document, plans, nodeTypes, api } = editor;
  const cells = createCellTasks(options);
  const { taskAt, tasksAt, pictureAt, labelOf, keysOf, retrying, nameOf } = cells;
  const { countOf, outlookOf, takesOf, struckAlone, openPick } = cells;
  const plan = () => plans.get().plan;

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

  /** Says so where all of these are struck out: what has the focus then may be anything. */
  function areStruck(tasks: readonly number[]): boolean {
    const all = tasksAt(tasks);
    if (all.length === 0 || all.some(({ idle }) => idle !== 'struck')) return false;
    const [what, them] = all.length === 1 ? ['This cell is', 'it'] : ['These cells are', 'them'];
    shell.tell({
      kind: 'info',
      text:
        struckAlone(tasks).length === all.length
          ? `${what} struck out, so nothing is made there. Put ${them} back first (X).`
          : `A value of ${all.length === 1 ? 'this cell' : 'these cells'} is struck out, so nothing is made there. Put it back first.`,
    });
    return true;
  }

  return {
    taskAt,
    pictureAt,
    labelOf,
    keysOf,
    retrying,
    countOf,
    outlookOf,
    takesOf,
    struckAlone,
    open: (index: number): void => shell.show({ type: 'viewer', node, index }),
    make(tasks: readonly number[]): void {
      if (areStruck(tasks)) return;
      shell.make(keysOf(tasks), { title: tasks.length === 1 ? 'Make this one' : `Make ${tasks.length} cells` });
    },
    retry(tasks: readonly number[]): void {
      if (areStruck(tasks)) return;
      const failures = retrying(tasks);
      const isOffline = editor.server.getState().reply?.service.kind === 'offline';
      if (failures.newTake.length > 0 && !isOffline) shell.show({ type: 'retry', failures });
      else shell.begin({ type: 'retry', failures });
    },
    /** `said`: their price was said where this was chosen. */
    newTake: (firstKeys: readonly string[], { said = false } = {}): void => shell.newTake(firstKeys, { said }),
    takeAnew(tasks: readonly number[]): void {
      if (!areStruck(tasks)) shell.newTake(takesOf(tasks));
    },
    /** The node of the seed sweep that can be made longer, nearest to this one. */
    seedSweep: (): string | null => nearestSweep(plan(), document.get().graph, node)?.node ?? null,
    moreSeeds: (): void => shell.show({ type: 'more-seeds', node }),
    decide(index: number): void {
      const key = taskAt(index)?.key;
      if (key) shell.show({ type: 'unknown', key });
    },
    /** Single cells are struck out, or put back. Values keep their own strikes. */
    strike(tasks: readonly number[], struck: boolean): void {
      const firstKeys = [...new Set(tasksAt(tasks).flatMap(({ firstKey }) => firstKey ?? []))];
      if (firstKeys.length > 0 && !document.refuses()) document.change({ type: 'strikeTasks', firstKeys, struck });
    },
    strikeValues(member: string, values: readonly string[], struck: boolean): void {
      if (!document.refuses()) document.change({ type: 'strikeValues', node: member, values, struck });
    },
    /** 0 takes the rating away. What nobody has made cannot be rated. */
    rate(tasks: readonly number[], rating: number): void {
      const keys = new Set(tasksAt(tasks).flatMap(makingKeysOf));
      for (const key of keys) if (plans.lookup(key)?.status !== 'done') keys.delete(key);
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
      if (document.refuses()) return;
      const pictures = tasks.flatMap((index) => {
        const picture = pictureAt(index);
        return picture ? [{ ...picture, name: pictureFileName(nameOf(index), picture.mediaType) }] : [];
      });
      const nodes = pictureInputs(pictures, { graph: document.get().graph, nodeTypes, beside: node });
      if (nodes.length === 0) return;
      document.change({ type: 'add', nodes });
      shell.tell({
        kind: 'info',
        text:
          nodes.length === 1
            ? 'The picture stands on the canvas as an input.'
            : `${nodes.length} pictures stand on the canvas as inputs.`,
        action: { label: 'Show', act: () => shell.canvas()?.focusNode(nodes[0]!.id) },
      });
    },
    compare: (tasks: readonly number[]): void =>
      shell.show({ type: 'compare', cells: tasks.slice(0, MOST_COMPARED).map((index) => ({ node, index })) }),
    /** `rows`, `columns`: the axes as they stand. Without tasks, all of them. */
    exportCells: (tasks: readonly number[], axes: { rows: string | null; columns: string | null }): void =>
      shell.show({ type: 'export', node, ...(tasks.length > 0 ? { cells: tasks } : {}), ...axes }),
    history: (index: number): void => shell.show({ type: 'history', node, index }),
    pick: (): void => shell.show({ type: 'pick', node: openPick() ?? node }),
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
}
