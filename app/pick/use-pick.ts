import { useMemo } from 'react';
import type { Lookup } from '../../graphs/known.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import { choicesOf, choose, pickRowsOf, type PickRow } from './pick-rows.ts';

/** What there is to choose at a node, and choosing. Null once the node is gone, or is no node where a person chooses. */
export function usePick(id: string) {
  const { document, nodeTypes } = useEditor();
  const node = useDocument(({ graph }) => graph.nodes[id]);
  const plan = usePlans((state) => state.plan);
  const rows = useMemo(() => (node ? pickRowsOf(plan, node) : []), [plan, node]);
  const picks = node && nodeTypes.get(node.type)?.picks;
  if (!node || !picks) return null;
  return {
    title: node.title ?? nodeTypes.get(node.type)!.title,
    rows,
    /** False where enough are chosen already. */
    choose(row: PickRow, candidate: string): boolean {
      const value = choose(choicesOf(node, picks.choices), row, candidate, Date.now());
      if (value) document.change({ type: 'setParam', node: id, name: picks.choices, value });
      return value !== null;
    },
  };
}

/** How many of these rows' pictures are made already. */
export function madeOf(rows: readonly PickRow[], lookup: Lookup): { made: number; all: number } {
  let made = 0;
  let all = 0;
  for (const { candidates } of rows)
    for (const { output } of candidates) {
      all++;
      if (output.task.outputs || (output.task.key !== null && lookup(output.task.key)?.status === 'done')) made++;
    }
  return { made, all };
}
