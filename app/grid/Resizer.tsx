import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import styles from './Grid.module.css';

const LEAST = 280;
const LEAST_HEIGHT = 180;
/** The canvas keeps so much. */
const LEFT_OVER = 240;
const STEP = 24;

type Size = { width?: number; height?: number };

/** The edge towards the canvas: dragged with the pointer, or moved with the arrow keys. */
export function Resizer(props: {
  dock: 'side' | 'below';
  panel: RefObject<HTMLElement | null>;
  onSize: (size: Size) => void;
}) {
  const { dock, panel, onSize } = props;
  const isSide = dock === 'side';

  function take(size: number): void {
    const room = panel.current?.parentElement?.getBoundingClientRect();
    if (!room) return;
    const least = isSide ? LEAST : LEAST_HEIGHT;
    const most = Math.max(least, (isSide ? room.width : room.height) - LEFT_OVER);
    const next = Math.round(Math.max(least, Math.min(most, size)));
    onSize(isSide ? { width: next } : { height: next });
  }

  function now(): number {
    const box = panel.current?.getBoundingClientRect();
    return (isSide ? box?.width : box?.height) ?? 0;
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = panel.current!.getBoundingClientRect();
    take(isSide ? box.right - event.clientX : box.bottom - event.clientY);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const grows = isSide ? 'ArrowLeft' : 'ArrowUp';
    const shrinks = isSide ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== grows && event.key !== shrinks) return;
    event.preventDefault();
    event.stopPropagation();
    take(now() + (event.key === grows ? STEP : -STEP));
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that moves is a control
    <div
      className={styles.resizer}
      role="separator"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is moved by keys, too
      tabIndex={0}
      aria-orientation={isSide ? 'vertical' : 'horizontal'}
      aria-label="Size of the grid"
      aria-valuenow={Math.round(now())}
      aria-valuemin={isSide ? LEAST : LEAST_HEIGHT}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onDoubleClick={() => onSize(isSide ? { width: 560 } : { height: 380 })}
      onKeyDown={onKeyDown}
    />
  );
}
