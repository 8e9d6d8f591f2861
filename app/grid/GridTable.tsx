import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import type { Axis } from '../../graphs/axes.ts';
import type { PlannedNode } from '../../graphs/task.ts';
import { useEditor, usePlans, useRuns } from '../use-editor.ts';
import { faceOf } from './cells.ts';
import styles from './Grid.module.css';
import { GridCell } from './GridCell.tsx';
import { GridHeader } from './GridHeader.tsx';
import { headerFaces, headerSizes } from './header-faces.ts';
import { hasColumnHeaders, hasRowHeaders, type Spot } from './grid-keys.ts';
import { titledPoint, type GridLayout } from './grid-layout.ts';
import { numbersOf, rangeInView, scrollFor, type Range } from './window.ts';

export const GAP = 6;
/** Rows and columns beyond the edge that are drawn already. */
const MORE = 1;
const CAPTION = 20;
/** Wider cells get the larger thumbnail. */
const SMALL_SIDE = 176;
const WORDS_FROM = 104;

export type GridTableHandle = {
  /** Makes this the current cell, in view, with the focus. */
  focus(spot: Spot): void;
  page(): { rows: number; columns: number };
};

type Props = {
  planned: PlannedNode;
  layout: GridLayout;
  label: string;
  colours: ReadonlyMap<string, number>;
  /** Width of a cell, and of it and its height. */
  size: number;
  ratio: number;
  box: { width: number; height: number };
  spot: Spot;
  selected: ReadonlySet<number>;
  handle: React.RefObject<GridTableHandle | null>;
  scroller: React.RefObject<HTMLDivElement | null>;
  corner: ReactNode;
  onSpot: (spot: Spot) => void;
} & Pick<
  React.ComponentProps<'div'>,
  | 'onKeyDown'
  | 'onPointerDown'
  | 'onPointerMove'
  | 'onPointerUp'
  | 'onPointerCancel'
  | 'onClick'
  | 'onDoubleClick'
  | 'onContextMenu'
>;

