import { useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Position } from '../../graphs/graph.ts';
import styles from './Popup.module.css';

/** Takes the press beside a popup, so that it closes it and does nothing else. */
export function Backdrop({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  return (
    <div
      className={styles.backdrop}
      role="presentation"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      onContextMenu={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      {children}
    </div>
  );
}

/** Puts a popup at its place, moved as far as it takes to be wholly on the screen. */
export function useStayInside({ x, y }: Position): React.RefObject<HTMLDivElement | null> {
  const popup = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = popup.current;
    if (!element) return;
    const place = (): void => {
      const { offsetWidth, offsetHeight } = element;
      element.style.left = `${Math.max(8, Math.min(x, innerWidth - offsetWidth - 8))}px`;
      element.style.top = `${Math.max(8, Math.min(y, innerHeight - offsetHeight - 8))}px`;
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(element);
    return () => observer.disconnect();
  }, [x, y]);
  return popup;
}
