import { useEffect, useState, type RefObject } from 'react';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import styles from './TopBar.module.css';

/** The document's title, editable in place: Enter keeps it, Escape gives the old one back. */
export function TitleField({ ref }: { ref: RefObject<HTMLInputElement | null> }) {
  const { document } = useEditor();
  const title = useDocument((state) => state.title);
  const readOnly = useReadOnly();
  const [draft, setDraft] = useState<string | null>(null);

  useEffect(() => {
    window.document.title = `${title} · Editloom`;
  }, [title]);

  const keep = (): void => {
    if (draft !== null && draft.trim() !== title) document.setTitle(draft);
    setDraft(null);
  };

  return (
    <input
      ref={ref}
      className={styles.title}
      aria-label="Title of the graph"
      value={draft ?? title}
      maxLength={200}
      readOnly={readOnly}
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        setDraft(null);
        // Blur reads the draft of this render; the field is left in the next one.
        const field = event.currentTarget;
        requestAnimationFrame(() => field.blur());
      }}
    />
  );
}
