import { useMemo, useRef, type PointerEvent } from 'react';
import type { Position } from '../../graphs/graph.ts';

const LONG_MS = 550;
const STILL_PX = 10;

/** A finger that rests on empty canvas does what a double click does. */
export function useLongPress(act: (at: Position) => void) {
  const press = useRef<{ at: Position; timer: ReturnType<typeof setTimeout> } | null>(null);
  return useMemo(() => {
    const end = (): void => {
      clearTimeout(press.current?.timer);
      press.current = null;
    };
    return {
      onPointerDown: (event: PointerEvent): void => {
        const wasDown = press.current !== null;
        end();
        const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
        if (event.pointerType !== 'touch' || !onPane || wasDown || !event.isPrimary) return;
        const at = { x: event.clientX, y: event.clientY };
        press.current = { at, timer: setTimeout(() => act(at), LONG_MS) };
      },
      onPointerMove: (event: PointerEvent): void => {
        const { at } = press.current ?? {};
        if (at && Math.hypot(event.clientX - at.x, event.clientY - at.y) > STILL_PX) end();
      },
      onPointerUp: end,
      onPointerCancel: end,
    };
  }, [act]);
}
