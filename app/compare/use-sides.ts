import { useEffect, useMemo, useState } from 'react';
import type { Lookup } from '../../graphs/known.ts';
import type { CompareCell } from '../panels/shell.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import { measure, sideOf, type Side, type SidePicture } from './sides.ts';

/** The pictures of these cells as they are now: one that is made while it is looked at appears. */
export function useSides(cells: readonly CompareCell[]): readonly Side[] {
  const { nodeTypes, plans } = useEditor();
  const graph = useDocument((state) => state.graph);
  const plan = usePlans((state) => state.plan);
  const version = usePlans((state) => state.knownVersion);
  const sizes = useSizes(cells);
  return useMemo(() => {
    const lookup: Lookup = plans.lookup;
    const titleOf = (node: string): string =>
      graph.nodes[node]?.title ?? nodeTypes.get(graph.nodes[node]?.type ?? '')?.title ?? node;
    return cells.map((cell, place) => sideOf(cell, place, { plan, lookup, titleOf, sizes }));
    // oxlint-disable-next-line react/exhaustive-deps -- what is known changes in place; its version says when
  }, [cells, graph, plan, version, sizes, nodeTypes, plans]);
}

function useSizes(cells: readonly CompareCell[]): ReadonlyMap<string, SidePicture | null> {
  const [sizes, setSizes] = useState<ReadonlyMap<string, SidePicture | null>>(() => new Map());
  const missing = cells.flatMap((cell) => ('sha256' in cell && !sizes.has(cell.sha256) ? [cell.sha256] : [])).join(' ');
  useEffect(() => {
    let over = false;
    for (const sha256 of missing.split(' ').filter(Boolean))
      void measure(sha256).then((picture) => {
        if (!over) setSizes((before) => new Map(before).set(sha256, picture));
      });
    return () => {
      over = true;
    };
  }, [missing]);
  return sizes;
}
