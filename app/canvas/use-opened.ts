import { useReactFlow, type Viewport } from '@xyflow/react';
import { useEffect } from 'react';
import { useDocument, useEditor } from '../use-editor.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import type { CanvasContextValue } from './view.ts';

/** Cards take their size when their plan and pictures are there, which is soon after their graph. */
const GROWING_MS = 3000;
const hands = ['pointerdown', 'keydown', 'wheel'] as const;

/** Another document was opened: all of it into view, and what its cards grow by at first, until there is a hand on it. */
export function useOpened({ view, commands }: CanvasContextValue): void {
  const { document } = useEditor();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const opened = useDocument((state) => state.opened);
  useEffect(() => {
    let leave = (): void => undefined;
    let over = false;
    const stop = (): void => {
      over = true;
      leave();
      for (const hand of hands) removeEventListener(hand, stop, true);
    };
    const timer = setTimeout(stop, GROWING_MS);
    // Once React Flow has taken it over.
    const frame = requestAnimationFrame(() => {
      const { graph } = document.get();
      // React Flow would keep a fit of nothing for the first node that comes, and pull it away from where it was put.
      if (Object.keys(graph.nodes).length === 0) return void flow.setViewport({ x: 0, y: 0, zoom: 1 });
      // It knows when all cards are measured, and nothing of the map.
      void flow.fitView().then(() => {
        if (over) return;
        const fit = (): Viewport => (commands.fit(true), flow.getViewport());
        let fitted = fit();
        for (const hand of hands) addEventListener(hand, stop, true);
        leave = view.store.subscribe(({ nodes }, before) => {
          const now = flow.getViewport();
          const moved = now.x !== fitted.x || now.y !== fitted.y || now.zoom !== fitted.zoom;
          if (moved || document.get().graph !== graph) stop();
          else if (nodes.some(({ measured }, i) => measured !== before.nodes[i]?.measured)) fitted = fit();
        });
      });
    });
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      stop();
    };
  }, [opened, document, flow, view, commands]);
}
