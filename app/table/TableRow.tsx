import { useRef, type KeyboardEvent } from 'react';
import { valueOfCell, type Column, type ColumnKind } from '../../graphs/table.ts';
import styles from './TableDialog.module.css';
import type { Spot } from './table-edits.ts';

/** One row of cells; the chosen one may be written. */
export function TableRow(props: {
  row: readonly string[];
  index: number;
  top: number;
  columns: readonly Column[];
  kinds: readonly ColumnKind[];
  /** The column of the chosen cell, where it is in this row, and what is being written into it. */
  chosen: number | null;
  draft: string | null;
  onMove: (at: Spot) => void;
  /** Null where nothing may be written. */
  onDraft: ((text: string) => void) | null;
  onEditorKey: (event: KeyboardEvent) => void;
  onLeave: () => void;
}) {
  const { row, index, top, columns, kinds, chosen, draft, onMove, onDraft, onEditorKey, onLeave } = props;
  // The first press chooses a cell; only the next one writes into it.
  const wasChosen = useRef(false);
  return (
    <div className={styles.row} role="row" aria-rowindex={index + 2} style={{ top }}>
      <span role="rowheader">{(index + 1).toLocaleString('en')}</span>
      {columns.map(({ id, title }, column) => {
        const text = row[column] ?? '';
        const isHere = chosen === column;
        const bad = valueOfCell(kinds[column]!, text) === undefined;
        if (isHere && draft !== null)
          return (
            <div key={id} role="gridcell" className={styles.cell} data-editing>
              <textarea
                autoFocus
                value={draft}
                aria-label={`${title}, row ${index + 1}`}
                onFocus={(event) => event.target.setSelectionRange(draft.length, draft.length)}
                onChange={(event) => onDraft?.(event.target.value)}
                onKeyDown={onEditorKey}
                onBlur={onLeave}
              />
            </div>
          );
        return (
          <div
            key={id}
            role="gridcell"
            className={styles.cell}
            data-cell={`${index} ${column}`}
            data-bad={bad || undefined}
            aria-invalid={bad || undefined}
            aria-selected={isHere}
            tabIndex={isHere ? 0 : -1}
            title={text}
            onFocus={() => !isHere && onMove({ row: index, column })}
            onPointerDown={(event) => {
              wasChosen.current = isHere && document.activeElement === event.currentTarget;
            }}
            onDoubleClick={() => onDraft?.(text)}
            onKeyDown={undefined}
            onClick={() => wasChosen.current && onDraft?.(text)}
          >
            {text}
          </div>
        );
      })}
    </div>
  );
}
