import { Check, ImageOff } from 'lucide-react';
import { memo, useState } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { GalleryEntry } from '../gallery-wire.ts';
import styles from './Gallery.module.css';
import { entryWords } from './words.ts';

type Props = {
  index: number;
  column: number;
  /** Not here yet: its place is kept. */
  entry: GalleryEntry | undefined;
  tile: number;
  captionHeight: number;
  isSmall: boolean;
  isCurrent: boolean;
  isSelected: boolean;
};

/** The same element for every tile, so that none is made while other pictures come. */
const check = (
  <span className={styles.check} data-check aria-hidden>
    <Check size={14} />
  </span>
);

export const Tile = memo(function Tile(props: Props) {
  const { index, column, entry, tile, captionHeight, isSmall, isCurrent, isSelected } = props;
  const [gone, setGone] = useState<string | null>(null);
  const isHere = entry?.here && gone !== entry.sha256;
  return (
    <div
      role="gridcell"
      id={`picture-${index}`}
      aria-colindex={column + 1}
      aria-selected={isSelected}
      aria-label={entry ? entryWords(entry) : 'Not loaded yet'}
      className={styles.tile}
      style={{ height: tile + captionHeight }}
      data-index={index}
      data-key={entry?.key}
      data-current={isCurrent || undefined}
    >
      <span className={styles.picture} style={{ height: tile }} data-loading={entry ? undefined : true}>
        {entry && isHere && (
          <img
            src={pictureUrl(entry.sha256, isSmall ? 'small' : 'large')}
            alt=""
            decoding="async"
            // Whoever types on waits for the answer, not for these.
            fetchPriority="low"
            draggable={false}
            onError={() => setGone(entry.sha256)}
          />
        )}
        {entry && !isHere && <ImageOff size={Math.min(28, tile / 4)} aria-hidden />}
        {entry && check}
        {entry && entry.rating > 0 && (
          <span className={styles.rating} aria-hidden>
            {'★'.repeat(entry.rating)}
          </span>
        )}
      </span>
      {captionHeight > 0 && (
        <span className={styles.caption} aria-hidden>
          {entry && <em data-seed={entry.seed} />}
          {entry?.prompt}
        </span>
      )}
    </div>
  );
});
