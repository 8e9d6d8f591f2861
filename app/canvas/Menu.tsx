import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import type { Position } from '../../graphs/graph.ts';
import { Backdrop, useStayInside } from './Popup.tsx';
import styles from './Popup.module.css';

export type MenuItem =
  | 'line'
  /** Colours to choose from, in a row; null = the usual one. */
  | {
      readonly label: string;
      readonly swatches: readonly {
        readonly label: string;
        readonly colour: string | null;
        readonly chosen: boolean;
        readonly act: () => void;
      }[];
    }
  | {
      readonly title: ReactNode;
      readonly icon?: ReactNode;
      readonly keys?: string;
      readonly detail?: ReactNode;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly act: () => void;
    };

/** A small list over the canvas: arrows, Home, End and first letters move, Enter chooses, Escape closes. */
export function Menu(props: {
  at: Position;
  label: string;
  items: readonly MenuItem[];
  heading?: string;
  onClose: () => void;
}) {
  const { at, label, items, heading, onClose } = props;
  const list = useStayInside(at);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role^=menuitem]:not(:disabled)')?.focus();
  }, [list]);

  function move(event: KeyboardEvent): void {
    const all = [...list.current!.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
    const now = all.indexOf(document.activeElement as HTMLElement);
    const to = nextIndex(event.key, now, all);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (to !== null) {
      event.preventDefault();
      event.stopPropagation();
      all[to]?.focus();
    }
  }

  return (
    <Backdrop onClose={onClose}>
      <div ref={list} className={styles.menu} role="menu" tabIndex={-1} aria-label={label} onKeyDown={move}>
        {heading && <p className={styles.heading}>{heading}</p>}
        {items.map((item, i) =>
          item === 'line' ? (
            <hr key={`line${i}`} />
          ) : 'swatches' in item ? (
            <div key={item.label} className={styles.swatches} role="group" aria-label={item.label}>
              {item.swatches.map(({ label: name, colour, chosen, act }) => (
                <button
                  key={name}
                  type="button"
                  role="menuitemradio"
                  aria-checked={chosen}
                  aria-label={name}
                  title={name}
                  style={{ background: colour ?? undefined }}
                  onClick={() => {
                    onClose();
                    act();
                  }}
                >
                  {colour === null && 'Usual'}
                </button>
              ))}
            </div>
          ) : (
            <button
              key={i}
              type="button"
              role="menuitem"
              className={styles.item}
              data-danger={item.danger || undefined}
              disabled={item.disabled}
              onClick={() => {
                onClose();
                item.act();
              }}
            >
              <span className={styles.itemIcon}>{item.icon}</span>
              <span className={styles.itemTitle}>
                {item.title}
                {item.detail && <small>{item.detail}</small>}
              </span>
              {item.keys && <kbd>{item.keys}</kbd>}
            </button>
          ),
        )}
      </div>
    </Backdrop>
  );
}

function nextIndex(key: string, now: number, all: readonly HTMLElement[]): number | null {
  if (key === 'ArrowDown' || key === 'ArrowRight') return (now + 1) % all.length;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (now - 1 + all.length) % all.length;
  if (key === 'Home') return 0;
  if (key === 'End') return all.length - 1;
  if (key.length !== 1 || key === ' ') return null;
  const order = [...all.slice(now + 1), ...all.slice(0, now + 1)];
  const hit = order.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
  return hit ? all.indexOf(hit) : null;
}
