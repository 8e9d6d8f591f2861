import { FileSpreadsheet, Pencil, Replace } from 'lucide-react';
import { useState, type CSSProperties } from 'react';
import { kindsOfColumns, type Table } from '../../graphs/table.ts';
import { useShell } from '../panels/shell.ts';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import { askForTable } from './dropping.ts';
import styles from './Field.module.css';
import type { ControlProps } from './FieldRow.tsx';
import lists from './Lists.module.css';
import { useCanvas } from './view.ts';

/** More of it is in its dialog. */
const ROWS_SHOWN = 5;
const COLUMNS_SHOWN = 4;
const none: Table = { columns: [], rows: [] };
const ACCEPT = '.csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values';

/** What an empty table begins with. */
const begun: Table = {
  columns: [
    { id: 'c1', title: 'prompt', kind: 'text' },
    { id: 'c2', title: 'seed', kind: 'seed' },
  ],
  rows: [['', '1']],
};

/** A table as a parameter: its first rows with the kind of each column; dropped, chosen, pasted or written in a dialog. */
export default function TableField({ id, field, input, problem }: ControlProps) {
  const editor = useEditor();
  const canvas = useCanvas();
  const shell = useShell();
  const readOnly = useReadOnly();
  const table = useDocument((state) => (state.graph.nodes[id]?.params[field.name] as Table | undefined) ?? none);
  const [over, setOver] = useState(false);
  const { columns, rows } = table;
  const isEmpty = columns.length === 0 || rows.length === 0;
  const edit = (): void => shell.show({ type: 'table', node: id, name: field.name });

  const chooser = (
    <input
      id={input}
      type="file"
      accept={ACCEPT}
      aria-label={isEmpty ? 'Choose a table' : 'Replace the table'}
      disabled={readOnly}
      onChange={(event) => {
        const file = event.target.files?.[0];
        if (file) askForTable({ editor, canvas, shell }, { file }, { node: id });
        event.target.value = '';
      }}
    />
  );

  return (
    <div
      className={styles.picture}
      data-over={over || undefined}
      data-empty={isEmpty || undefined}
      onDragOver={(event) => setOver(event.dataTransfer.types.includes('Files'))}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      {isEmpty ? (
        <div className={lists.empty}>
          <label className={`${styles.choose} nodrag`} data-problem={problem ? true : undefined}>
            {chooser}
            <span className={styles.invite}>
              <FileSpreadsheet size={26} strokeWidth={1.5} aria-hidden />
              <strong>Choose a table</strong>
              <span>or drop a CSV, or paste cells of a spreadsheet</span>
            </span>
          </label>
          <button
            type="button"
            className={`${styles.small} nodrag`}
            disabled={readOnly}
            onClick={() => {
              if (columns.length === 0)
                editor.document.change({ type: 'setParam', node: id, name: field.name, value: begun });
              edit();
            }}
          >
            Begin an empty one
          </button>
        </div>
      ) : (
        <>
          <Preview table={table} />
          <div className={lists.actions}>
            <span className={lists.sum}>
              {rows.length === 1 ? '1 row' : `${rows.length.toLocaleString('en')} rows`} ×{' '}
              {columns.length === 1 ? '1 column' : `${columns.length} columns`}
            </span>
            <label className={`${styles.choose} nodrag`}>
              {chooser}
              <Replace size={14} aria-hidden />
              <span>Replace</span>
            </label>
            <button type="button" className={`${styles.small} nodrag`} onClick={edit}>
              <Pencil size={13} aria-hidden />
              {readOnly ? 'Open' : 'Edit'}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

function Preview({ table }: { table: Table }) {
  const { columns, rows } = table;
  const kinds = kindsOfColumns(table);
  const shown = columns.slice(0, COLUMNS_SHOWN);
  return (
    <table className={lists.table}>
      <thead>
        <tr>
          <th aria-label="Row" />
          {shown.map(({ id, title }, i) => (
            <th key={id} title={title} data-kind={kinds[i]}>
              {title || `Column ${i + 1}`}
              <span className={lists.kind} style={{ '--kind': `var(--kind-${kinds[i]!})` } as CSSProperties}>
                {kinds[i]}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, ROWS_SHOWN).map((row, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no names but their numbers
          <tr key={at}>
            <td>{at + 1}</td>
            {shown.map(({ id }, i) => (
              <td key={id} title={row[i]}>
                {row[i]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
