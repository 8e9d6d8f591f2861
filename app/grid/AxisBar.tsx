import { ArrowLeftRight, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { axisTitle, type Axis } from '../../graphs/axes.ts';
import { IconButton } from '../panels/IconButton.tsx';
import styles from './AxisBar.module.css';
import { swapped, withAxis, type GridChoice } from './grid-layout.ts';
import type { useGrid } from './use-grid.ts';
import { ValueFilter } from './ValueFilter.tsx';

type Grid = ReturnType<typeof useGrid>;

/** Which sweep runs down and which to the right, which of their values are in sight, and how large the cells are. */
export function AxisBar({ axes, grid, children }: { axes: readonly Axis[]; grid: Grid; children: ReactNode }) {
  const { choice, choose, colours } = grid;
  return (
    <div className={styles.bar}>
      {axes.length > 1 && (
        <div className={styles.axes}>
          <AxisChoice side="rows" axes={axes} choice={choice} colours={colours} onChoose={choose} />
          <IconButton label="Exchange rows and columns" onClick={() => choose(swapped(axes, choice))}>
            <ArrowLeftRight size={15} aria-hidden />
          </IconButton>
          <AxisChoice side="columns" axes={axes} choice={choice} colours={colours} onChoose={choose} />
        </div>
      )}
      {axes.length === 1 && (
        <span className={styles.onlyAxis}>
          <Dot colour={colours.get(axes[0]!.id) ?? 0} />
          {axisTitle(axes[0]!)}
          <ValueFilter axis={axes[0]!} choice={choice} onChoose={choose} />
        </span>
      )}
      <span className={styles.grow} />
      <Zoom grid={grid} />
      {children}
    </div>
  );
}

export function Dot({ colour }: { colour: number }) {
  return <i className={styles.dot} style={{ background: `var(--axis-${colour})` }} />;
}

function AxisChoice(props: {
  side: 'rows' | 'columns';
  axes: readonly Axis[];
  choice: GridChoice;
  colours: ReadonlyMap<string, number>;
  onChoose: (choice: GridChoice) => void;
}) {
  const { side, axes, choice, colours, onChoose } = props;
  const id = choice[side];
  const axis = axes.find((candidate) => candidate.id === id);
  return (
    <div className={styles.axisChoice}>
      <label>
        <span>{side === 'rows' ? 'Down' : 'Across'}</span>
        {id !== null && <Dot colour={colours.get(id) ?? 0} />}
        <select
          aria-label={side === 'rows' ? 'Down' : 'Across'}
          value={id ?? ''}
          onChange={(event) => onChoose(withAxis(axes, choice, side, event.currentTarget.value || null))}
        >
          {axes.map((axis) => (
            <option key={axis.id} value={axis.id}>
              {axisTitle(axis)} ({axis.length})
            </option>
          ))}
          <option value="">none</option>
        </select>
      </label>
      {axis && axis.length > 1 && <ValueFilter axis={axis} choice={choice} onChoose={onChoose} />}
    </div>
  );
}

function Zoom({ grid }: { grid: Grid }) {
  const { size, limits, zoomTo, fits } = grid;
  // Each step of the slider is as much larger than the one before.
  const share = Math.log(size / limits.least) / Math.log(Math.max(1.01, limits.most / limits.least));
  return (
    <div className={styles.zoom} role="group" aria-label="Size of the cells">
      <IconButton label="Smaller cells (-)" inactive={size <= limits.least} onClick={() => zoomTo(size / 1.2)}>
        <ZoomOut size={15} aria-hidden />
      </IconButton>
      <input
        type="range"
        min={0}
        max={100}
        value={Math.round(share * 100)}
        aria-label="Size of the cells"
        aria-valuetext={`${size} pixels wide`}
        onChange={(event) =>
          zoomTo(limits.least * (limits.most / limits.least) ** (Number(event.currentTarget.value) / 100))
        }
      />
      <IconButton label="Larger cells (+)" inactive={size >= limits.most} onClick={() => zoomTo(size * 1.2)}>
        <ZoomIn size={15} aria-hidden />
      </IconButton>
      <IconButton label="Fit (.)" aria-pressed={fits} onClick={() => zoomTo(null)}>
        <Maximize size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
