import { ArrowLeftRight, ListFilter, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { axisTitle, type Axis } from '../../graphs/axes.ts';
import { IconButton } from '../panels/IconButton.tsx';
import ui from '../panels/ui.module.css';
import styles from './Grid.module.css';
import { pointIdOf, pointWordsOf, struckCount, swapped, withAxis, type GridChoice } from './grid-layout.ts';
import type { useGrid } from './use-grid.ts';

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

/** A long sweep down to the values that matter now. Nothing is struck out by it: it is only out of sight. */
function ValueFilter({
  axis,
  choice,
  onChoose,
}: {
  axis: Axis;
  choice: GridChoice;
  onChoose: (next: GridChoice) => void;
}) {
  const hidden = new Set(choice.hidden[axis.id]);
  const ids = Array.from({ length: axis.length }, (_, i) => pointIdOf(axis, i));
  const shown = ids.filter((id) => !hidden.has(id)).length;
  const isFiltered = shown > 0 && shown < axis.length;
  const set = (next: Iterable<string>): void =>
    onChoose({ ...choice, hidden: { ...choice.hidden, [axis.id]: [...next] } });
  const struck = struckCount(axis);
  return (
    <Popover.Root>
      <Popover.Trigger
        className={styles.filter}
        data-on={isFiltered || undefined}
        aria-label={`Values of ${axisTitle(axis)} in sight`}
      >
        <ListFilter size={14} aria-hidden />
        {isFiltered && `${shown} of ${axis.length}`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`${ui.popover} ${styles.values}`}
          aria-label={`Values of ${axisTitle(axis)} in sight`}
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <strong>{axisTitle(axis)}</strong>
          <div className={styles.valueButtons}>
            <button type="button" className={ui.plain} onClick={() => set([])}>
              Show all
            </button>
            {struck > 0 && struck < axis.length && (
              <button
                type="button"
                className={ui.plain}
                onClick={() => set(ids.filter((_, i) => axis.members.some((member) => member.struck?.[i])))}
              >
                Hide struck out
              </button>
            )}
          </div>
          <ul>
            {ids.map((id, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- values may occur twice
              <li key={i}>
                <label>
                  <input
                    type="checkbox"
                    checked={!hidden.has(id)}
                    // One has to stay.
                    disabled={!hidden.has(id) && shown === 1}
                    onChange={() => {
                      const next = new Set(hidden);
                      if (!next.delete(id)) next.add(id);
                      set(next);
                    }}
                  />
                  <span>{pointWordsOf(axis, i)}</span>
                </label>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
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
