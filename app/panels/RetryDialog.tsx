import type { Failures } from '../../graphs/failures.ts';
import { useServer } from '../use-editor.ts';
import { Modal } from './Modal.tsx';
import { plural } from './run-words.ts';
import { useShell } from './shell.ts';
import { TakeFacts } from './TakeFacts.tsx';
import ui from './ui.module.css';
import { useReckoned } from './use-reckoned.ts';

/** Asks before anything is paid for a second time. */
export default function RetryDialog({ failures, onClose }: { failures: Failures; onClose: () => void }) {
  const shell = useShell();
  const label = useServer((state) => state.reply?.service.label ?? 'The edit service');
  const { same, newTake } = failures;
  const reckoned = useReckoned(same, newTake);
  const asked = same.length + newTake.length;
  const toPay = reckoned.type === 'told' ? reckoned.count.toPay : null;
  return (
    <Modal
      title="This may be paid for again"
      lead={
        <>
          {label} took {asked === 1 ? 'this edit' : `${newTake.length.toLocaleString('en')} of these edits`} once and it
          failed, or was stopped after it began. Asking again makes a new take, which is charged like a new edit. What
          the first one cost is not known here.
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
            disabled={toPay === null}
            onClick={() => {
              onClose();
              if (toPay !== null) shell.begin({ type: 'retry', failures }, { said: toPay });
            }}
          >
            Make {plural(toPay ?? asked, 'edit')}
          </button>
        </>
      }
    >
      <TakeFacts reckoned={reckoned} asked={asked} />
    </Modal>
  );
}
