import { memo } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { tip } from '../panels/IconButton.tsx';
import styles from './Cells.module.css';

export type HeaderFace = {
  /** As short as it can be told apart from the others; one line for each member of a linked axis. */
  readonly lines: readonly string[];
  /** The whole value, for screen readers and whoever rests the pointer on it. */
  readonly whole: string;
  readonly picture: string | null;
  readonly struck: boolean;
};

type Props = {
  side: 'row' | 'column';
  place: number;
  ariaColumn: number;
  left?: number;
  face: HeaderFace;
  colour: number;
  current: boolean;
};

/** The value of an axis at the head of its row or column. */
export const GridHeader = memo(function GridHeader({ side, place, ariaColumn, left, face, colour, current }: Props) {
  const { lines, whole, picture, struck } = face;
  return (
    <div
      role={side === 'row' ? 'rowheader' : 'columnheader'}
      className={side === 'row' ? styles.rowHeader : styles.columnHeader}
      style={{ '--axis': `var(--axis-${colour})`, ...(left === undefined ? {} : { left }) } as React.CSSProperties}
      tabIndex={current ? 0 : -1}
      aria-colindex={ariaColumn}
      aria-label={struck ? `${whole}, struck out` : whole}
      data-spot={side === 'row' ? `${place}:-1` : `-1:${place}`}
      data-struck={struck || undefined}
      {...tip(whole)}
    >
      {picture && <img src={pictureUrl(picture, 'small')} alt="" loading="lazy" decoding="async" draggable={false} />}
      <span className={styles.value}>
        {lines.map((line, i) => (
          <span key={i}>{picture ? <FileName name={line} /> : line}</span>
        ))}
      </span>
    </div>
  );
});

/** Where there is no room for all of it in a line, the next one begins with the ending. */
function FileName({ name }: { name: string }) {
  const dot = name.lastIndexOf('.');
  if (dot < 1) return name;
  return (
    <>
      {name.slice(0, dot)}
      <wbr />
      {name.slice(dot)}
    </>
  );
}
