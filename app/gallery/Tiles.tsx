import {
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  type UIEvent,
} from 'react';
import type { GalleryEntry } from '../gallery-wire.ts';
import styles from './Gallery.module.css';
import type { GalleryState } from './gallery-store.ts';
import { Tile } from './Tile.tsx';
import { captionHeight, hasCaption, largestTile, layoutOf, rowsIn, scrollTo, smallestTile, stepOf } from './tiles.ts';

export type TilesHandle = {
  toTop(): void;
  focus(): void;
  /** A key that was pressed while nothing had the focus. */
  press(event: KeyboardEvent): void;
};

type Props = {
  ref: Ref<TilesHandle>;
  state: GalleryState;
  entryAt: (index: number) => GalleryEntry | undefined;
  onNeed: (first: number, last: number) => void;
  at: number;
  onAt: (index: number) => void;
  onScrolled: (toTop: boolean) => void;
  selection: { has: (key: string) => boolean };
  onSelect: (indexes: readonly number[], isSelected: (key: string) => boolean) => void;
  onSelectAll: () => void;
  onOpen: (index: number) => void;
  /** True where the key was taken. */
  onKey: (event: KeyboardEvent) => boolean;
  empty: ReactNode;
};

const usualTile = 170;
const sizeKey = 'editloom-gallery-tile';

/** The pictures in rows; only those in view are on the page, however many there are. */
export function Tiles(props: Props) {
  const { ref, state, entryAt, onNeed, at, onAt, onScrolled, selection, onSelect, onSelectAll, onOpen, onKey, empty } =
    props;
  const { total, status, pages } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  const [scrolled, setScrolled] = useState(0);
  const [wish, setWish] = useState(readSize);
  /** Where a range begins that Shift draws on. */
  const [anchor, setAnchor] = useState<number | null>(null);
  const layout = layoutOf(total, room.width, wish);
  const { first, last } = rowsIn(layout, scrolled, room.height);
  const isWaiting = status === 'loading' && pages.size === 0;

  useImperativeHandle(ref, () => ({
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
    focus: () => grid.current?.focus({ preventScroll: true }),
    press(event) {
      grid.current?.focus({ preventScroll: true });
      take(event);
    },
  }));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => {
      const style = getComputedStyle(element);
      const sides = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
      setRoom({ width: element.clientWidth - sides, height: element.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (room.width > 0) onNeed(first * layout.columns, last * layout.columns);
  }, [first, last, layout.columns, room.width, onNeed, state.round]);

  // The tile that the keys have moved to comes into view, and stays there while the tiles change their size.
  const { columns, row } = layout;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || room.height === 0 || at === 0) return;
    const to = scrollTo(layout, at, element.scrollTop, element.clientHeight - 24);
    if (to !== null) element.scrollTop = to;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- scrolling by hand must not be taken back
  }, [at, columns, row, room.height]);

  function onScroll({ currentTarget }: UIEvent<HTMLElement>): void {
    setScrolled(currentTarget.scrollTop);
    onScrolled(currentTarget.scrollTop < 8);
  }

  function resize(by: number): void {
    const next = Math.min(largestTile, Math.max(smallestTile, Math.round(wish * by)));
    setWish(next);
    try {
      localStorage.setItem(sizeKey, String(next));
    } catch {
      // Then it is as usual the next time.
    }
  }

  function range(to: number): void {
    const from = anchor ?? at;
    setAnchor(from);
    const indexes = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i);
    onSelect(indexes, () => true);
  }

  function take(event: KeyboardEvent): void {
    const { key, shiftKey } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    if (total === 0) return;
    if (ctrl && key.toLowerCase() === 'a') {
      event.preventDefault();
      return onSelectAll();
    }
    const to = event.altKey
      ? null
      : stepOf({ key, ctrl }, at, { columns, count: total, rowsInView: Math.floor(room.height / row) });
    if (to !== null) {
      event.preventDefault();
      if (shiftKey) range(to);
      else setAnchor(null);
      if (to === 0) scroller.current?.scrollTo({ top: 0 });
      return onAt(to);
    }
    if (ctrl || event.altKey) return;
    if (key === 'Enter') onOpen(at);
    else if (key === ' ') onSelect([at], (name) => !selection.has(name));
    else if (key === '+' || key === '=') resize(1.2);
    else if (key === '-') resize(1 / 1.2);
    else return void onKey(event);
    event.preventDefault();
  }

  function indexOf(event: MouseEvent): number | null {
    const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return tile ? Number(tile.dataset.index) : null;
  }

  function onClick(event: MouseEvent): void {
    const index = indexOf(event);
    if (index === null) return;
    const isCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
    if (event.shiftKey) range(index);
    else if (isCheck || event.ctrlKey || event.metaKey || isChoosing()) {
      setAnchor(index);
      onSelect([index], (key) => !selection.has(key));
    } else return onOpen(index);
    onAt(index);
    grid.current?.focus({ preventScroll: true });
  }

  /** While something is chosen on a touch screen, a tap chooses more. */
  const isChoosing = (): boolean =>
    'size' in selection && Number(selection.size) > 0 && matchMedia('(pointer: coarse)').matches;

  /** A long press, or the right button: chooses. */
  function onContextMenu(event: MouseEvent): void {
    const index = indexOf(event);
    if (index === null) return;
    event.preventDefault();
    setAnchor(index);
    onAt(index);
    onSelect([index], (key) => !selection.has(key));
  }

  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const isSmall = layout.tile * devicePixelRatio <= 190;
  return (
    <div className={styles.scroller} ref={scroller} onScroll={onScroll}>
      {isWaiting ? (
        <div className={styles.waiting} role="status" aria-label="The pictures are looked up">
          {Array.from({ length: 24 }, (_, i) => (
            <span key={i} style={{ width: layoutOf(24, room.width || 800, wish).tile }} />
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
        onKeyDown={take}
        onClick={onClick}
        onContextMenu={onContextMenu}
      >
        {rows.map((number) => (
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
              const entry = entryAt(index);
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

function readSize(): number {
  try {
    const size = Number(localStorage.getItem(sizeKey));
    if (size >= smallestTile && size <= largestTile) return size;
  } catch {
    // As usual then.
  }
  return matchMedia('(max-width: 760px)').matches ? 116 : usualTile;
}
