import { EllipsisVertical } from 'lucide-react';
import { memo, useLayoutEffect, useRef } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { GridState } from './cells.ts';
import styles from './Cells.module.css';
import { pictureQueue } from './picture-queue.ts';

type Props = {
  row: number;
  column: number;
  ariaColumn: number;
  left: number;
  state: GridState;
  sha256: string | null;
  size: 'small' | 'large';
  text: string | null;
  /** Shown in a cell that is large enough and has no picture. */
  words: string | null;
  label: string;
  /** Its point, where no headers tell it. */
  caption: string | null;
  rating: number;
  selected: boolean;
  /** The one that Tab leads to. */
  current: boolean;
  /** The pointer rests on it. */
  pointed: boolean;
};

/** One task; two elements at most while the pointer is elsewhere, since there may be a thousand of them. */
export const GridCell = memo(function GridCell(props: Props) {
  const {
    row,
    column,
    ariaColumn,
    left,
    state,
    sha256,
    size,
    text,
    words,
    label,
    caption,
    rating,
    selected,
    current,
    pointed,
  } = props;
  return (
    <div
      role="gridcell"
      className={styles.cell}
      style={{ left }}
      tabIndex={current ? 0 : -1}
      aria-colindex={ariaColumn}
      aria-selected={selected}
      aria-label={label}
      data-spot={`${row}:${column}`}
      data-state={state}
      data-picture={sha256 ? '' : undefined}
      data-captioned={caption === null ? undefined : ''}
      data-stars={rating > 0 ? '★'.repeat(rating) : undefined}
      data-words={words ?? undefined}
    >
      {sha256 && <QueuedPicture url={pictureUrl(sha256, size)} />}
      {text !== null && !sha256 && <span className={styles.text}>{text}</span>}
      {caption !== null && <span className={styles.caption}>{caption}</span>}
      {pointed && (
        <>
          <span className={styles.tick} data-act="select" aria-hidden />
          <span className={styles.more} data-act="menu" aria-hidden>
            <EllipsisVertical size={15} />
          </span>
        </>
      )}
    </div>
  );
});

/** Written past React: a thousand of them begin one by one, and none needs to be drawn again for it. */
function QueuedPicture({ url }: { url: string }) {
  const image = useRef<HTMLImageElement>(null);
  useLayoutEffect(
    () =>
      pictureQueue.ask(() => {
        if (image.current) image.current.src = url;
      }),
    [url],
  );
  return <img ref={image} alt="" decoding="async" />;
}
