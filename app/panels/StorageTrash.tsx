import { paidWords, pictureCount, sizeWords } from '../storage-words.ts';
import type { Trash } from '../storage-wire.ts';
import styles from './StorageDialog.module.css';
import ui from './ui.module.css';

type Props = {
  trash: readonly Trash[];
  disabled: boolean;
  onRestore: (name: string) => void;
  onEmpty: () => void;
};

/** What was removed and can still be put back. */
export function StorageTrash({ trash, disabled, onRestore, onEmpty }: Props) {
  return (
    <section className={styles.section} aria-labelledby="storage-trash">
      <h3 id="storage-trash">Trash</h3>
      {trash.length === 0 ? (
        <p className={styles.hint}>Nothing is in it. Removed pictures stay here for 30 days.</p>
      ) : (
        <>
          <ul className={styles.rooms}>
            {trash.map(({ name, removedAt, emptiedAt, count, bytes, paid }) => (
              <li key={name}>
                <span className={styles.name}>
                  {pictureCount(count)}, removed {dateAndTime(removedAt)}
                  <small>
                    {paid.count > 0 && `${paid.count} paid for, ${paidWords(paid)} · `}
                    gone for good on {new Date(emptiedAt).toLocaleDateString()}
                  </small>
                </span>
                <button
                  type="button"
                  className={`${ui.button} ${styles.small}`}
                  disabled={disabled}
                  aria-label={`Put back ${pictureCount(count)}, removed ${dateAndTime(removedAt)}`}
                  onClick={() => onRestore(name)}
                >
                  Put back
                </button>
                <span className={styles.size}>{sizeWords(bytes)}</span>
              </li>
            ))}
          </ul>
          <button type="button" className={ui.button} disabled={disabled} onClick={onEmpty}>
            Empty the trash…
          </button>
        </>
      )}
    </section>
  );
}

const dateAndTime = (time: number): string =>
  new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
