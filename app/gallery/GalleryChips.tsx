import { X } from 'lucide-react';
import { useStore } from 'zustand';
import type { GalleryFilter } from '../gallery-wire.ts';
import ui from '../panels/ui.module.css';
import styles from './Gallery.module.css';
import type { GalleryStore } from './gallery-store.ts';
import { chipsOf } from './words.ts';

type Props = { gallery: GalleryStore; onFilter: (filter: GalleryFilter) => void; onClear: () => void };

/** What is filtered by, each with the way to take it away. */
export function GalleryChips({ gallery, onFilter, onClear }: Props) {
  const chips = chipsOf(useStore(gallery.store, ({ filter }) => filter));
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Filtered by">
      {chips.map(({ label, without }) => (
        <li key={label}>
          <button type="button" className={styles.chip} onClick={() => onFilter(without)}>
            <span>{label}</span>
            <X size={13} aria-label="Remove this filter" />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={ui.plain} onClick={onClear}>
          Clear all
        </button>
      </li>
    </ul>
  );
}
