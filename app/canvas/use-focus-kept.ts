import { useEffect } from 'react';
import { cardElement } from './looking.ts';
import type { View } from './view.ts';

/** When the card with the focus goes (undone, deleted elsewhere), the focus stays on the canvas: the keys go on working there. */
export function useFocusKept(view: View, frame: React.RefObject<HTMLElement | null>): void {
  useEffect(
    () =>
      view.store.subscribe(({ nodes }, before) => {
        if (nodes === before.nodes) return;
        const card = document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
        if (card === undefined || nodes.some(({ id }) => id === card)) return;
        const wait = (): void => {
          if (view.get().nodes.some(({ id }) => id === card)) return;
          if (cardElement(card)) requestAnimationFrame(wait);
          else if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true });
        };
        requestAnimationFrame(wait);
      }),
    [view, frame],
  );
}
