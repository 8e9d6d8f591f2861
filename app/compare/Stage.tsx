import { useState, type ReactNode } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { transformOf, type useStage } from '../panels/use-stage.ts';
import { DifferenceView } from './DifferenceView.tsx';
import { Divider } from './Divider.tsx';
import { Letter } from './Letter.tsx';
import type { Mode } from './modes.ts';
import { nameOfSide, type Side, type SidePicture } from './sides.ts';
import styles from './Stage.module.css';
import { shortLabels } from './short-labels.ts';
import { StateOf } from './StateOf.tsx';

type Props = {
  mode: Mode;
  sides: readonly Side[];
  /** Which one the first is held against. */
  other: number;
  /** The picture that gives all of them their size. */
  frame: SidePicture | null;
  stage: ReturnType<typeof useStage>;
  /** Which one is to be seen where only one is. */
  shown: number;
  vertical: boolean;
  divider: number;
  onDivider: (at: number) => void;
  /** Called before something is opened over this. */
  onLeave: () => void;
};

/** The pictures, all with the same zoom at the same spot. */
export function Stage({ mode, sides, other, frame, stage, shown, vertical, divider, onDivider, onLeave }: Props) {
  const { view, stageProps } = stage;
  const [a, b] = [sides[0], other > 0 ? sides[other] : undefined];
  const sharp = view.zoom >= 3;
  const labels = shortLabels(sides);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const draw = (side: Side, fit: 'fill' | 'contain' = 'fill'): ReactNode =>
    side.picture && frame && !gone.has(side.picture.sha256) ? (
      <img
        className={styles.picture}
        src={pictureUrl(side.picture.sha256)}
        alt={`${side.letter}: ${nameOfSide(side)}`}
        {...sizeIn(frame, side.picture, fit)}
        draggable={false}
        onError={() => setGone((before) => new Set(before).add(side.picture!.sha256))}
        data-pixels={sharp}
        style={{ transform: transformOf(view) }}
      />
    ) : (
      <StateOf side={side} onLeave={onLeave} gone={side.picture !== null && frame !== null} />
    );

  if (mode === 'side')
    return (
      <div
        className={styles.panes}
        data-count={sides.length}
        data-lying={frame !== null && frame.width > frame.height}
        {...stageProps}
      >
        {sides.map((side, i) => (
          <div key={side.letter} className={styles.pane} data-pane={side.letter}>
            {draw(side, 'contain')}
            <Badge letter={side.letter} text={labels[i]!} />
          </div>
        ))}
      </div>
    );

  if (mode === 'blink' || !b || !a)
    return (
      <div className={styles.stage} {...stageProps}>
        {sides.map((side, i) => (
          <div key={side.letter} className={styles.layer} hidden={i !== shown}>
            {draw(side)}
            <Badge letter={side.letter} text={labels[i]!} />
          </div>
        ))}
      </div>
    );

  if (mode === 'difference')
    return (
      <div className={styles.stage} {...stageProps}>
        {a.picture && b.picture ? (
          <DifferenceView a={{ ...a, picture: a.picture }} b={{ ...b, picture: b.picture }} view={view} sharp={sharp} />
        ) : (
          <StateOf side={a.picture ? b : a} onLeave={onLeave} />
        )}
      </div>
    );

  return (
    <div className={styles.stage} data-across={!vertical} {...stageProps}>
      <Divider
        frame={frame}
        stage={stage}
        vertical={vertical}
        at={divider}
        onAt={onDivider}
        label={`Divider between ${a.letter} and ${b.letter}`}
      >
        {(clips) =>
          [a, b].map((side, i) => (
            <div key={side.letter} className={styles.layer} data-half={i} style={clips[i]!}>
              {draw(side)}
              <Badge
                letter={side.letter}
                text={labels[i === 0 ? 0 : other]!}
                far={i === 1}
                below={i === 1 && !vertical}
              />
            </div>
          ))
        }
      </Divider>
    </div>
  );
}

/** All get the size of the first one; beside each other they keep their own proportion within it. */
function sizeIn(frame: SidePicture, picture: SidePicture, fit: 'fill' | 'contain'): { width: number; height: number } {
  if (fit === 'fill') return { width: frame.width, height: frame.height };
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

type BadgeProps = { letter: string; text: string; far?: boolean; below?: boolean };

/** Says which one it is, in the corner where it is seen. */
function Badge({ letter, text, far = false, below = false }: BadgeProps) {
  return (
    <span className={styles.badge} data-far={far} data-below={below} aria-hidden>
      <Letter of={letter} />
      <span>{text}</span>
    </span>
  );
}
