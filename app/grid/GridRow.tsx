import { memo, type ReactNode } from 'react';
import type { Axis } from '../../graphs/axes.ts';
import type { PlannedNode } from '../../graphs/task.ts';
import { useEditor, usePlans, useRuns } from '../use-editor.ts';
import { faceOf } from './cells.ts';
import styles from './Cells.module.css';
import { GridCell } from './GridCell.tsx';
import { GridHeader } from './GridHeader.tsx';
import { hasColumnHeaders, hasRowHeaders } from './grid-keys.ts';
import { titledPoint, type GridLayout } from './grid-layout.ts';
import type { HeaderFaces } from './header-faces.ts';

/** Between two cells. */
export const GAP = 6;
const WORDS_FROM = 104;

type Props = {
  planned: PlannedNode;
  layout: GridLayout;
  row: number;
  /** Those that are drawn; the same list while they stay the same. */
  columns: readonly number[];
  heads: HeaderFaces;
  colour: number;
  top: number;
  /** Of a cell with the gap beside it. */
  width: number;
  height: number;
  headWidth: number;
  captioned: boolean;
  thumbnail: 'small' | 'large';
  selected: ReadonlySet<number>;
  /** Columns of the current cell and of the one under the pointer, where they are in this row; -1 = its header. */
  current: number | null;
  pointed: number | null;
};

/** The cells of one row. One that came into view draws itself alone; news of any task draws all of them again. */
export const GridRow = memo(function GridRow(props: Props) {
  const { planned, layout, row, columns, heads, colour, top, width, height, headWidth, captioned, thumbnail } = props;
  const { selected, current, pointed } = props;
  const { runs } = useEditor();
  usePlans((state) => state.knownVersion);
  useRuns((state) => state.run);
  const known = usePlans((state) => state.known);
  const { type, tasks, axes } = planned;
  const { rowAxis, columnAxis, rows, wrap } = layout;
  const size = width - GAP;
  const withHeads = hasRowHeaders(layout);
  const head = heads.rows[row];
  const lookup = (key: string) => known.get(key);
  const placeOf = (axis: Axis | null): number => axes.findIndex(({ id }) => id === axis?.id);
  const isAcross = rowAxis !== null && columnAxis !== null && placeOf(rowAxis) > placeOf(columnAxis);

  /** A cell keeps its name when rows and columns are exchanged. */
  function nameOf(columnAt: number): string {
    const names = [wrap === null ? wordsOf(rowAxis, rows[row]) : '', wordsOf(columnAxis, layout.columns[columnAt])];
    return (isAcross ? names.reverse() : names).filter(Boolean).join(', ');
  }

  function cell(column: number): ReactNode {
    const index = layout.indexAt(row, column);
    const task = index === null ? undefined : tasks[index];
    if (index === null || !task) return null;
    const face = faceOf(type, task, task.key === null ? undefined : runs.viewOf(task.key), lookup);
    const columnAt = wrap === null ? column : row * wrap + column;
    const point = nameOf(columnAt);
    const stars = face.rating > 0 ? `, ${face.rating} ${face.rating === 1 ? 'star' : 'stars'}` : '';
    return (
      <GridCell
        key={index}
        row={row}
        column={column}
        ariaColumn={column + (withHeads ? 2 : 1)}
        left={headWidth + column * width + GAP / 2}
        state={face.state}
        sha256={face.picture?.sha256 ?? null}
        size={thumbnail}
        text={face.text}
        words={size >= WORDS_FROM && !face.picture && face.text === null ? face.words : null}
        label={`${point ? `${point}: ` : ''}${face.text ?? face.words}${face.detail ? `. ${face.detail}` : ''}${stars}`}
        caption={captioned ? (heads.columns[columnAt]?.lines.join(', ') ?? '') : null}
        rating={face.rating}
        selected={selected.has(index)}
        current={current === column}
        pointed={size >= 64 && pointed === column}
      />
    );
  }

  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={row + (hasColumnHeaders(layout) ? 2 : 1)}
      style={{ top, height }}
    >
      {withHeads && head && (
        <GridHeader side="row" place={row} ariaColumn={1} face={head} colour={colour} current={current === -1} />
      )}
      {columns.map(cell)}
    </div>
  );
});

function wordsOf(axis: Axis | null, point: number | undefined): string {
  return !axis || point === undefined ? '' : titledPoint(axis, point);
}
