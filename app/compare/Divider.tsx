import { ChevronsLeftRight } from 'lucide-react';
import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { fitted, type Size } from '../panels/viewer-view.ts';
import type { useStage } from '../panels/use-stage.ts';
import { spanOf } from './span.ts';
import styles from './Stage.module.css';

type Props = {
  frame: Size | null;
  stage: ReturnType<typeof useStage>;
  vertical: boolean;
  /** Its place between the edges of what is in view of the picture, 0 to 1. */
  at: number;
  onAt: (at: number) => void;
  label: string;
  /** Draws both halves; each gets the style that cuts it off at the line. */
  children: (clips: readonly [CSSProperties, CSSProperties]) => ReactNode;
};

/** A line between two pictures in the same place: drag it, or move it with the arrows while it has the focus. */
export function Divider({ frame, stage, vertical, at, onAt, label, children }: Props) {
  const grip = useRef<HTMLDivElement>(null);
  const { room, view } = stage;
  const size = frame ?? { width: 1, height: 1 };
  const shown = frame ? view : fitted(size, room);
  const along = spanOf(vertical ? 'x' : 'y', size, shown, room);
  const across = spanOf(vertical ? 'y' : 'x', size, shown, room);
  const place = along.start + at * (along.end - along.start);
  const total = vertical ? room.width : room.height;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.shiftKey ? 0.1 : 0.01;
    const [back, on] = vertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const to = { [back]: at - by, [on]: at + by, PageUp: at + 0.1, PageDown: at - 0.1, Home: 0, End: 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onAt(Math.max(0, Math.min(1, to)));
  }

  function drag(event: PointerEvent): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = grip.current!.parentElement!.getBoundingClientRect();
    const now = vertical ? event.clientX - box.left : event.clientY - box.top;
    onAt(Math.max(0, Math.min(1, (now - along.start) / Math.max(1, along.end - along.start))));
  }

  return (
    <>
      {children(
        vertical
          ? [{ clipPath: `inset(0 ${total - place}px 0 0)` }, { clipPath: `inset(0 0 0 ${place}px)` }]
          : [{ clipPath: `inset(0 0 ${total - place}px 0)` }, { clipPath: `inset(${place}px 0 0 0)` }],
      )}
      <div
        ref={grip}
        className={styles.divider}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation={vertical ? 'horizontal' : 'vertical'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(at * 100)}
        data-vertical={vertical}
        style={
          vertical
            ? { left: place, top: across.start, height: across.end - across.start }
            : { top: place, left: across.start, width: across.end - across.start }
        }
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          // The stage below would take it for a wish to move the picture.
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={drag}
        onDoubleClick={() => onAt(0.5)}
      >
        <span>
          <ChevronsLeftRight size={18} aria-hidden />
        </span>
      </div>
    </>
  );
}
