import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Axis } from '../../graphs/axes.ts';
import type { PlannedNode } from '../../graphs/task.ts';
import styles from './Cells.module.css';
import { GridHeader } from './GridHeader.tsx';
import { GAP, GridRow } from './GridRow.tsx';
import { headerFaces, headerSizes } from './header-faces.ts';
import { hasColumnHeaders, hasRowHeaders, type Spot } from './grid-keys.ts';
import type { GridLayout } from './grid-layout.ts';
import { spotOf } from './spot-element.ts';
import { useWindow } from './use-window.ts';
import { numbersOf } from './window.ts';

/** Below a picture that no header names. */
export const CAPTION = 20;
/** Wider cells get the larger thumbnail. */
const SMALL_SIDE = 176;

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
  const { rowAxis, columnAxis, rowCount, columnCount, wrap } = layout;
  const captioned = wrap !== null && size >= 72;
  const width = size + GAP;
  const height = Math.round(size / ratio) + GAP + (captioned ? CAPTION : 0);
  const heads = useMemo(() => headerFaces(layout), [layout]);
  const { left: headWidth, top: headHeight } = headerSizes(layout, heads, box.width, size);
  const [pointed, setPointed] = useState<Spot | null>(null);
  const { rows, columns, reveal, page } = useWindow(scroller, {
    width,
    height,
    headWidth,
    headHeight,
    rowCount,
    columnCount,
    box,
  });
  const focusWanted = useRef(false);
  /** What in here had the focus last. */
  const held = useRef<Element | null>(null);

  useImperativeHandle(
    handle,
    () => ({
      focus(next) {
        focusWanted.current = true;
        onSpot({ ...next });
        reveal(next);
      },
      page,
    }),
    [onSpot, reveal, page],
  );

  useLayoutEffect(() => {
    // A cell that goes with its row or column leaves the focus to its neighbour.
    const isLost = held.current?.isConnected === false && document.activeElement === document.body;
    if (!focusWanted.current && !isLost) return;
    focusWanted.current = false;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-spot="${spot.row}:${spot.column}"]`)
      ?.focus({ preventScroll: true });
  }, [spot, scroller]);

  const rowNumbers = numbersOf(rows, Math.min(spot.row, rowCount - 1));
  const focusColumn = Math.min(spot.column, columnCount - 1);
  const columnNumbers = useMemo(() => numbersOf(columns, focusColumn), [columns, focusColumn]);
  const withRowHeads = hasRowHeaders(layout);
  const withColumnHeads = hasColumnHeaders(layout);
  const thumbnail =
    Math.max(size, size / ratio) * Math.min(2, globalThis.devicePixelRatio ?? 1) > SMALL_SIDE ? 'large' : 'small';
  const colourOf = (axis: Axis | null): number => (axis ? (colours.get(axis.id) ?? 0) : 0);

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
      onFocus={({ target }) => void (held.current = target)}
      onPointerOver={(event) => event.pointerType === 'mouse' && setPointed(spotOf(event.target))}
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
                    colour={colourOf(columnAxis)}
                    current={spot.row === -1 && spot.column === column}
                  />
                )
              );
            })}
          </div>
        )}
        {rowNumbers.map((row) => (
          <GridRow
            key={row}
            planned={planned}
            layout={layout}
            row={row}
            columns={columnNumbers}
            heads={heads}
            colour={colourOf(rowAxis)}
            top={headHeight + row * height}
            width={width}
            height={height}
            headWidth={headWidth}
            captioned={captioned}
            thumbnail={thumbnail}
            selected={selected}
            current={spot.row === row ? spot.column : null}
            pointed={pointed?.row === row ? pointed.column : null}
          />
        ))}
      </div>
    </div>
  );
}
