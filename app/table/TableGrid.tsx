import { useEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { kindsOfColumns, type Table } from '../../graphs/table.ts';
import { useEditor } from '../use-editor.ts';
import { ColumnHead } from './ColumnHead.tsx';
import { changeColumn, removeColumn, setCell, textAt, type Spot } from './table-edits.ts';
import { spotByKey, within } from './table-keys.ts';
import styles from './TableDialog.module.css';
import { TableRow } from './TableRow.tsx';

const ROW = 34;
const HEAD = 74;
/** Rows above and below what is seen. */
const SPARE = 8;

/** The cells of a table; only the rows that are seen are on the page. */
export function TableGrid(props: {
  table: Table;
  at: Spot;
  readOnly: boolean;
  onMove: (at: Spot) => void;
  onWrite: (table: Table) => void;
  onPaste: (text: string) => void;
}) {
  const { table, at, readOnly, onMove, onWrite, onPaste } = props;
  const { document } = useEditor();
  const { columns, rows } = table;
  const kinds = useMemo(() => kindsOfColumns(table), [table]);
  const scroll = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 480 });
  /** The text that is being written into the cell at `at`. */
  const [draft, setDraft] = useState<string | null>(null);
  const first = Math.max(0, Math.floor(seen.top / ROW) - SPARE);
  const last = Math.min(rows.length, Math.ceil((seen.top + seen.height) / ROW) + SPARE);

  useEffect(() => {
    const element = scroll.current!;
    const observer = new ResizeObserver(() => setSeen({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const cellAt = (spot: Spot): HTMLElement | null =>
    scroll.current?.querySelector<HTMLElement>(`[data-cell="${spot.row} ${spot.column}"]`) ?? null;

  /** The cell may come onto the page only after the scrolling. */
  function go(to: Spot): void {
    const spot = within(table, to);
    onMove(spot);
    const element = scroll.current!;
    const top = spot.row * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    const room = element.clientHeight - HEAD - ROW;
    if (top > element.scrollTop + room) element.scrollTop = top - room;
    setSeen({ top: element.scrollTop, height: element.clientHeight });
    requestAnimationFrame(() => {
      const cell = cellAt(spot);
      cell?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }

  function leave(): void {
    if (draft !== null) onWrite(setCell(table, at, draft));
    setDraft(null);
  }

  function commit(to: Spot): void {
    leave();
    go(to);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (draft !== null || !(event.target instanceof HTMLElement) || !event.target.dataset.cell) return;
    const mod = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((seen.height - HEAD) / ROW) - 1);
    const to = spotByKey(event.key, mod, at, table, page);
    const letter = event.key.toLowerCase();
    if (to) go(to);
    else if (mod && letter === 'z') (event.shiftKey ? document.redo : document.undo)();
    else if (mod && letter === 'y') document.redo();
    else if (mod || event.altKey || readOnly) return;
    else if (event.key === 'Enter' || event.key === 'F2') setDraft(textAt(table, at));
    else if (event.key === 'Delete' || event.key === 'Backspace') onWrite(setCell(table, at, ''));
    else if (event.key.length === 1) setDraft(event.key);
    else return;
    event.preventDefault();
  }

  function onEditorKey(event: KeyboardEvent): void {
    const { row, column } = at;
    if (event.key === 'Escape') {
      setDraft(null);
      go(at);
    } else if (event.key === 'Enter' && !event.shiftKey) commit({ row: row + 1, column });
    else if (event.key === 'Tab') commit({ row, column: column + (event.shiftKey ? -1 : 1) });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onClipboard(event: ClipboardEvent): void {
    if (draft !== null || !(event.target instanceof HTMLElement) || !event.target.dataset.cell) return;
    if (event.type === 'paste' && !readOnly) onPaste(event.clipboardData.getData('text/plain'));
    else if (event.type !== 'paste') event.clipboardData.setData('text/plain', textAt(table, at));
    event.preventDefault();
  }

  return (
    <div
      ref={scroll}
      className={styles.grid}
      role="grid"
      tabIndex={-1}
      aria-label="Cells"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      onScroll={(event) => setSeen({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      onKeyDown={onKeyDown}
      onPaste={onClipboard}
      onCopy={onClipboard}
    >
      <div
        className={styles.rows}
        style={{ '--columns': columns.length, height: HEAD + rows.length * ROW } as React.CSSProperties}
      >
        <div className={styles.head} role="row" aria-rowindex={1}>
          <span role="columnheader" aria-label="Row" />
          {columns.map((column, i) => (
            <ColumnHead
              key={column.id}
              column={column}
              kind={kinds[i]!}
              readOnly={readOnly}
              canRemove={columns.length > 1}
              onChange={(change) => onWrite(changeColumn(table, i, change))}
              onRemove={() => onWrite(removeColumn(table, i))}
            />
          ))}
        </div>
        {rows.slice(first, last).map((row, i) => {
          const index = first + i;
          return (
            <TableRow
              // oxlint-disable-next-line react/no-array-index-key -- rows have no names but their numbers
              key={index}
              row={row}
              index={index}
              top={HEAD + index * ROW}
              columns={columns}
              kinds={kinds}
              chosen={at.row === index ? at.column : null}
              draft={at.row === index ? draft : null}
              onMove={onMove}
              onDraft={readOnly ? null : setDraft}
              onEditorKey={onEditorKey}
              onLeave={leave}
            />
          );
        })}
      </div>
    </div>
  );
}
