import { Dialog } from 'radix-ui';
import { useState, type KeyboardEvent } from 'react';
import { axesOfAll, stepTogether } from '../../graphs/stepping.ts';
import { useGridOrder } from '../grid/use-grid-order.ts';
import { axisOfKey } from '../panels/axis-keys.ts';
import { focusItself } from '../panels/focus-itself.ts';
import modal from '../panels/Modal.module.css';
import { useShell, type CompareCell, type DialogState } from '../panels/shell.ts';
import { isNarrow } from '../panels/use-media.ts';
import { panOf, useStage } from '../panels/use-stage.ts';
import { isInField } from '../shortcuts.ts';
import { Chooser } from './Chooser.tsx';
import styles from './Compare.module.css';
import { CompareBar } from './CompareBar.tsx';
import { DifferencesPanel } from './DifferencesPanel.tsx';
import { Legend } from './Legend.tsx';
import { modes, type Mode } from './modes.ts';
import { MOST_SIDES } from './sides.ts';
import { Stage } from './Stage.tsx';
import { useBlink } from './use-blink.ts';
import { useSides } from './use-sides.ts';

type Props = { cells: readonly CompareCell[]; back?: DialogState; onClose: () => void };

/** Two to four pictures against each other: four ways to look, one zoom, the same neighbours, and what differs. */
export default function Compare({ cells: first, back, onClose }: Props) {
  const [cells, setCells] = useState(first.slice(0, MOST_SIDES));
  const [mode, setMode] = useState<Mode>('slider');
  const [vertical, setVertical] = useState(true);
  const [divider, setDivider] = useState(0.5);
  /** Which one the first is held against, where only two can be seen. */
  const [wantedOther, setOther] = useState(1);
  const [panel, setPanel] = useState(() => !isNarrow());
  /** The place of the picture that is being chosen; the number of pictures = one more. */
  const [choosing, setChoosing] = useState<number | null>(() => (first.length < 2 ? first.length : null));
  const shell = useShell();
  const sides = useSides(cells);
  const other = Math.min(wantedOther, sides.length - 1);
  const blink = useBlink(sides.length, mode === 'blink');
  const frame = sides.find(({ picture }) => picture)?.picture ?? null;
  const panes = mode === 'side' ? Math.max(1, sides.length) : 1;
  const stage = useStage(frame, panes);
  const near = cells.find((cell) => 'node' in cell);
  const axes = useGridOrder(near?.node ?? null, axesOfAll(sides.map(pointOf)));
  const pair = mode === 'slider' || mode === 'difference';

  const step = (axis: string, by: number): void => {
    const next = stepTogether(sides.map(pointOf), axis, by);
    if (!next) return;
    setCells((before) =>
      before.map((cell, i) => ('sha256' in cell || next[i] === null ? cell : { ...cell, index: next[i]! })),
    );
  };
  const canStep = (axis: string, by: number): boolean => stepTogether(sides.map(pointOf), axis, by) !== null;
  const swap = (): void => {
    if (cells.length < 2) return;
    const partner = pair ? other : 1;
    setCells((before) => before.map((cell, i) => (i === 0 ? before[partner]! : i === partner ? before[0]! : cell)));
  };
  const remove = (place: number): void => {
    setCells((before) => before.filter((_, i) => i !== place));
    setOther((before) => Math.max(1, before > place ? before - 1 : before));
    setChoosing(null);
  };
  const choose = (cell: CompareCell): void =>
    setCells((before) =>
      choosing === null ? before : [...before.slice(0, choosing), cell, ...before.slice(choosing + 1)],
    );

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isInField(event.target)) return;
    const pan = panOf(event);
    const along = axisOfKey(event, axes.length);
    const act = pan ? () => stage.panBy(pan) : along ? () => step(axes[along.place]!.id, along.by) : actOf(event.key);
    // Space presses a button that has the focus.
    if (!act || (event.key === ' ' && event.target instanceof Element && event.target.closest('button, summary')))
      return;
    event.preventDefault();
    if (!event.repeat || along || event.key.startsWith('Arrow') || '+-=,.'.includes(event.key)) act();
  }

  function actOf(key: string): (() => void) | undefined {
    const byKey = modes.find((candidate) => candidate.key === key.toLowerCase());
    if (byKey) return () => setMode(byKey.id);
    return {
      '+': () => stage.zoomTo((zoom) => zoom * 1.25),
      '=': () => stage.zoomTo((zoom) => zoom * 1.25),
      '-': () => stage.zoomTo((zoom) => zoom / 1.25),
      '0': stage.fit,
      '1': () => stage.zoomTo(() => 1),
      ',': () => setDivider((at) => Math.max(0, at - 0.05)),
      '.': () => setDivider((at) => Math.min(1, at + 0.05)),
      v: () => setVertical((before) => !before),
      x: swap,
      c: () => setChoosing(Math.min(sides.length, MOST_SIDES - 1)),
      i: () => setPanel((open) => !open),
      ' ': mode === 'blink' ? blink.toggle : undefined,
      Enter: mode === 'blink' ? blink.next : undefined,
    }[key];
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={modal.overlay} />
        <Dialog.Content
          className={styles.compare}
          aria-describedby={undefined}
          onOpenAutoFocus={focusItself}
          onKeyDown={onKeyDown}
          onEscapeKeyDown={(event) => {
            if (choosing === null || cells.length < 2) return;
            event.preventDefault();
            setChoosing(null);
          }}
        >
          <CompareBar
            mode={mode}
            onMode={setMode}
            vertical={vertical}
            onVertical={() => setVertical((before) => !before)}
            blink={blink}
            stage={stage}
            panel={panel}
            onPanel={() => setPanel((open) => !open)}
          />
          <div className={styles.middle}>
            <Stage
              mode={mode}
              sides={sides}
              other={other}
              frame={frame}
              stage={stage}
              shown={blink.shown}
              vertical={vertical}
              divider={divider}
              onDivider={setDivider}
              // What is opened over this comes back to what is compared now.
              onLeave={() => shell.show({ type: 'compare', cells, ...(back ? { back } : {}) })}
            />
            {panel && sides.length > 1 && !(choosing !== null && isNarrow()) && (
              <DifferencesPanel sides={sides} onClose={() => setPanel(false)} />
            )}
          </div>
          <Legend
            sides={sides}
            axes={axes}
            canStep={canStep}
            onStep={step}
            other={pair && sides.length > 2 ? other : null}
            onOther={setOther}
            shown={mode === 'blink' ? blink.shown : null}
            choosing={choosing}
            onChoose={setChoosing}
            onRemove={remove}
            onSwap={swap}
          />
          {choosing !== null && (
            <Chooser
              place={choosing}
              cells={cells}
              onChoose={choose}
              onClose={cells.length > 1 ? () => setChoosing(null) : null}
            />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const pointOf = ({ cell, axes }: ReturnType<typeof useSides>[number]) =>
  'sha256' in cell ? null : { axes, index: cell.index };
