import { Columns3, ClipboardPaste, Plus, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { gapsOfTable, MOST_COLUMNS, MOST_ROWS, type Table } from '../../graphs/table.ts';
import { Modal } from '../panels/Modal.tsx';
import { plural } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import { addColumn, addRow, blockOf, pasteAt, removeRow, type Spot } from './table-edits.ts';
import { TableGrid } from './TableGrid.tsx';
import styles from './TableDialog.module.css';

const none: Table = { columns: [], rows: [] };

/** All cells of a table node, to be written, pasted over, added and removed; each is one step for undo. */
export default function TableDialog({ node, name, onClose }: { node: string; name: string; onClose: () => void }) {
  const { document, nodeTypes } = useEditor();
  const shell = useShell();
  const readOnly = useReadOnly();
  const table = useDocument((state) => (state.graph.nodes[node]?.params[name] as Table | undefined) ?? none);
  const title = useDocument(({ graph }) => {
    const found = graph.nodes[node];
    return found?.title ?? nodeTypes.get(found?.type ?? '')?.title ?? 'Table';
  });
  const [wanted, setAt] = useState<Spot>({ row: 0, column: 0 });
  // Undo may have taken the row away.
  const at = {
    row: Math.max(0, Math.min(wanted.row, table.rows.length - 1)),
    column: Math.max(0, Math.min(wanted.column, table.columns.length - 1)),
  };
  const gaps = useMemo(() => gapsOfTable(table), [table]);

  const write = (next: Table): void => {
    if (next !== table) document.change({ type: 'setParam', node, name, value: next });
  };

  function paste(text: string): void {
    if (text === '') return;
    const pasted = pasteAt(table, at, blockOf(text));
    if (typeof pasted === 'string') shell.tell({ kind: 'error', text: pasted });
    else write(pasted);
  }

  return (
    <Modal
      title={title}
      lead={`${plural(table.rows.length, 'row')} × ${plural(table.columns.length, 'column')}. All rows are one axis; each column is an output.`}
      wide
      onClose={onClose}
      // Escape leaves the cell that is being written first.
      onEscape={(event) => {
        if (event.target instanceof Element && event.target.closest('[data-editing]')) event.preventDefault();
      }}
      footer={
        <button type="button" className={ui.primary} onClick={onClose}>
          Done
        </button>
      }
    >
      <div className={styles.bar}>
        <button
          type="button"
          className={ui.button}
          disabled={readOnly || table.rows.length >= MOST_ROWS}
          onClick={() => {
            const row = Math.min(at.row + 1, table.rows.length);
            write(addRow(table, row));
            setAt({ ...at, row });
          }}
        >
          <Plus size={15} aria-hidden /> Row
        </button>
        <button
          type="button"
          className={ui.button}
          disabled={readOnly || table.columns.length >= MOST_COLUMNS}
          onClick={() => write(addColumn(table))}
        >
          <Columns3 size={15} aria-hidden /> Column
        </button>
        <button
          type="button"
          className={ui.button}
          disabled={readOnly || table.rows.length === 0}
          onClick={() => write(removeRow(table, at.row))}
        >
          <Trash2 size={15} aria-hidden /> Row {(at.row + 1).toLocaleString('en')}
        </button>
        <button
          type="button"
          className={ui.button}
          disabled={readOnly}
          onClick={() =>
            void navigator.clipboard.readText().then(paste, () =>
              shell.tell({
                kind: 'info',
                text: 'The browser lets no page read the clipboard here: press Ctrl+V in the table.',
              }),
            )
          }
        >
          <ClipboardPaste size={15} aria-hidden /> Paste
        </button>
        <p className={styles.help}>
          Typing, Enter or a second press writes into a cell; Shift+Enter begins a line, Ctrl+V pastes cells of a
          spreadsheet.
        </p>
      </div>
      {gaps.map((gap) => (
        <p key={gap} className={styles.gap}>
          {gap}
        </p>
      ))}
      <TableGrid table={table} at={at} readOnly={readOnly} onMove={setAt} onWrite={write} onPaste={paste} />
    </Modal>
  );
}
