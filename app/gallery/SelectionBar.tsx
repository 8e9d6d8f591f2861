import { Columns2, Download, FileOutput, ImagePlus, Trash2, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { GalleryName } from '../gallery-wire.ts';
import { IconButton } from '../panels/IconButton.tsx';
import ui from '../panels/ui.module.css';
import styles from './Gallery.module.css';
import { mostCompared, type GalleryActions } from './gallery-actions.ts';
import type { GalleryStore } from './gallery-store.ts';
import { Stars } from './Stars.tsx';
import { countWords } from './words.ts';

type Props = {
  gallery: GalleryStore;
  names: readonly GalleryName[];
  actions: GalleryActions;
  onAll: () => void;
  onClear: () => void;
  onRemove: () => void;
};

/** What can be done with the chosen pictures. */
export function SelectionBar({ gallery, names, actions, onAll, onClear, onRemove }: Props) {
  const total = useStore(gallery.store, (state) => state.total);
  const canCompare = names.length >= 2 && names.length <= mostCompared;
  return (
    <div className={styles.selection} role="toolbar" aria-label="Chosen pictures">
      <IconButton label="Choose none (Esc)" onClick={onClear}>
        <X size={16} aria-hidden />
      </IconButton>
      <strong role="status">{countWords(names.length)} chosen</strong>
      {names.length < total && (
        <button type="button" className={ui.plain} onClick={onAll}>
          Choose all {countWords(total)}
        </button>
      )}
      <span className={styles.push} />
      <Stars rating={0} onRate={(rating) => void actions.rate(names, rating)} label="Rate them" />
      <IconButton
        label={canCompare ? 'Compare (C)' : `Compare: choose 2 to ${mostCompared}`}
        inactive={!canCompare}
        onClick={() => actions.compare(names)}
      >
        <Columns2 size={16} aria-hidden />
      </IconButton>
      <IconButton label="Use as input (U)" onClick={() => void actions.useAsInput(names)}>
        <ImagePlus size={16} aria-hidden />
      </IconButton>
      <button type="button" className={ui.button} onClick={() => void actions.exportThem(names)}>
        <FileOutput size={15} aria-hidden /> Export…
      </button>
      <button type="button" className={ui.button} onClick={() => void actions.save(names)}>
        <Download size={15} aria-hidden />
        {names.length > 1 ? 'Save as zip' : 'Save'}
      </button>
      <button type="button" className={ui.danger} onClick={onRemove}>
        <Trash2 size={15} aria-hidden /> Remove…
      </button>
    </div>
  );
}