/** The cells in view and the headers, in two dimensions; whatever else there is costs nothing. */
export function GridTable(props: Props) {
  const {
    planned,
    layout,
    label,
    colours,
    size,
    ratio,
    box,
    spot,
    selected,
    handle,
    scroller,
    corner,
    onSpot,
    ...events
  } = props;
  const { runs } = useEditor();
  // News of any task draws the cells in view again; those that show the same are left as they are.
  usePlans((state) => state.knownVersion);
  useRuns((state) => state.run);
  const known = usePlans((state) => state.known);
  const { type, tasks } = planned;
  const { rowAxis, columnAxis, rowCount, columnCount, wrap } = layout;
  const caption = wrap !== null && size >= 72;
  const width = size + GAP;
  const height = Math.round(size / ratio) + GAP + (caption ? CAPTION : 0);
  const heads = useMemo(() => headerFaces(layout), [layout]);
  const { left: headWidth, top: headHeight } = headerSizes(layout, heads, box.width, size);
  const [pointed, setPointed] = useState<string | null>(null);
  const [scroll, setScroll] = useState({ rows: none, columns: none });
  const focusWanted = useRef(false);

  const look = useCallback((): void => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollLeft, clientWidth, clientHeight } = element;
    const rows = rangeInView({
      from: scrollTop,
      size: clientHeight - headHeight,
      item: height,
      count: rowCount,
      more: MORE,
    });
    const columns = rangeInView({
      from: scrollLeft,
      size: clientWidth - headWidth,
      item: width,
      count: columnCount,
      more: MORE,
    });
    setScroll((before) =>
      sameRange(before.rows, rows) && sameRange(before.columns, columns) ? before : { rows, columns },
    );
  }, [scroller, headHeight, headWidth, height, width, rowCount, columnCount]);

  // Sizes and the number of cells decide what is in view, as scrolling does.
  useLayoutEffect(look, [look, box]);
  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener('scroll', look, { passive: true });
    return () => element?.removeEventListener('scroll', look);
  }, [scroller, look]);
  useKeptPlace(scroller, width, height);

  const reveal = useCallback(
    ({ row, column }: Spot): void => {
      const element = scroller.current;
      if (!element) return;
      const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
      const top = { from: scrollTop, size: clientHeight, begin: row * height, length: height, covered: headHeight };
      const left = { from: scrollLeft, size: clientWidth, begin: column * width, length: width, covered: headWidth };
      element.scrollTo({
        top: row >= 0 ? scrollFor(top) : scrollTop,
        left: column >= 0 ? scrollFor(left) : scrollLeft,
      });
    },
    [scroller, height, width, headHeight, headWidth],
  );

  useImperativeHandle(
    handle,
    () => ({
      focus(next) {
        focusWanted.current = true;
        onSpot({ ...next });
        reveal(next);
      },
      page() {
        const element = scroller.current;
        return {
          rows: Math.max(1, Math.floor(((element?.clientHeight ?? 0) - headHeight) / height)),
          columns: Math.max(1, Math.floor(((element?.clientWidth ?? 0) - headWidth) / width)),
        };
      },
    }),
    [onSpot, reveal, scroller, headHeight, headWidth, height, width],
  );

  useLayoutEffect(() => {
    if (!focusWanted.current) return;
    focusWanted.current = false;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-spot="${spot.row}:${spot.column}"]`)
      ?.focus({ preventScroll: true });
  }, [spot, scroller]);

  const rowNumbers = numbersOf(scroll.rows, Math.min(spot.row, rowCount - 1));
  const columnNumbers = numbersOf(scroll.columns, Math.min(spot.column, columnCount - 1));
  const withRowHeads = hasRowHeaders(layout);
  const withColumnHeads = hasColumnHeaders(layout);
  const rowWords = wordsOfAxis(rowAxis, layout.rows);
  const columnWords = wordsOfAxis(columnAxis, layout.columns);
  const thumbnail =
    Math.max(size, size / ratio) * Math.min(2, globalThis.devicePixelRatio ?? 1) > SMALL_SIDE ? 'large' : 'small';
  const lookup = (key: string) => known.get(key);
  const placeOf = (axis: Axis | null): number => planned.axes.findIndex(({ id }) => id === axis?.id);
  const isAcross = rowAxis !== null && columnAxis !== null && placeOf(rowAxis) > placeOf(columnAxis);

  const cell = (row: number, column: number): ReactNode => {
    const index = layout.indexAt(row, column);
    const task = index === null ? undefined : tasks[index];
    if (index === null || !task) return null;
    const face = faceOf(type, task, task.key === null ? undefined : runs.viewOf(task.key), lookup);
    const columnAt = wrap === null ? column : row * wrap + column;
    const names = wrap === null ? [rowWords(row), columnWords(columnAt)] : [columnWords(columnAt)];
    // A cell keeps its name when rows and columns are exchanged.
    const point = (isAcross ? names.reverse() : names).filter(Boolean).join(', ');
    const stars = face.rating > 0 ? `, ${face.rating} ${face.rating === 1 ? 'star' : 'stars'}` : '';
    return (
      <GridCell
        key={index}
        row={row}
        column={column}
        ariaColumn={column + (withRowHeads ? 2 : 1)}
        left={headWidth + column * width + GAP / 2}
        state={face.state}
        sha256={face.picture?.sha256 ?? null}
        size={thumbnail}
        text={face.text}
        words={size >= WORDS_FROM && !face.picture && face.text === null ? face.words : null}
        label={`${point ? `${point}: ` : ''}${face.text ?? face.words}${face.detail ? `. ${face.detail}` : ''}${stars}`}
        caption={caption ? (heads.columns[columnAt]?.lines.join(', ') ?? '') : null}
        rating={face.rating}
        selected={selected.has(index)}
        current={spot.row === row && spot.column === column}
        pointed={size >= 64 && pointed === `${row}:${column}`}
      />
    );
  };

  return (
    <div
      {...events}
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={label}
      aria-multiselectable
      aria-rowcount={rowCount + (withColumnHeads ? 1 : 0)}
      aria-colcount={columnCount + (withRowHeads ? 1 : 0)}
      data-small={size < 56 || undefined}
      style={
        {
          '--cell': `${size}px`,
          '--cell-height': `${height - GAP}px`,
          '--head': `${headWidth}px`,
        } as React.CSSProperties
      }
      onPointerOver={(event) => event.pointerType === 'mouse' && setPointed(spotTextOf(event.target))}
      onPointerLeave={() => setPointed(null)}
    >
      <div
        className={styles.sheet}
        role="presentation"
        style={{ width: headWidth + columnCount * width, height: headHeight + rowCount * height }}
      >
        {withColumnHeads && (
          <div className={styles.heads} role="row" aria-rowindex={1} style={{ height: headHeight }}>
            {withRowHeads && (
              <div className={styles.corner} style={{ width: headWidth }} role="columnheader" aria-colindex={1}>
                {corner}
              </div>
            )}
            {columnNumbers.map((column) => {
              const face = heads.columns[column];
              return (
                face && (
                  <GridHeader
                    key={column}
                    side="column"
                    place={column}
                    ariaColumn={column + (withRowHeads ? 2 : 1)}
                    left={headWidth + column * width + GAP / 2}
                    face={face}
                    colour={colours.get(columnAxis!.id) ?? 0}
                    current={spot.row === -1 && spot.column === column}
                  />
                )
              );
            })}
          </div>
        )}
        {rowNumbers.map((row) => {
          const face = heads.rows[row];
          return (
            <div
              key={row}
              className={styles.row}
              role="row"
              aria-rowindex={row + (withColumnHeads ? 2 : 1)}
              style={{ top: headHeight + row * height, height }}
            >
              {withRowHeads && face && (
                <GridHeader
                  side="row"
                  place={row}
                  ariaColumn={1}
                  face={face}
                  colour={colours.get(rowAxis!.id) ?? 0}
                  current={spot.row === row && spot.column === -1}
                />
              )}
              {columnNumbers.map((column) => cell(row, column))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const none: Range = { first: 0, last: -1 };

const sameRange = (a: Range, b: Range): boolean => a.first === b.first && a.last === b.last;

function wordsOfAxis(axis: Axis | null, shown: readonly number[]): (place: number) => string {
  return (place) => {
    const point = shown[place];
    return !axis || point === undefined ? '' : titledPoint(axis, point);
  };
}

function spotTextOf(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest<HTMLElement>('[role=gridcell]')?.dataset.spot ?? null) : null;
}

/** When the cells grow or shrink, what was in the middle of the view stays there. */
function useKeptPlace(scroller: React.RefObject<HTMLDivElement | null>, width: number, height: number): void {
  const before = useRef({ width, height });
  useLayoutEffect(() => {
    const element = scroller.current;
    const { width: oldWidth, height: oldHeight } = before.current;
    before.current = { width, height };
    if (!element || (oldWidth === width && oldHeight === height)) return;
    const [x, y] = [element.clientWidth / 2, element.clientHeight / 2];
    element.scrollTo({
      left: ((element.scrollLeft + x) * width) / oldWidth - x,
      top: ((element.scrollTop + y) * height) / oldHeight - y,
    });
  }, [scroller, width, height]);
}
