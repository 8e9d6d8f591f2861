import styles from './Letter.module.css';

/** The letter that a picture goes by. */
export function Letter({ of }: { of: string | undefined }) {
  return (
    <b className={styles.letter} data-letter={of}>
      {of}
    </b>
  );
}
