import { useCallback, useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import { fitted, movedBy, zoomedAt, type PictureView, type Point, type Size } from './viewer-view.ts';

const nowhere: Size = { width: 1, height: 1 };
const WHEEL_SPEED = 0.0022;
/** Pixels that one press of a key moves the picture. */
const PAN = 80;

/**
 * Zoom and pan of a picture on a stage: wheel, drag, pinch, and commands for keys and buttons. A stage may be divided into
 * panes of one size, marked `data-pane`, that show the same part of several pictures; it gets `panes`, their number.
 */
export function useStage(picture: Size | null, panes = 1) {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [stage, setStage] = useState<Size>(nowhere);
  /** Null = fitted, also when the stage changes its size. */
  const [chosen, setChosen] = useState<PictureView | null>(null);
  const pointers = useRef(new Map<number, Point>());
  /** Where the last pointer went down: a captured one tells nothing of it. */
  const pressed = useRef<Element | null>(null);
  const size = picture ?? nowhere;
  const view = chosen ?? fitted(size, stage);

  const change = useCallback(
    (make: (view: PictureView) => PictureView) => setChosen((before) => make(before ?? fitted(size, stage))),
    [size, stage],
  );
  const zoomTo = useCallback(
    (zoom: (now: number) => number, at: Point = { x: 0, y: 0 }) =>
      change((now) => zoomedAt(now, zoom(now.zoom), at, size, stage)),
    [change, size, stage],
  );

  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setStage(entry!.contentRect));
    observer.observe(element.querySelector('[data-pane]') ?? element);
    return () => observer.disconnect();
  }, [element, panes]);

  useEffect(() => {
    if (!element) return;
    // React's own wheel listeners are passive, so they could not keep the page from zooming.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const speed = event.ctrlKey ? 4 * WHEEL_SPEED : WHEEL_SPEED;
      zoomTo(
        (zoom) => zoom * Math.exp(-event.deltaY * lines * speed),
        fromMiddle(paneAt(event.target, element), event),
      );
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [element, zoomTo]);

  function onPointerDown(event: ReactPointerEvent<HTMLDivElement>): void {
    // A captured pointer would take the press away from what stands on the stage.
    if (event.target instanceof Element && event.target.closest('button, a')) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = paneAt(event.target, event.currentTarget);
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  function onPointerMove(event: ReactPointerEvent<HTMLDivElement>): void {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, now);
    if (!other) {
      change((view) => movedBy(view, { x: now.x - before.x, y: now.y - before.y }, size, stage));
      return;
    }
    const ratio = distance(now, other) / Math.max(1, distance(before, other));
    const middle = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
    const at = fromMiddle(pressed.current ?? event.currentTarget, middle);
    change((view) =>
      movedBy(
        zoomedAt(view, view.zoom * ratio, at, size, stage),
        { x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 },
        size,
        stage,
      ),
    );
  }

  const release = (event: ReactPointerEvent): void => void pointers.current.delete(event.pointerId);

  return {
    view,
    /** The size of the stage, or of each pane of it. */
    room: stage,
    isFitted: chosen === null,
    panBy: (by: Point) => change((now) => movedBy(now, by, size, stage)),
    fit: useCallback(() => setChosen(null), []),
    zoomTo,
    stageProps: { ref: setElement, onPointerDown, onPointerMove, onPointerUp: release, onPointerCancel: release },
  };
}

function paneAt(target: EventTarget | null, stage: Element): Element {
  return (target instanceof Element && target.closest('[data-pane]')) || stage;
}

function fromMiddle(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
}

export type Stage = ReturnType<typeof useStage>;

/** How a picture in the middle of a stage is put where the view has it. */
export function transformOf({ x, y, zoom }: PictureView): string {
  return `translate(-50%, -50%) translate(${x}px, ${y}px) scale(${zoom})`;
}

/** Arrows with Shift move a picture that is larger than its stage; null for other keys. */
export function panOf({ key, shiftKey }: { key: string; shiftKey: boolean }): Point | null {
  if (!shiftKey) return null;
  const steps: Record<string, Point> = {
    ArrowLeft: { x: PAN, y: 0 },
    ArrowRight: { x: -PAN, y: 0 },
    ArrowUp: { x: 0, y: PAN },
    ArrowDown: { x: 0, y: -PAN },
  };
  return steps[key] ?? null;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
