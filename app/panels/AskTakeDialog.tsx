import { useServer } from '../use-editor.ts';
import { Modal } from './Modal.tsx';
import { plural, priceWords } from './run-words.ts';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** Says what a new take costs before it is made. */
export default function AskTakeDialog({ firstKeys, onClose }: { firstKeys: readonly string[]; onClose: () => void }) {
  const shell = useShell();
  const service = useServer((state) => state.reply?.service ?? null);
  const count = new Set(firstKeys).size;
  const price = service && priceWords(count, service);
  return (
    <Modal
      title={count === 1 ? 'Make this edit once more?' : `Make these ${plural(count, 'edit')} once more?`}
      lead={`A new take of the same ${count === 1 ? 'edit' : 'edits'} is paid for like a new one${price ? `: ${price}` : ''}. What was made is kept.`}
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className={ui.primary}
            onClick={() => {
              onClose();
              shell.begin({ type: 'new-take', firstKeys });
            }}
          >
            {count === 1 ? 'Make it again' : `Make ${count.toLocaleString('en')} again`}
          </button>
        </>
      }
    />
  );
}
