import { useEffect, useMemo, useState, type CSSProperties } from 'react';
import { gapsOfTable, kindsOfColumns, MOST_ROWS, type Table } from '../../graphs/table.ts';
import { Modal } from '../panels/Modal.tsx';
import { plural } from '../panels/run-words.ts';
import type { DialogState } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import {
  draftOf,
  looksLikeNames,
  MOST_TABLE_BYTES,
  readCells,
  separators,
  textOfBytes,
  type Separator,
} from './read-table.ts';
import styles from './TableImportDialog.module.css';

type Source = Extract<DialogState, { type: 'table-import' }>['source'];
type Props = Omit<Extract<DialogState, { type: 'table-import' }>, 'type'> & { onClose: () => void };
type Read = { readonly text: string; readonly notes: readonly string[] } | { readonly fault: string };

const ROWS_SHOWN = 8;

/** Shows a table as it was understood, with all that was noticed, before it is taken. */
export default function TableImportDialog({ source, before, take, onClose }: Props) {
  const [read, setRead] = useState<Read | null>(null);
  const [separator, setSeparator] = useState<Separator | null>(null);
  const [named, setNamed] = useState<boolean | null>(null);
  useEffect(() => {
    let gone = false;
    void readSource(source).then((result) => gone || setRead(result));
    return () => void (gone = true);
  }, [source]);

  const text = read && 'text' in read ? read.text : null;
  const cells = useMemo(() => (text === null ? null : readCells(text, separator ?? undefined)), [text, separator]);
  const hasNames = named ?? (cells ? looksLikeNames(cells.rows) : false);
  const draft = useMemo(
    () => (cells ? draftOf(cells.rows, hasNames, before?.table ?? null) : null),
    [cells, hasNames, before],
  );
  const fault = read && 'fault' in read ? read.fault : draft?.fault;
  const notes = [
    ...(read && 'notes' in read ? read.notes : []),
    ...(cells?.notes ?? []),
    ...(draft?.notes ?? []),
    ...(draft && !draft.fault ? gapsOfTable(draft.table) : []),
  ];
  const name = 'file' in source ? source.file.name : 'The pasted table';
  const title = 'file' in source ? source.file.name.replace(/\.[^.]*$/, '').slice(0, 200) : '';

  return (
    <Modal
      title={
        fault
          ? 'This cannot be taken as a table'
          : before && before.table.rows.length > 0
            ? `Replace the rows of “${before.title}”?`
            : 'Is this the table?'
      }
      lead={draft && !fault ? `${name}: ${sizeWords(draft.table)}, all in step as one axis.` : name}
      wide
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            {fault ? 'Close' : 'Cancel'}
          </button>
          {draft && !fault && (
            <button
              type="button"
              className={ui.primary}
              autoFocus
              onClick={() => {
                onClose();
                take(draft.table, title);
              }}
            >
              {draft.over > 0
                ? `Take the first ${plural(MOST_ROWS, 'row')}`
                : `Take ${plural(draft.table.rows.length, 'row')}`}
            </button>
          )}
        </>
      }
    >
      {read === null && <p className={styles.reading}>Reading the table…</p>}
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      {cells && cells.rows.length > 0 && (
        <div className={styles.choices}>
          <label className={styles.check}>
            <input type="checkbox" checked={hasNames} onChange={(event) => setNamed(event.target.checked)} />
            The first row holds the names of the columns
          </label>
          <label className={styles.separator}>
            Between the cells
            <select
              className={ui.input}
              value={cells.separator}
              onChange={(event) => setSeparator(event.target.value as Separator)}
            >
              {separators.map(({ sign, title: word }) => (
                <option key={sign} value={sign}>
                  {word}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {draft && draft.over > 0 && !fault && (
        <p className={styles.note}>
          A table holds at most {MOST_ROWS.toLocaleString('en')} rows. The last {draft.over.toLocaleString('en')}, from
          row {(MOST_ROWS + 1).toLocaleString('en')} on, would be left out: split the file to have them all.
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      {draft && !fault && <Preview table={draft.table} />}
    </Modal>
  );
}

function Preview({ table }: { table: Table }) {
  const kinds = kindsOfColumns(table);
  const more = table.rows.length - ROWS_SHOWN;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll it only then
    <div className={styles.preview} tabIndex={0} role="group" aria-label="The first rows">
      <table>
        <thead>
          <tr>
            {table.columns.map(({ id, title }, i) => (
              <th key={id} scope="col">
                {title}
                <span className={styles.kind} style={{ '--kind': `var(--kind-${kinds[i]!})` } as CSSProperties}>
                  {kinds[i]}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, ROWS_SHOWN).map((row, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no names but their numbers
            <tr key={at}>
              {table.columns.map(({ id }, i) => (
                <td key={id} title={row[i]}>
                  {row[i]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p>and {plural(more, 'more row')}</p>}
    </div>
  );
}

async function readSource(source: Source): Promise<Read> {
  if ('text' in source) return { text: source.text, notes: [] };
  const { file } = source;
  if (file.size > MOST_TABLE_BYTES)
    return {
      fault: `Expected a table of at most ${MOST_TABLE_BYTES / 1e6} MB, got ${(file.size / 1e6).toFixed(1)} MB. Split the file.`,
    };
  try {
    return textOfBytes(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return { fault: 'This file cannot be read. Is it still there, and not open in another program?' };
  }
}

const sizeWords = ({ rows, columns }: Table): string =>
  `${plural(rows.length, 'row')} × ${plural(columns.length, 'column')}`;
