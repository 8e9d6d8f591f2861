import { useEffect, useRef } from 'react';
import { aimAt } from './kept-place.ts';

/** Two fingers, or the wheel with Ctrl held, make the cells larger or smaller. */
export function useZoomGestures(
  scroller: React.RefObject<HTMLElement | null>,
  size: number,
  zoomTo: (width: number) => void,
): void {
  const now = useRef({ size, zoomTo });
  useEffect(() => {
    now.current = { size, zoomTo };
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let pinch: { distance: number; size: number } | null = null;

    function onWheel(event: WheelEvent): void {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const factor = Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240);
      const { size: before } = now.current;
      const after = before * factor;
      aimAt(element!, { x: event.clientX, y: event.clientY });
      // A turn of the wheel always does something, however small the cells.
      now.current.zoomTo(Math.abs(after - before) < 1 ? before + Math.sign(after - before) : after);
    }
    function onTouch(event: TouchEvent): void {
      if (event.touches.length !== 2) {
        pinch = null;
        return;
      }
      event.preventDefault();
      const [a, b] = [event.touches[0]!, event.touches[1]!];
      const distance = Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY));
      if (pinch && event.type === 'touchmove') {
        aimAt(element!, { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 });
        now.current.zoomTo((pinch.size * distance) / pinch.distance);
      } else pinch = { distance, size: now.current.size };
    }

    const leaving = new AbortController();
    const options = { passive: false, signal: leaving.signal } as const;
    element.addEventListener('wheel', onWheel, options);
    for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const)
      element.addEventListener(type, onTouch, options);
    return () => leaving.abort();
  }, [scroller]);
}

const LONG_MS = 500;
const STILL_PX = 10;

/** A finger that rests somewhere opens the menu there. */
export function useLongPress(open: (target: Element, at: { x: number; y: number }) => void) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const opened = useRef(false);
  const end = (): void => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  return {
    /** Was the tap that ends now a long one? Then it does nothing more. */
    wasLong: (): boolean => opened.current,
    down(event: React.PointerEvent): void {
      end();
      opened.current = false;
      if (event.pointerType !== 'touch' || !event.isPrimary || !(event.target instanceof Element)) return;
      const { target, clientX: x, clientY: y } = event;
      press.current = {
        x,
        y,
        timer: setTimeout(() => {
          opened.current = true;
          open(target as Element, { x, y });
        }, LONG_MS),
      };
    },
    move(event: React.PointerEvent): void {
      const { current } = press;
      if (current && Math.hypot(event.clientX - current.x, event.clientY - current.y) > STILL_PX) end();
    },
    end,
  };
}
