import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import styles from './Canvas.module.css';

/** Pixels between two dots at zoom 1, as in the style sheet. */
const GAP = 24;

/**
 * The dotted ground. It is painted once and then only moved and scaled, where React Flow's own would be painted anew for
 * each frame of a pan or a zoom. Every time the zoom doubles, twice as many dots stand for the same stretch.
 */
export function Dots() {
  const store = useStoreApi();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // From 0.7 to 1.4, for which the style sheet makes the ground large enough.
    const place = ([x, y, zoom]: readonly [number, number, number]): void => {
      const scale = zoom / 2 ** Math.round(Math.log2(zoom));
      const gap = GAP * scale;
      ref.current!.style.transform = `translate(${remainder(x, gap) - gap}px, ${remainder(y, gap) - gap}px) scale(${scale})`;
    };
    place(store.getState().transform);
    return store.subscribe(({ transform }, before) => {
      if (transform !== before.transform) place(transform);
    });
  }, [store]);
  return <div ref={ref} className={styles.dots} aria-hidden />;
}

const remainder = (value: number, by: number): number => ((value % by) + by) % by;
