import { ArrowUp, LoaderCircle, X } from 'lucide-react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import ui from '../panels/ui.module.css';
import styles from './Gallery.module.css';
import type { GalleryStore } from './gallery-store.ts';
import { countWords, picturesWords } from './words.ts';

/** What went to the trash just now. */
export type Removed = { readonly trash: string; readonly count: number };

type Props = {
  gallery: GalleryStore;
  removed: Removed | null;
  onPutBack: (trash: string) => void;
  onAway: () => void;
  onAgain: () => void;
  onNewest: () => void;
};

/** What there is to say above the pictures. */
export function GalleryNotices({ gallery, removed, onPutBack, onAway, onAgain, onNewest }: Props) {
  const { rebuilding, message, newer } = useStore(
    gallery.store,
    // Without any picture it is said in their place.
    useShallow(({ rebuilding: of, message: text, newer: more, pages }) => ({
      rebuilding: of,
      message: pages.size > 0 ? text : null,
      newer: more,
    })),
  );
  return (
    <>
      {rebuilding && (
        <p className={styles.notice} role="status">
          <LoaderCircle size={14} className={styles.spin} aria-hidden /> The list of all pictures is made anew from the
          job book: {countWords(rebuilding.done)} of {countWords(rebuilding.of)} changes are read.
        </p>
      )}
      {removed && (
        <p className={styles.notice} role="status">
          {picturesWords(removed.count)} {removed.count === 1 ? 'is' : 'are'} in the trash for 30 days.
          <button type="button" className={ui.button} onClick={() => onPutBack(removed.trash)}>
            Put back
          </button>
          <button type="button" className={ui.icon} aria-label="Put this message away" onClick={onAway}>
            <X size={15} aria-hidden />
          </button>
        </p>
      )}
      {message && (
        <p className={styles.notice} role="alert">
          {message}
          <button type="button" className={ui.button} onClick={onAgain}>
            Try again
          </button>
        </p>
      )}
      {newer > 0 && (
        <button type="button" className={styles.newer} onClick={onNewest}>
          <ArrowUp size={14} aria-hidden /> {picturesWords(newer)} more since
        </button>
      )}
    </>
  );
}
