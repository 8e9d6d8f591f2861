import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { useMemo } from 'react';
import { withoutGuesses, type FlowEdge, type FlowNode } from './flow.ts';
import type { CanvasContextValue } from './view.ts';

/** What is done by hand on the canvas, as React Flow tells of it: selecting, dragging, menus and double presses. */
export function useFlowEvents({ view, commands }: CanvasContextValue) {
  return useMemo(
    () => ({
      onNodesChange: (changes: NodeChange<FlowNode>[]): void => {
        const kept = changes.filter(({ type }) => type !== 'remove');
        const measured = new Set(kept.flatMap((change) => (change.type === 'dimensions' ? [change.id] : [])));
        view.set(({ nodes: now }) => {
          const next = applyNodeChanges(kept, now as FlowNode[]);
          return { nodes: measured.size > 0 ? withoutGuesses(next, measured) : next };
        });
      },
      onEdgesChange: (changes: EdgeChange<FlowEdge>[]): void => {
        const kept = changes.filter(({ type }) => type === 'select');
        if (kept.length > 0) view.set(({ edges: now }) => ({ edges: applyEdgeChanges(kept, now as FlowEdge[]) }));
      },
      onNodeDragStop: (_: unknown, __: unknown, moved: FlowNode[]): void => commands.settle(moved),
      onSelectionDragStop: (_: unknown, moved: FlowNode[]): void => commands.settle(moved),
      onNodeContextMenu: (event: React.MouseEvent, node: FlowNode): void => {
        if (event.target instanceof Element && event.target.closest('textarea, input, a')) return;
        event.preventDefault();
        if (!node.selected) view.select([node.id]);
        view.set({ popup: { type: 'menu', at: { x: event.clientX, y: event.clientY }, node: node.id } });
      },
      onPaneContextMenu: (event: MouseEvent | React.MouseEvent): void => {
        event.preventDefault();
        commands.openSearch({ x: event.clientX, y: event.clientY });
      },
    }),
    [view, commands],
  );
}

/** A double press renames, comes nearer, or adds a node where there is none. */
export function useDoublePress({ view, commands }: CanvasContextValue): (event: React.MouseEvent) => void {
  return useMemo(
    () =>
      ({ target, clientX, clientY }) => {
        if (!(target instanceof Element)) return;
        const title = target.closest<HTMLElement>('[data-rename]');
        if (title) commands.rename(title.dataset.rename!);
        const card = target.closest<HTMLElement>('.react-flow__node');
        if (card && view.get().far) commands.focusNode(card.dataset.id!);
        if (target.classList.contains('react-flow__pane')) commands.openSearch({ x: clientX, y: clientY });
      },
    [view, commands],
  );
}
