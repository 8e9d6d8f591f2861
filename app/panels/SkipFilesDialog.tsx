import { Modal } from './Modal.tsx';
import { plural } from './run-words.ts';
import type { DialogState } from './shell.ts';
import styles from './SkipFilesDialog.module.css';
import ui from './ui.module.css';

type Props = Omit<Extract<DialogState, { type: 'skip-files' }>, 'type'> & { onClose: () => void };

/** Names the files that cannot be taken, and takes the others on the user's word. */
export default function SkipFilesDialog({ count, skipped, take, onClose }: Props) {
  return (
    <Modal
      title={`${plural(skipped.length, 'file')} cannot be taken`}
      lead={
        count > 0
          ? `${plural(count, 'picture')} can. The files themselves stay where they are.`
          : 'Nothing else was dropped. The files themselves stay where they are.'
      }
      textOnly
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            {count > 0 ? 'Cancel' : 'Close'}
          </button>
          {count > 0 && (
            <button
              type="button"
              className={ui.primary}
              onClick={() => {
                onClose();
                take();
              }}
            >
              Skip {skipped.length === 1 ? 'it' : 'them'} and take {plural(count, 'picture')}
            </button>
          )}
        </>
      }
    >
      <ul className={styles.list}>
        {skipped.map(({ name, why }, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- two files may have one name
          <li key={i}>
            <strong>{name}</strong> <span>{why}</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
