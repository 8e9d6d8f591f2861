import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import styles from './Field.module.css';
import type { ControlProps } from './FieldRow.tsx';

export function SwitchField({ id, field, input }: ControlProps) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const on = useDocument((state) => state.graph.nodes[id]?.params[field.name] === true);
  return (
    <button
      type="button"
      id={input}
      role="switch"
      disabled={readOnly}
      aria-checked={on}
      aria-label={field.title}
      title={field.description}
      className={`${styles.switch} nodrag`}
      onClick={() => document.change({ type: 'setParam', node: id, name: field.name, value: !on })}
    />
  );
}

/** A few choices stand side by side, many are a list. */
export function ChoiceField({ id, field, input }: ControlProps) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const value = useDocument((state) => state.graph.nodes[id]?.params[field.name]);
  const choose = (next: string): void => document.change({ type: 'setParam', node: id, name: field.name, value: next });
  if (field.choices.length > 4)
    return (
      <select
        id={input}
        className={`${styles.input} nodrag`}
        value={String(value)}
        disabled={readOnly}
        onChange={(event) => choose(event.target.value)}
      >
        {field.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  return (
    <div id={input} className={`${styles.segments} nodrag`} role="radiogroup" aria-label={field.title}>
      {field.choices.map((choice) => (
        <label key={choice} className={styles.segment} data-chosen={choice === value || undefined}>
          <input
            type="radio"
            name={input}
            checked={choice === value}
            disabled={readOnly}
            onChange={() => choose(choice)}
          />
          {choice}
        </label>
      ))}
    </div>
  );
}
