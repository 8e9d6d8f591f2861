import { useEffect, useRef } from 'react';
import { transformOf } from '../panels/use-stage.ts';
import type { PictureView } from '../panels/viewer-view.ts';
import { figureRows, scaleWords } from './figure-words.ts';
import { mapColours } from './figure.ts';
import type { Side, SidePicture } from './sides.ts';
import styles from './DifferenceView.module.css';
import stageStyles from './Stage.module.css';
import { useDifference, type Difference } from './use-difference.ts';

type Shown = Side & { readonly picture: SidePicture };

/** Where two pictures differ, by how much, and the figure. */
export function DifferenceView({ a, b, view, sharp }: { a: Shown; b: Shown; view: PictureView; sharp: boolean }) {
  const difference = useDifference(a.picture, b.picture);
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = difference.state === 'ready' ? difference.map : null;
  useEffect(() => {
    const element = canvas.current;
    if (!map || !element) return;
    element.width = map.width;
    element.height = map.height;
    // Drawn, not handed over: React may ask twice.
    element.getContext('2d')!.drawImage(map, 0, 0);
  }, [map]);
  const frame = a.picture;
  return (
    <>
      <canvas
        ref={canvas}
        className={stageStyles.picture}
        role="img"
        aria-label={`Where ${a.letter} and ${b.letter} differ`}
        data-pixels={sharp}
        data-state={difference.state}
        style={{ width: frame.width, height: frame.height, transform: transformOf(view) }}
      />
      {difference.state === 'failed' ? (
        <div className={stageStyles.state} role="status" data-status="failed">
          <strong>These two could not be compared</strong>
          <p>{difference.message} Choose another picture, or look at them side by side.</p>
        </div>
      ) : (
        <FigureCard difference={difference} a={a} b={b} />
      )}
    </>
  );
}

function FigureCard({ difference, a, b }: { difference: Difference; a: Shown; b: Shown }) {
  const ready = difference.state === 'ready' ? difference : null;
  return (
    <section className={styles.card} aria-label="How far apart they are" aria-live="polite" aria-busy={!ready}>
      {ready ? (
        <>
          <dl>
            {figureRows(ready.figure).map(({ title, text, hint }) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>
                  {text} <small>{hint}</small>
                </dd>
              </div>
            ))}
          </dl>
          <p className={styles.legend}>
            little <i style={{ background: gradient }} /> much
          </p>
          {scaleWords(a, b, ready).map((text) => (
            <p key={text} className={styles.note}>
              {text}
            </p>
          ))}
        </>
      ) : (
        <p className={styles.note}>Comparing…</p>
      )}
    </section>
  );
}

const gradient = `linear-gradient(90deg, ${mapColours.map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`;
