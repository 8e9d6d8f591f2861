import { useState } from 'react';
import type { GalleryName } from '../gallery-wire.ts';
import type { GalleryApi } from '../services/gallery-api.ts';
import type { GalleryStore } from './gallery-store.ts';

export type Selection = ReadonlyMap<string, GalleryName>;

/** The chosen pictures: they stay chosen whatever is found and looked at meanwhile. */
export function useSelection(gallery: GalleryStore, api: Pick<GalleryApi, 'names'>, initial: Selection = new Map()) {
  const [selection, setSelection] = useState(initial);

  const nameAt = (index: number): GalleryName | null => {
    const entry = gallery.entryAt(index);
    if (!entry) return null;
    const { key, sha256, mediaType, prompt, seed } = entry;
    return { key, sha256, mediaType, prompt, seed };
  };

  return {
    selection,
    /** The one that the keys stand at, alone. */
    current(): GalleryName[] {
      const one = nameAt(gallery.get().at);
      return one ? [one] : [];
    },
    /** The chosen pictures where the one that the keys stand at is among them, else that one alone. */
    meant(): GalleryName[] {
      const one = nameAt(gallery.get().at);
      if (!one) return [...selection.values()];
      return selection.has(one.key) ? [...selection.values()] : [one];
    },
    select: (indexes: readonly number[], isSelected: (key: string) => boolean): void => {
      setSelection((before) => {
        const after = new Map(before);
        for (const index of indexes) {
          const name = nameAt(index);
          if (!name) continue;
          if (isSelected(name.key)) after.set(name.key, name);
          else after.delete(name.key);
        }
        return after;
      });
    },
    /** [L6] All that was found, not only what is in view. */
    async selectAll(): Promise<void> {
      const names = await api.names(gallery.get().filter);
      setSelection(new Map(names.map((name) => [name.key, name])));
    },
    selectNone: (): void => setSelection(new Map()),
  };
}
