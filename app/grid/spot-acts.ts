import { valueId } from '../../graphs/axes.ts';
import type { Shell } from '../panels/shell.ts';
import { MOST_COMPARED, type GridActions } from './actions.ts';
import type { Spot } from './grid-keys.ts';
import { pointOf, type GridLayout } from './grid-layout.ts';
import type { GridSelection } from './use-selection.ts';

export type SpotActs = ReturnType<typeof createSpotActs>;

/** What means one thing for a cell, another for a header, and a third for the selection. */
export function createSpotActs(options: {
  layout: GridLayout;
  selection: GridSelection;
  actions: GridActions;
  shell: Shell;
}) {
  const { layout, selection, actions, shell } = options;
  return {
    /** Struck out or put back: a header its value, a cell itself. */
    strike: (of: Spot): void => {
      if (of.row >= 0 && of.column >= 0) {
        const tasks = selection.targets(of);
        actions.strike(tasks, actions.struckAlone(tasks).length < tasks.length);
        return;
      }
      const axis = of.row < 0 ? layout.columnAxis : layout.rowAxis;
      const index = of.row < 0 ? layout.columns[of.column] : layout.rows[of.row];
      if (!axis || index === undefined) return;
      const { struck } = pointOf(axis, index);
      // Struck out by any of its members, put back in all of them.
      for (const member of struck ? axis.members : axis.members.slice(0, 1))
        actions.strikeValues(member.node, [valueId(member.values[index])], !struck);
    },
    /** The selection, else the cell; the comparison asks for a second one itself. */
    compare(of: Spot): void {
      const tasks = selection.targets(of);
      if (tasks.length <= MOST_COMPARED) actions.compare(tasks);
      else
        shell.tell({ kind: 'info', text: `Two to four pictures can be compared, and ${tasks.length} are selected.` });
    },
    exportCells: (tasks: readonly number[]): void =>
      actions.exportCells(tasks, { rows: layout.rowAxis?.id ?? null, columns: layout.columnAxis?.id ?? null }),
  };
}
