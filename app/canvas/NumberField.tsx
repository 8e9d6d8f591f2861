import { Dices } from 'lucide-react';
import { useState } from 'react';
import { LARGEST_SEED } from '../../graphs/ports.ts';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import styles from './Field.module.css';
import type { ControlProps } from './FieldRow.tsx';
import { useTyping } from './use-typing.ts';

/** A whole number. What cannot stand is said at once and never written; leaving the field brings the last good one back. */
export function NumberField({ id, field, input, problem }: ControlProps) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const value = useDocument((state) => state.graph.nodes[id]?.params[field.name]);
  const [typed, setTyped] = useState<{ text: string; value: unknown } | null>(null);
  // Another value has come from elsewhere, by undo for one: what was typed is past.
  const draft = typed && typed.value === value ? typed.text : null;
  const typing = useTyping(`${id}.${field.name}`);
  const fault = draft === null ? null : faultOf(field, draft);

  const write = (next: number, gesture?: string): void =>
    document.change({ type: 'setParam', node: id, name: field.name, value: next }, gesture);

  const step = (by: number): void => {
    const next = (typeof value === 'number' ? value : (field.min ?? 0)) + by;
    if (!field.schema.safeParse(next).success) return;
    setTyped(null);
    write(next, typing.gesture());
  };

  return (
    <>
      <div className={styles.number}>
        <input
          id={input}
          className={`${styles.input} nodrag`}
          inputMode="numeric"
          readOnly={readOnly}
          autoComplete="off"
          title={field.description}
          value={draft ?? String(value ?? '')}
          aria-invalid={fault || problem ? true : undefined}
          aria-describedby={fault ? `${input}-fault` : problem ? `${input}-problem` : undefined}
          onChange={(event) => {
            const text = event.target.value;
            const good = faultOf(field, text) === null;
            setTyped({ text, value: good ? Number(text) : value });
            if (good) write(Number(text), typing.gesture());
          }}
          onKeyDown={(event) => {
            if (fault && event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              event.stopPropagation();
              setTyped(null);
            }
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
          }}
          onBlur={() => {
            setTyped(null);
            typing.end();
          }}
        />
        {field.control === 'seed' && (
          <button
            type="button"
            className={`${styles.dice} nodrag`}
            disabled={readOnly}
            title="Another seed"
            aria-label={`${field.title}: roll another one`}
            onClick={() => {
              setTyped(null);
              write(1 + Math.floor(Math.random() * Math.min(field.max ?? LARGEST_SEED, 999_999)));
            }}
          >
            <Dices size={15} />
          </button>
        )}
      </div>
      {fault && (
        <p className={styles.problem} id={`${input}-fault`}>
          {fault}
        </p>
      )}
    </>
  );
}

function faultOf(field: ControlProps['field'], text: string): string | null {
  const number = text.trim() === '' ? NaN : Number(text);
  if (field.schema.safeParse(number).success) return null;
  const { min, max } = field;
  const range = min !== undefined && max !== undefined ? ` from ${min} to ${max.toLocaleString('en')}` : '';
  return `Expected a whole number${range}.`;
}
