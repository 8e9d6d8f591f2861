import { ArrowLeftRight, Images, Plus, X } from 'lucide-react';
import type { Axis } from '../../graphs/axes.ts';
import { keysOfAxis } from '../panels/axis-keys.ts';
import { AxisSteps, type AxisStep } from '../panels/AxisSteps.tsx';
import { IconButton, tip } from '../panels/IconButton.tsx';
import ui from '../panels/ui.module.css';
import { sizeWords } from './figure-words.ts';
import styles from './Legend.module.css';
import { Letter } from './Letter.tsx';
import { shortLabels, valuesText } from './short-labels.ts';
import { letterOf, MOST_SIDES, nameOfSide, type Side } from './sides.ts';

type Props = {
  sides: readonly Side[];
  axes: readonly Axis[];
  canStep: (axis: string, by: number) => boolean;
  onStep: (axis: string, by: number) => void;
  /** Which one the first is held against; null where there is nothing to choose. */
  other: number | null;
  onOther: (place: number) => void;
  /** The one that is to be seen now, where it is only one. */
  shown: number | null;
  choosing: number | null;
  onChoose: (place: number | null) => void;
  onRemove: (place: number) => void;
  onSwap: () => void;
};

/** Which pictures they are, always in sight, and the way to others. */
export function Legend(props: Props) {
  const { sides, axes, canStep, onStep, other, onOther, shown, choosing, onChoose, onRemove, onSwap } = props;
  const steps = axes.map(({ id, members }, i): AxisStep => ({
    id,
    title: members.map(({ title }) => title).join(' + '),
    text: valuesText(id, sides),
    canGoBack: canStep(id, -1),
    canGoOn: canStep(id, 1),
    keys: keysOfAxis(i, axes.length),
  }));
  // There may be no room for all of the point: what tells them apart stands first.
  const short = new Set(sides.map(({ title }) => title)).size === 1 ? shortLabels(sides) : [];
  return (
    <footer className={styles.legend} data-count={sides.length} data-choosing={choosing !== null}>
      {steps.length > 0 && <AxisSteps steps={steps} onStep={onStep} />}
      <ul className={styles.sides} aria-label="Pictures">
        {sides.map((side, i) => {
          const { letter, title, label, picture } = side;
          const first = sides[0]!.picture;
          const scaled = i > 0 && picture && first ? sizeWords(first, picture) : null;
          const isPartner = other === i;
          return (
            <li key={letter} data-current={shown === i || isPartner} data-chosen={choosing === i}>
              {other !== null && i > 0 ? (
                <button
                  type="button"
                  className={styles.pick}
                  aria-pressed={isPartner}
                  aria-label={`Hold A against ${letter}`}
                  {...tip(`Hold A against ${letter}`)}
                  onClick={() => onOther(i)}
                >
                  <Letter of={letter} />
                </button>
              ) : (
                <Letter of={letter} />
              )}
              <span className={styles.words} {...tip([nameOfSide(side), scaled].filter(Boolean).join('\n'))}>
                <strong>
                  {title}
                  {label && short[i] && short[i] !== label && ` · ${short[i]}`} {scaled && <small>{scaled}</small>}
                </strong>
                {label && <span>{label}</span>}
              </span>
              <IconButton
                label={`Choose another picture for ${letter}`}
                aria-pressed={choosing === i}
                onClick={() => onChoose(choosing === i ? null : i)}
              >
                <Images size={15} aria-hidden />
              </IconButton>
              {sides.length > 2 && (
                <IconButton label={`Leave ${letter} out`} onClick={() => onRemove(i)}>
                  <X size={15} aria-hidden />
                </IconButton>
              )}
            </li>
          );
        })}
      </ul>
      <span className={styles.buttons}>
        {sides.length > 1 && (
          <button
            type="button"
            className={ui.button}
            aria-label="Swap A and the other"
            onClick={onSwap}
            {...tip('Swap A and the other (X)')}
          >
            <ArrowLeftRight size={14} aria-hidden /> <span>Swap</span>
          </button>
        )}
        {sides.length < MOST_SIDES && (
          <button
            type="button"
            className={ui.button}
            aria-label={`Add picture ${letterOf(sides.length)}`}
            aria-pressed={choosing === sides.length}
            onClick={() => onChoose(choosing === sides.length ? null : sides.length)}
            {...tip(`Add picture ${letterOf(sides.length)} (C)`)}
          >
            <Plus size={14} aria-hidden /> <span>Add</span>
          </button>
        )}
      </span>
    </footer>
  );
}
