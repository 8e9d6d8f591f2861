import { Modal } from './Modal.tsx';
import { plural } from './run-words.ts';
import { useShell } from './shell.ts';
import { TakeFacts } from './TakeFacts.tsx';
import ui from './ui.module.css';
import { useReckoned } from './use-reckoned.ts';

/** Says what a new take makes and costs before it is made. */
export default function AskTakeDialog({ firstKeys, onClose }: { firstKeys: readonly string[]; onClose: () => void }) {
  const shell = useShell();
  const reckoned = useReckoned(null, firstKeys);
  const asked = new Set(firstKeys).size;
  const toPay = reckoned.type === 'told' ? reckoned.count.toPay : null;
  return (
    <Modal
      title={asked === 1 ? 'Make this edit once more?' : `Make these ${plural(asked, 'edit')} once more?`}
      lead={`A new take of the same ${asked === 1 ? 'edit' : 'edits'} is paid for like a new one. What was made is kept.`}
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className={ui.primary}
            disabled={toPay === null}
            onClick={() => {
              onClose();
              if (toPay !== null) shell.begin({ type: 'new-take', firstKeys }, { said: toPay });
            }}
          >
            {toPay === null || toPay <= 1 ? 'Make it again' : `Make ${plural(toPay, 'edit')}`}
          </button>
        </>
      }
    >
      <TakeFacts reckoned={reckoned} asked={asked} />
    </Modal>
  );
}
