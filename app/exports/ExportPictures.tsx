import { useMemo, useState } from 'react';
import type { GalleryEntry } from '../gallery-wire.ts';
import { ExportForm } from './ExportForm.tsx';
import { gatherPictures } from './gather-pictures.ts';
import { nowWords } from './now-words.ts';

/** Pictures of the gallery. */
export function ExportPictures({ pictures, onClose }: { pictures: readonly GalleryEntry[]; onClose: () => void }) {
  const [date] = useState(nowWords);
  const title = `${pictures.length.toLocaleString('en')} ${pictures.length === 1 ? 'picture' : 'pictures'}`;
  const grid = useMemo(() => gatherPictures(pictures, title, date), [pictures, title, date]);
  return (
    <ExportForm grid={grid} gather={() => grid} graph={null} onClose={onClose} nothing="No picture is selected." />
  );
}
