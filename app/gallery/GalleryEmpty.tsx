import { useStore } from 'zustand';
import ui from '../panels/ui.module.css';
import styles from './Gallery.module.css';
import type { GalleryStore } from './gallery-store.ts';
import { isFiltered } from './view.ts';

type Props = {
  gallery: GalleryStore;
  onAgain: () => void;
  onClear: () => void;
  onLeave: () => void;
};

/** What stands where there is no picture, and the way on. */
export function GalleryEmpty({ gallery, onAgain, onClear, onLeave }: Props) {
  /** Why nothing could be asked for; null = it could. */
  const failure = useStore(gallery.store, ({ status, message }) => (status === 'failed' ? (message ?? '') : null));
  const hasWords = useStore(gallery.store, ({ filter }) => filter.words.trim() !== '');
  const isNarrowed = useStore(gallery.store, ({ filter }) => isFiltered(filter)) || hasWords;
  if (failure !== null)
    return (
      <div className={styles.empty} role="alert">
        <strong>The gallery could not be opened</strong>
        <p>{failure}</p>
        <button type="button" className={ui.button} onClick={onAgain}>
          Try again
        </button>
      </div>
    );
  if (isNarrowed)
    return (
      <div className={styles.empty}>
        <strong>No picture was found</strong>
        <p>
          {hasWords
            ? 'Words are looked for in the prompts, each from its beginning; all of them have to be there.'
            : 'No picture fits all of these filters. Take one away to see more.'}
        </p>
        <button type="button" className={ui.button} onClick={onClear}>
          Show all pictures
        </button>
      </div>
    );
  return (
    <div className={styles.empty}>
      <strong>No pictures yet</strong>
      <p>
        Every picture that an edit makes is found here from then on: whichever graph made it, and also after that graph
        is gone.
      </p>
      <button type="button" className={ui.button} onClick={onLeave}>
        Back to the graph
      </button>
    </div>
  );
}
