import { ChevronLeft, ChevronRight, Rows3 } from 'lucide-react';
import { axisTitle, type Axis } from '../../graphs/axes.ts';
import { IconButton, tip } from '../panels/IconButton.tsx';
import { Dot } from './AxisBar.tsx';
import styles from './OtherAxes.module.css';
import { pointWordsOf, withAxis, type OtherAxis } from './grid-layout.ts';
import { facesOf } from './header-faces.ts';
import type { useGrid } from './use-grid.ts';
import { pictureUrl } from '../../graphs/artifact.ts';

/** More values than this are gone through with a slider. */
const MOST_TABS = 8;

/** The sweeps that run neither down nor across: one value of each is shown at a time. */
export function OtherAxes({ axes, grid }: { axes: readonly Axis[]; grid: ReturnType<typeof useGrid> }) {
  const { layout, choice, choose, colours } = grid;
  if (layout.others.length === 0) return null;
  return (
    <div className={styles.others}>
      {layout.others.map((other) => {
        const { axis } = other;
        const goTo = (at: number): void => choose({ ...choice, at: { ...choice.at, [axis.id]: at } });
        return (
          <div key={axis.id} className={styles.other}>
            <span className={styles.otherName}>
              <Dot colour={colours.get(axis.id) ?? 0} />
              <span>{axisTitle(axis)}</span>
            </span>
            {axis.length <= MOST_TABS ? <Tabs other={other} onGoTo={goTo} /> : <Slider other={other} onGoTo={goTo} />}
            <button
              type="button"
              className={`${styles.textButton} ${styles.asRows}`}
              aria-label={`Show as rows: ${axisTitle(axis)}`}
              onClick={() => choose(withAxis(axes, choice, 'rows', axis.id))}
              {...tip(`Show as rows: ${axisTitle(axis)}`)}
            >
              <Rows3 size={15} aria-hidden />
              <span>Show as rows</span>
            </button>
          </div>
        );
      })}
    </div>
  );
}

type Props = { other: OtherAxis; onGoTo: (at: number) => void };

function Tabs({ other: { axis, at }, onGoTo }: Props) {
  const faces = facesOf(
    axis,
    Array.from({ length: axis.length }, (_, i) => i),
  );
  return (
    <div className={styles.tabs} role="radiogroup" aria-label={axisTitle(axis)}>
      {faces.map((face, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- values may occur twice
        <label key={i} className={styles.tab} data-struck={face.struck || undefined} {...tip(face.whole)}>
          <input
            type="radio"
            name={`other-${axis.id}`}
            checked={i === at}
            aria-label={face.struck ? `${face.whole}, struck out` : face.whole}
            onChange={() => onGoTo(i)}
          />
          {face.picture && <img src={pictureUrl(face.picture, 'small')} alt="" />}
          <span>{face.lines.join(', ')}</span>
        </label>
      ))}
    </div>
  );
}

function Slider({ other: { axis, at }, onGoTo }: Props) {
  return (
    <div className={styles.slider}>
      <IconButton label={`Previous value of ${axisTitle(axis)}`} inactive={at === 0} onClick={() => onGoTo(at - 1)}>
        <ChevronLeft size={15} aria-hidden />
      </IconButton>
      <input
        type="range"
        min={0}
        max={axis.length - 1}
        value={at}
        aria-label={axisTitle(axis)}
        aria-valuetext={pointWordsOf(axis, at)}
        onChange={(event) => onGoTo(Number(event.currentTarget.value))}
      />
      <IconButton
        label={`Next value of ${axisTitle(axis)}`}
        inactive={at === axis.length - 1}
        onClick={() => onGoTo(at + 1)}
      >
        <ChevronRight size={15} aria-hidden />
      </IconButton>
      <span className={styles.sliderValue} {...tip(pointWordsOf(axis, at))}>
        {at + 1} / {axis.length}: {pointWordsOf(axis, at)}
      </span>
    </div>
  );
}
