import { Modal } from './Modal.tsx';
import styles from './NotesDialog.module.css';
import ui from './ui.module.css';

type Props = { title: string; lead: string; notes: readonly string[]; onClose: () => void };

/** What was changed or set aside when a graph was read, a sentence each. */
export default function NotesDialog({ title, lead, notes, onClose }: Props) {
  return (
    <Modal
      textOnly
      title={title}
      lead={lead}
      onClose={onClose}
      footer={
        <button type="button" className={ui.primary} onClick={onClose}>
          All right
        </button>
      }
    >
      <ul className={styles.notes}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Modal>
  );
}
