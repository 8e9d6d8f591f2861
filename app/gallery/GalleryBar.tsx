import { LoaderCircle, Search, SlidersHorizontal, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent, RefObject } from 'react';
import { IconButton, tip } from '../panels/IconButton.tsx';
import searchStyles from '../panels/SearchField.module.css';
import ui from '../panels/ui.module.css';
import { useNarrow } from '../panels/use-media.ts';
import styles from './Gallery.module.css';
import { picturesWords } from './words.ts';

type Props = {
  search: RefObject<HTMLInputElement | null>;
  words: string;
  onWords: (words: string) => void;
  /** Down from the search field: to the pictures. */
  onDown: () => void;
  /** Null until it is known. */
  total: number | null;
  busy: boolean;
  /** How many filters there are. */
  filters: number;
  filtersOpen: boolean;
  onFilters: () => void;
};

export function GalleryBar({ search, words, onWords, onDown, total, busy, filters, filtersOpen, onFilters }: Props) {
  const narrow = useNarrow();
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    onDown();
  }
  return (
    <header className={styles.bar}>
      <Dialog.Title className={styles.title}>Gallery</Dialog.Title>
      <label className={`${searchStyles.search} ${styles.search}`}>
        {busy ? <LoaderCircle size={14} className={styles.spin} aria-hidden /> : <Search size={14} aria-hidden />}
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
        {total === null ? '' : picturesWords(total)}
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
