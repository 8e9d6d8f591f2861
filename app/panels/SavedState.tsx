import { Check, CloudAlert, Eye, LoaderCircle } from 'lucide-react';
import { useDocument, useReadOnly } from '../use-editor.ts';
import { tip } from './IconButton.tsx';
import { useShell } from './shell.ts';
import styles from './TopBar.module.css';

/** Is the draft kept? When it is not, says why and offers the graph file. */
export function SavedState() {
  const saved = useDocument((state) => state.saved);
  const readOnly = useReadOnly();
  const shell = useShell();
  if (readOnly)
    return (
      <span className={styles.saved}>
        <Eye size={13} aria-hidden /> <span>Read-only</span>
      </span>
    );
  if (saved.status === 'failed' || saved.status === 'off')
    return (
      <span role="alert">
        <button
          type="button"
          className={styles.notSaved}
          onClick={() => (saved.status === 'off' ? shell.show({ type: 'not-saving' }) : shell.saveFile())}
          {...tip(
            saved.status === 'off'
              ? `Nothing is saved now: ${saved.message} Press to see what can be done.`
              : `${saved.message} It is tried again by itself. Press to save a graph file instead.`,
          )}
        >
          <CloudAlert size={14} aria-hidden /> Not saved
        </button>
      </span>
    );
  const saving = saved.status === 'saving';
  return (
    <span className={styles.saved} role="status" {...tip('Every change is kept in this browser by itself.')}>
      {saving ? <LoaderCircle size={13} aria-hidden /> : <Check size={13} aria-hidden />}
      <span>{saving ? 'Saving…' : 'Saved'}</span>
    </span>
  );
}
