import { use, useMemo } from 'react';
import { ShellContext } from '../panels/shell.ts';
import { useEditor } from '../use-editor.ts';
import { cellsToCompare } from './comparing.ts';
import type { View } from './view.ts';

/** Compares what was marked at these nodes, or what they show; one picture alone asks for another. */
export function useCompare(view: View): (nodes: readonly string[]) => void {
  const { plans } = useEditor();
  const shell = use(ShellContext);
  return useMemo(
    () => (nodes) => {
      const { plan } = plans.get();
      const cells = cellsToCompare(view.get(), nodes, (id) => plan.nodes.get(id)?.tasks.length ?? 0);
      if (cells.length > 0) shell?.show({ type: 'compare', cells });
    },
    [plans, shell, view],
  );
}
