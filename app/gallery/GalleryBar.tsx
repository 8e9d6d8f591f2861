import { LoaderCircle, Search, SlidersHorizontal, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent, RefObject } from 'react';
import { useStore } from 'zustand';
import { IconButton, tip } from '../panels/IconButton.tsx';
import searchStyles from '../panels/SearchField.module.css';
import ui from '../panels/ui.module.css';
import { useNarrow } from '../panels/use-media.ts';
import styles from './Gallery.module.css';
import type { GalleryStore } from './gallery-store.ts';
import { chipsOf, picturesWords } from './words.ts';

type Props = {
  gallery: GalleryStore;
  search: RefObject<HTMLInputElement | null>;
  onWords: (words: string) => void;
  /** Down from the search field: to the pictures. */
  onDown: () => void;
  filtersOpen: boolean;
  onFilters: () => void;
};

export function GalleryBar({ gallery, search, onWords, onDown, filtersOpen, onFilters }: Props) {
  const narrow = useNarrow();
  const { store } = gallery;
  const words = useStore(store, ({ filter }) => filter.words);
  const filters = useStore(store, ({ filter }) => chipsOf(filter).length);
  const isBusy = useStore(store, ({ status }) => status === 'loading');
  const count = useStore(store, ({ pages, total }) => (pages.size === 0 ? '' : picturesWords(total)));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    onDown();
  }

  return (
    <header className={styles.bar}>
      <Dialog.Title className={styles.title}>Gallery</Dialog.Title>
      <label className={`${searchStyles.search} ${styles.search}`}>
        <span className={styles.busy} data-busy={isBusy}>
          <Search size={14} aria-hidden />
          <LoaderCircle size={14} className={styles.spin} aria-hidden />
        </span>
        <input
          ref={search}
          type="search"
          placeholder="Search in prompts"
          aria-label="Search in prompts"
          maxLength={400}
          value={words}
          onChange={(event) => onWords(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      <span className={styles.count} role="status">
        {count}
      </span>
      {narrow && (
        <IconButton
          label={filters > 0 ? `Filters (${filters})` : 'Filters'}
          aria-pressed={filtersOpen}
          data-marked={filters > 0}
          onClick={onFilters}
        >
          <SlidersHorizontal size={17} aria-hidden />
        </IconButton>
      )}
      <Dialog.Close className={ui.icon} aria-label="Close" {...tip('Close (Esc)')}>
        <X size={18} aria-hidden />
      </Dialog.Close>
    </header>
  );
}
