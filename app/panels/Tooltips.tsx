import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './Tooltips.module.css';

const WAIT_MS = 450;
const GAP = 6;
const MARGIN = 8;

type Shown = {
  readonly text: string;
  readonly keys: string | undefined;
  readonly box: DOMRect;
  readonly above: boolean;
};

/**
 * The one tooltip of the app: the text stands at the element as `data-tip`. It repeats in sight what the element's name
 * already says to a screen reader, so it is hidden from that.
 */
export function Tooltips() {
  const [shown, setShown] = useState<Shown | null>(null);
  const tip = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      setShown(null);
    };
    const offer = (event: Event): void => {
      hide();
      const element = event.target instanceof Element ? tippedBy(event.target) : null;
      if (!element || (event.type === 'focusin' && !(event.target as Element).matches(':focus-visible'))) return;
      if (event instanceof PointerEvent && event.pointerType === 'touch') return;
      timer = setTimeout(() => {
        const { tip: text, keys, tipAbove } = element.dataset;
        if (text && element.isConnected && element.dataset.state !== 'open')
          setShown({ text, keys, box: element.getBoundingClientRect(), above: tipAbove !== undefined });
      }, WAIT_MS);
    };
    // Whoever writes has read it.
    const onKey = ({ key }: KeyboardEvent): void => void ((key === 'Escape' || key.length === 1) && hide());
    const leaving = new AbortController();
    const { signal } = leaving;
    document.addEventListener('pointerover', offer, { signal });
    document.addEventListener('focusin', offer, { signal });
    document.addEventListener('focusout', hide, { signal });
    document.addEventListener('pointerdown', hide, { signal, capture: true });
    document.addEventListener('wheel', hide, { signal, passive: true });
    document.addEventListener('keydown', onKey, { signal });
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, []);

  useLayoutEffect(() => {
    const element = tip.current;
    if (!element || !shown) return;
    const { width, height } = element.getBoundingClientRect();
    const { box } = shown;
    const fitsBelow = box.bottom + GAP + height + MARGIN <= innerHeight;
    const below = shown.above ? box.top - GAP - height < MARGIN : fitsBelow;
    const left = box.left + box.width / 2 - width / 2;
    element.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
    element.style.top = `${below ? box.bottom + GAP : box.top - GAP - height}px`;
  }, [shown]);

  if (!shown) return null;
  return (
    <div ref={tip} className={styles.tip} aria-hidden>
      {shown.text}
      {shown.keys && <span>{shown.keys}</span>}
    </div>
  );
}

/** Its own tip, or that of its name: a field's label tells of the field. */
function tippedBy(element: Element): HTMLElement | null {
  const { labels } = element as Partial<HTMLInputElement>;
  return element.closest<HTMLElement>('[data-tip]') ?? labels?.[0]?.closest<HTMLElement>('[data-tip]') ?? null;
}
