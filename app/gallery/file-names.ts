import type { GalleryName, GalleryZip } from '../gallery-wire.ts';
import { pictureFileName } from '../panels/picture-name.ts';

/** Names for pictures in one zip: numbered as they stand, telling what they show, safe on every system. */
export function fileNamesOf(names: readonly GalleryName[]): GalleryZip['files'] {
  const digits = String(names.length).length;
  return names.map(({ sha256, prompt, seed, mediaType }, index) => ({
    sha256,
    name: pictureFileName([`${String(index + 1).padStart(digits, '0')} ${plain(prompt)}`, `seed ${seed}`], mediaType),
  }));
}

/** Its beginning, without what a name may not hold anywhere. */
const plain = (text: string): string => [...text.replace(/[\p{C}<>:"/\\|?*]+/gu, ' ')].slice(0, 70).join('');
