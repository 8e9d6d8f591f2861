import { useReactFlow } from '@xyflow/react';
import { useRef, type PointerEvent } from 'react';
import { useEditor, useReadOnly } from '../use-editor.ts';
import styles from './Card.module.css';
import { GRID } from './size.ts';

const NARROWEST = 240;
const WIDEST = 960;

/** The right edge of a card, to make it wider; one undo step when it is let go. */
export function Grip({ id, width }: { id: string; width: number }) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const flow = useReactFlow();
  const drag = useRef<{ x: number; width: number } | null>(null);

  const widthAt = (event: PointerEvent): number => {
    const wish = drag.current!.width + (event.clientX - drag.current!.x) / flow.getZoom();
    return Math.min(WIDEST, Math.max(NARROWEST, Math.round(wish / GRID) * GRID));
  };

  if (readOnly) return null;
  return (
    <div
      className={`${styles.grip} nodrag nopan`}
      aria-hidden
      onPointerDown={(event) => {
        drag.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (drag.current) event.currentTarget.parentElement!.style.width = `${widthAt(event)}px`;
      }}
      onPointerUp={(event) => {
        if (!drag.current) return;
        const now = widthAt(event);
        drag.current = null;
        if (now !== width) document.change({ type: 'resize', node: id, width: now });
      }}
      onPointerCancel={(event) => {
        drag.current = null;
        event.currentTarget.parentElement!.style.width = `${width}px`;
      }}
    />
  );
}
