import type { ReactFlowInstance } from '@xyflow/react';
import type { FlowEdge, FlowNode } from './flow.ts';
import { LEAST_ZOOM, MOST_ZOOM } from './size.ts';

/** Two fingers on this element zoom and move the view, until the remover is called. */
export function followPinch(element: HTMLElement, flow: ReactFlowInstance<FlowNode, FlowEdge>): () => void {
  let last: Pinch | null = null;
  /** From two fingers on until all are lifted, nothing else hears of them: a card under one would go with it. */
  let ours = false;

  function onStart(event: TouchEvent): void {
    if (event.touches.length === 2 && [...event.touches].some(({ target }) => isOnCard(target))) {
      ours = true;
      last = pinchOf(event.touches);
    }
    if (ours) swallow(event);
  }
  function onMove(event: TouchEvent): void {
    if (!ours) return;
    swallow(event);
    if (!last || event.touches.length !== 2) return;
    const now = pinchOf(event.touches);
    const view = flow.getViewport();
    const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, (view.zoom * now.distance) / last.distance));
    const { left, top } = element.getBoundingClientRect();
    // What was between the fingers stays between them.
    const x = now.x - left - ((last.x - left - view.x) * zoom) / view.zoom;
    const y = now.y - top - ((last.y - top - view.y) * zoom) / view.zoom;
    void flow.setViewport({ x, y, zoom });
    last = now;
  }
  function onEnd(event: TouchEvent): void {
    last = null;
    if (event.touches.length === 0) ours = false;
  }

  const options = { capture: true, passive: false } as const;
  element.addEventListener('touchstart', onStart, options);
  element.addEventListener('touchmove', onMove, options);
  element.addEventListener('touchend', onEnd, options);
  element.addEventListener('touchcancel', onEnd, options);
  return () => {
    element.removeEventListener('touchstart', onStart, options);
    element.removeEventListener('touchmove', onMove, options);
    element.removeEventListener('touchend', onEnd, options);
    element.removeEventListener('touchcancel', onEnd, options);
  };
}

type Pinch = { readonly x: number; readonly y: number; readonly distance: number };

function pinchOf(touches: TouchList): Pinch {
  const [a, b] = [touches[0]!, touches[1]!];
  return {
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    distance: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
  };
}

function isOnCard(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.react-flow__node') !== null;
}

function swallow(event: TouchEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
