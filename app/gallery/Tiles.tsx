import {
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import styles from './Gallery.module.css';
import type { GalleryStore } from './gallery-store.ts';
import { createLongPress } from './long-press.ts';
import { Tile } from './Tile.tsx';
import { captionHeight, hasCaption, stepOf } from './tiles.ts';
import type { Selection } from './use-selection.ts';
import { useTileWindow } from './use-tile-window.ts';

export type TilesHandle = {
  toTop(): void;
  focus(): void;
  /** A key that was pressed while nothing had the focus. */
  press(event: KeyboardEvent): void;
};

type Props = {
  ref: Ref<TilesHandle>;
  gallery: GalleryStore;
  selection: Selection;
  onSelect: (indexes: readonly number[], isSelected: (key: string) => boolean) => void;
  onSelectAll: () => void;
  onOpen: (index: number) => void;
  /** True where the key was taken. */
  onKey: (event: KeyboardEvent) => boolean;
  empty: ReactNode;
};

/** The pictures in rows; only those in view are on the page, however many there are. */
export function Tiles({ ref, gallery, selection, onSelect, onSelectAll, onOpen, onKey, empty }: Props) {
  const { total, at, round, isWaiting } = useStore(
    gallery.store,
    useShallow((state) => ({
      total: state.total,
      at: state.at,
      round: state.round,
      pages: state.pages,
      isWaiting: state.status === 'loading' && state.pages.size === 0,
    })),
  );
  const grid = useRef<HTMLDivElement>(null);
  /** Where a range begins that Shift draws on. */
  const [anchor, setAnchor] = useState<number | null>(null);
  const [press] = useState(() => createLongPress());
  useEffect(() => press.end, [press]);
  const view = useTileWindow(gallery, { total, at, round });
  const { layout, first, last } = view;
  const { columns, row } = layout;

  const focus = (): void => grid.current?.focus({ preventScroll: true });
  useImperativeHandle(ref, () => ({
    toTop: view.toTop,
    focus,
    press(event) {
      focus();
      onKeyDown(event);
    },
  }));

  function range(to: number): void {
    const from = anchor ?? at;
    setAnchor(from);
    const indexes = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i);
    onSelect(indexes, () => true);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key, shiftKey } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    if (total === 0) return;
    if (ctrl && key.toLowerCase() === 'a') {
      event.preventDefault();
      return onSelectAll();
    }
    const to = event.altKey ? null : stepOf({ key, ctrl }, at, { columns, count: total, rowsInView: view.rowsInView });
    if (to !== null) {
      event.preventDefault();
      if (shiftKey) range(to);
      else setAnchor(null);
      if (to === 0) view.toTop();
      return gallery.moveTo(to);
    }
    if (ctrl || event.altKey) return;
    if (key === 'Enter') onOpen(at);
    else if (key === ' ') onSelect([at], (name) => !selection.has(name));
    else if (key === '+' || key === '=') view.resize(1.2);
    else if (key === '-') view.resize(1 / 1.2);
    else return void onKey(event);
    event.preventDefault();
  }

  function onClick(event: MouseEvent): void {
    const index = indexOf(event);
    if (index === null || press.takeHeld()) return;
    const isCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
    // While something is chosen on a touch screen, a tap chooses more.
    const isChoosing = selection.size > 0 && matchMedia('(pointer: coarse)').matches;
    if (event.shiftKey) range(index);
    else if (isCheck || event.ctrlKey || event.metaKey || isChoosing) {
      setAnchor(index);
      onSelect([index], (key) => !selection.has(key));
    } else return onOpen(index);
    gallery.moveTo(index);
    focus();
  }

  function choose(index: number): void {
    setAnchor(index);
    gallery.moveTo(index);
    onSelect([index], (key) => !selection.has(key));
  }

  /** A finger that rests, or the right button: chooses. */
  function onPointerDown(event: PointerEvent): void {
    const index = indexOf(event);
    if (event.pointerType !== 'touch') return void press.takeHeld();
    if (index !== null) press.down({ x: event.clientX, y: event.clientY }, () => choose(index));
  }

  function onContextMenu(event: MouseEvent): void {
    const index = indexOf(event);
    if (index === null) return;
    event.preventDefault();
    if (!press.menu()) choose(index);
  }

  const isSmall = layout.tile * devicePixelRatio <= 190;
  return (
    <div className={styles.scroller} ref={view.scroller} onScroll={view.onScroll}>
      {isWaiting ? (
        <div className={styles.waiting} role="status" aria-label="The pictures are looked up">
          {Array.from({ length: 24 }, (_, i) => (
            <span key={i} style={{ width: view.tileOf(24) }} />
          ))}
        </div>
      ) : total === 0 ? (
        empty
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- it has a tabIndex */}
      <div
        ref={grid}
        role="grid"
        aria-label="Pictures"
        aria-multiselectable
        aria-rowcount={layout.rows}
        aria-colcount={columns}
        aria-activedescendant={at >= first * columns && at < last * columns ? `picture-${at}` : undefined}
        tabIndex={0}
        className={styles.grid}
        hidden={total === 0}
        style={{ height: layout.height }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => press.move({ x: event.clientX, y: event.clientY })}
        onPointerUp={press.end}
        onPointerCancel={press.end}
      >
        {Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i).map((number) => (
          <div
            key={number}
            role="row"
            aria-rowindex={number + 1}
            className={styles.row}
            style={{
              transform: `translateY(${number * row}px)`,
              gap: layout.gap,
              gridTemplateColumns: `repeat(${columns}, ${layout.tile}px)`,
            }}
          >
            {Array.from({ length: Math.min(columns, total - number * columns) }, (_, column) => {
              const index = number * columns + column;
              const entry = gallery.entryAt(index);
              return (
                <Tile
                  key={index}
                  index={index}
                  column={column}
                  entry={entry}
                  tile={layout.tile}
                  captionHeight={hasCaption(layout.tile) ? captionHeight : 0}
                  isSmall={isSmall}
                  isCurrent={index === at}
                  isSelected={entry !== undefined && selection.has(entry.key)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function indexOf(event: MouseEvent): number | null {
  const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  return tile ? Number(tile.dataset.index) : null;
}
