import { useLayoutEffect, useRef } from 'react';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import styles from './Field.module.css';
import type { ControlProps } from './FieldRow.tsx';
import { useTyping } from './use-typing.ts';

const growsByItself = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content');

/** A text of one line or of several; it grows with what is written. */
export function TextField({ id, field, input, problem }: ControlProps) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const value = useDocument((state) => state.graph.nodes[id]?.params[field.name]);
  const text = typeof value === 'string' ? value : '';
  const typing = useTyping(`${id}.${field.name}`);
  const area = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const element = area.current;
    if (growsByItself || !element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);

  const common = {
    id: input,
    value: text,
    readOnly,
    placeholder: field.placeholder,
    spellCheck: field.control === 'textarea',
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${input}-problem` : undefined,
    title: field.description,
    onBlur: typing.end,
    onChange: (event: { target: { value: string } }) =>
      document.change({ type: 'setParam', node: id, name: field.name, value: event.target.value }, typing.gesture()),
  };
  if (field.control === 'text')
    return <input type="text" autoComplete="off" className={`${styles.input} nodrag`} {...common} />;
  return (
    <textarea
      ref={area}
      rows={field.rows}
      style={{ '--rows': field.rows } as React.CSSProperties}
      className={`${styles.input} ${styles.area} nodrag`}
      // A text that scrolls keeps the wheel to itself, but only while it is being written.
      onFocus={(event) => event.target.classList.add('nowheel')}
      {...common}
      onBlur={(event) => {
        event.target.classList.remove('nowheel');
        typing.end();
      }}
    />
  );
}
