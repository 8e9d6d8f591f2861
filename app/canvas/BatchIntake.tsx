import { LoaderCircle } from 'lucide-react';
import { useShell } from '../panels/shell.ts';
import { useEditor } from '../use-editor.ts';
import { leaveOut, takeIntoBatch } from './batch-intake.ts';
import cardStyles from './Card.module.css';
import styles from './Field.module.css';
import lists from './Lists.module.css';
import { useCanvas, useView } from './view.ts';

/** How far the files are that are on their way into a batch, and which could not be taken. */
export function BatchIntake({ id, field }: { id: string; field: string }) {
  const editor = useEditor();
  const { view } = useCanvas();
  const shell = useShell();
  const intake = useView((state) => state.intakes.get(id));
  if (!intake) return null;
  const { total, done, failed, stop } = intake;
  return (
    <div className={lists.intake} role="status">
      {stop && (
        <div className={lists.progress}>
          <LoaderCircle size={14} className={cardStyles.spin} aria-hidden />
          <span>
            Taking{' '}
            {total === 1 ? 'a picture' : `${done.toLocaleString('en')} of ${total.toLocaleString('en')} pictures`}
          </span>
          <progress aria-label="Pictures taken" max={total} value={done} />
          <button type="button" className={`${styles.small} nodrag`} onClick={stop}>
            Stop
          </button>
        </div>
      )}
      {failed.length > 0 && (
        <>
          <p className={styles.problem}>
            {failed.length === 1 ? 'This file was not taken:' : `${failed.length} files were not taken:`}
          </p>
          <ul className={`${lists.failed} nowheel`}>
            {failed.map(({ name, message }) => (
              <li key={name}>
                <strong>{name}</strong> {message}
              </li>
            ))}
          </ul>
          {!stop && (
            <div className={lists.actions}>
              <button
                type="button"
                className={`${styles.small} nodrag`}
                onClick={() => {
                  leaveOut(view, id);
                  const files = failed.map(({ file }) => file);
                  void takeIntoBatch({ editor, view }, { node: id, field }, files).catch(shell.tellError);
                }}
              >
                Try again
              </button>
              <button type="button" className={`${styles.small} nodrag`} onClick={() => leaveOut(view, id)}>
                Leave out
              </button>
            </div>
          )}
        </>
      )}
    </div>
  );
}
