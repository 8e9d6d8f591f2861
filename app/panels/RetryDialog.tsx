import type { Failures } from '../../graphs/failures.ts';
import { useServer } from '../use-editor.ts';
import { Modal } from './Modal.tsx';
import { plural, priceWords } from './run-words.ts';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** Asks before anything is paid for a second time. */
export default function RetryDialog({ failures, onClose }: { failures: Failures; onClose: () => void }) {
  const shell = useShell();
  const service = useServer((state) => state.reply?.service ?? null);
  const { same, newTake } = failures;
  const price = service && priceWords(same.length + newTake.length, service);
  return (
    <Modal
      title="This may be paid for again"
      lead={
        <>
          {service?.label ?? 'The edit service'} took {plural(newTake.length, 'of these edits', 'of these edits')} once
          and it failed, or was stopped after it began. Asking again makes a new take, which is charged like a new edit
          {price ? ` (${price})` : ''}. What the first one cost is not known here.
        </>
      }
      onClose={onClose}
      footer={
        <>
          {same.length > 0 && (
            <button
              type="button"
              className={ui.button}
              onClick={() => {
                onClose();
                shell.begin({ type: 'retry', failures: { same, newTake: [] } });
              }}
            >
              Only those never taken ({same.length})
            </button>
          )}
          <button type="button" className={ui.button} onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className={ui.primary}
            onClick={() => {
              onClose();
              shell.begin({ type: 'retry', failures });
            }}
          >
            Make {plural(same.length + newTake.length, 'edit')} again
          </button>
        </>
      }
    />
  );
}
