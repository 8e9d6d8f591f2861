import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { columnKinds, type Column } from '../../graphs/table.ts';
import styles from './TableDialog.module.css';

/** The name of a column, what it holds, and the way to take it out. */
export function ColumnHead(props: {
  column: Column;
  kind: string;
  readOnly: boolean;
  canRemove: boolean;
  onChange: (change: Partial<Omit<Column, 'id'>>) => void;
  onRemove: () => void;
}) {
  const { column, kind, readOnly, canRemove, onChange, onRemove } = props;
  const [title, setTitle] = useState<string | null>(null);
  const leave = (): void => {
    if (title !== null && title.trim() !== '') onChange({ title: title.trim() });
    setTitle(null);
  };
  return (
    <div role="columnheader" className={styles.column}>
      <input
        value={title ?? column.title}
        readOnly={readOnly}
        maxLength={200}
        aria-label={`Name of the column ${column.title}`}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && leave()}
      />
      <span>
        <select
          value={column.kind}
          disabled={readOnly}
          aria-label={`What ${column.title} holds`}
          onChange={(event) => onChange({ kind: event.target.value as Column['kind'] })}
        >
          <option value="auto">{column.kind === 'auto' ? `${kind}, by its cells` : 'by its cells'}</option>
          {columnKinds.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <button
          type="button"
          disabled={readOnly || !canRemove}
          aria-label={`Delete the column ${column.title}`}
          title="Delete this column"
          onClick={onRemove}
        >
          <Trash2 size={14} aria-hidden />
        </button>
      </span>
    </div>
  );
}
