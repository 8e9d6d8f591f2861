import { Check, CloudAlert, LoaderCircle } from 'lucide-react';
import { useDocument } from '../use-editor.ts';
import { tip } from './IconButton.tsx';
import { useShell } from './shell.ts';
import styles from './TopBar.module.css';

/** Is the draft kept? When it is not, says why and offers the graph file. */
export function SavedState() {
  const saved = useDocument((state) => state.saved);
  const shell = useShell();
  if (saved.status === 'failed')
    return (
      <button
        type="button"
        className={styles.notSaved}
        onClick={shell.saveFile}
        {...tip(`${saved.message} Press to save a graph file instead.`)}
      >
        <CloudAlert size={14} aria-hidden /> <span role="alert">Not saved</span>
      </button>
    );
  const saving = saved.status === 'saving';
  return (
    <span className={styles.saved} role="status" {...tip('Every change is kept in this browser by itself.')}>
      {saving ? <LoaderCircle size={13} aria-hidden /> : <Check size={13} aria-hidden />}
      <span>{saving ? 'Saving…' : 'Saved'}</span>
    </span>
  );
}
