import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { axisColours } from '../../graphs/axis-colours.ts';
import type { PlannedNode } from '../../graphs/task.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import { aloneSize } from './alone-size.ts';
import { ratioOf } from './cells.ts';
import { spotNear, type Spot } from './grid-keys.ts';
import { fittingChoice, layoutOf, usualChoice, type GridChoice } from './grid-layout.ts';
import { GAP } from './GridRow.tsx';
import { CAPTION } from './GridTable.tsx';
import { headerFaces, headerSizes } from './header-faces.ts';
import { useGridStore } from './use-grid-store.ts';
import { fittingSize, sizeLimits } from './window.ts';

/** Layout, sizes and place of the focus of the grid of one node. */
export function useGrid(node: string, planned: PlannedNode) {
  const { nodeTypes } = useEditor();
  const store = useGridStore();
  const { axes, tasks, type } = planned;
  const chosen = useStore(store.store, ({ choices }) => choices.get(node));
  const wishedSize = useStore(store.store, ({ sizes }) => sizes.get(node) ?? null);
  const graph = useDocument((state) => state.graph);
  const colours = useMemo(() => axisColours(graph, nodeTypes), [graph, nodeTypes]);
  const choice = useMemo(() => fittingChoice(axes, chosen ?? usualChoice(axes)), [axes, chosen]);
  const ratio = usePlans(({ known }) => ratioOf(type, tasks, (key) => known.get(key)));
  const { scroller, box } = useBox();
  const [wishedSpot, setSpot] = useState<Spot>({ row: 0, column: 0 });

  const bare = useMemo(() => layoutOf(axes, choice), [axes, choice]);
  const limits = sizeLimits({ ...box, ratio, cells: Math.max(bare.rowCount, alone(bare) ? 1 : bare.columnCount) });
  const size = Math.round(Math.max(limits.least, Math.min(limits.most, wishedSize ?? usualSize())));
  const perRow = Math.max(1, Math.floor((box.width - 4) / (size + GAP)));
  const layout = useMemo(
    () => layoutOf(axes, choice, box.width > 0 ? perRow : null),
    [axes, choice, perRow, box.width],
  );
  const spot = useMemo(() => spotNear(layout, wishedSpot), [layout, wishedSpot]);

  function usualSize(): number {
    if (box.width === 0) return 160;
    if (alone(bare))
      return aloneSize({
        width: box.width - 4,
        height: box.height,
        cells: bare.columnCount,
        ratio,
        gap: GAP,
        extra: CAPTION,
      });
    const heads = headerSizes(bare, headerFaces(bare), box.width, 140);
    return fittingSize({
      width: box.width - heads.left - 4,
      height: box.height - heads.top - 4,
      columns: bare.columnCount,
      rows: bare.rowCount,
      ratio,
      gap: GAP,
      extra: 0,
    });
  }

  return {
    choice,
    layout,
    colours,
    ratio,
    box,
    scroller,
    size,
    limits,
    fits: wishedSize === null,
    spot,
    setSpot,
    choose: (next: GridChoice): void => store.choose(node, next),
    zoomTo: (width: number | null): void =>
      store.size(node, width === null ? null : Math.max(limits.least, Math.min(limits.most, width))),
  };
}

const alone = ({ rowAxis, columnAxis }: ReturnType<typeof layoutOf>): boolean => !rowAxis && columnAxis !== null;

/** The room of the scrolling element, without its scroll bars. */
function useBox() {
  const scroller = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setBox((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { scroller, box };
}
