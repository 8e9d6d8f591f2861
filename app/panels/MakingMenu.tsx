import { Popover } from 'radix-ui';
import { useId, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { axisTitle } from '../../graphs/axes.ts';
import type { MakingOrder } from '../../graphs/making-order.ts';
import { usualMaking } from '../making.ts';
import { useEditor, usePlans, useServer } from '../use-editor.ts';
import styles from './MakingMenu.module.css';
import type { PopupProps } from './on-demand.tsx';
import { stopWords } from './run-words.ts';
import ui from './ui.module.css';

/** In which order a run makes its pictures, and when it stops by itself. Kept for as long as the graph is open. */
export default function MakingMenu({ trigger }: PopupProps) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Order of making"
          className={ui.popover}
          side="top"
          align="end"
          sideOffset={12}
          collisionPadding={8}
        >
          <div className={styles.making}>
            <Order />
            <Stop />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Order() {
  const { making } = useEditor();
  const { order } = useStore(making.store);
  const plan = usePlans((state) => state.plan);
  const name = useId();
  const axes = new Map<string, string>();
  for (const planned of plan.nodes.values())
    for (const axis of planned.axes) if (axis.length > 1) axes.set(axis.id, axisTitle(axis));
  const choose = (chosen: MakingOrder) => (): void => making.choose({ order: chosen });
  return (
    <fieldset className={styles.group}>
      <legend>Which first</legend>
      <Choice name={name} checked={order.type === 'as-it-comes'} onChoose={choose({ type: 'as-it-comes' })}>
        As it comes <small>one finished picture after the other</small>
      </Choice>
      <Choice name={name} checked={order.type === 'corners'} onChoose={choose({ type: 'corners' })}>
        Corners first <small>first and last values, then those between</small>
      </Choice>
      {[...axes].map(([axis, title]) => (
        <Choice
          key={axis}
          name={name}
          checked={order.type === 'rows' && order.axis === axis}
          onChoose={choose({ type: 'rows', axis })}
        >
          Row by row <small>along “{title}”</small>
        </Choice>
      ))}
    </fieldset>
  );
}

type StopKind = 'none' | 'pictures' | 'dollars';

function Stop() {
  const { making } = useEditor();
  const { stop } = useStore(making.store);
  const paid = useServer(({ reply }) => reply?.service.kind !== 'offline');
  const name = useId();
  const [kind, setKind] = useState<StopKind>(() =>
    'pictures' in stop ? 'pictures' : 'dollars' in stop ? 'dollars' : 'none',
  );
  const [pictures, setPictures] = useState(() => String(('pictures' in stop && stop.pictures) || 12));
  const [dollars, setDollars] = useState(() => String(('dollars' in stop && stop.dollars) || 1));
  const refusal =
    kind === 'pictures' && !(Number.isInteger(Number(pictures)) && Number(pictures) >= 1)
      ? 'Expected a whole number of pictures, 1 or more.'
      : kind === 'dollars' && !(Number(dollars) > 0)
        ? 'Expected a sum of dollars such as 1.50.'
        : null;

  /** What is not a number yet holds nothing back and stops nothing: the last good one stays. */
  function choose(to: StopKind, count: string, sum: string): void {
    setKind(to);
    setPictures(count);
    setDollars(sum);
    if (to === 'none') making.choose({ stop: usualMaking.stop });
    if (to === 'pictures' && Number.isInteger(Number(count)) && Number(count) >= 1)
      making.choose({ stop: { pictures: Number(count) } });
    if (to === 'dollars' && Number(sum) > 0) making.choose({ stop: { dollars: Number(sum) } });
  }

  return (
    <fieldset className={styles.group}>
      <legend>When to stop</legend>
      <Choice name={name} checked={kind === 'none'} onChoose={() => choose('none', pictures, dollars)}>
        When all is made
      </Choice>
      <Choice name={name} checked={kind === 'pictures'} onChoose={() => choose('pictures', pictures, dollars)}>
        <span className={styles.line}>
          After
          <input
            className={styles.number}
            aria-label="New pictures"
            inputMode="numeric"
            autoComplete="off"
            value={pictures}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => choose('pictures', event.currentTarget.value.trim(), dollars)}
          />
          new pictures
        </span>
      </Choice>
      {paid && (
        <Choice name={name} checked={kind === 'dollars'} onChoose={() => choose('dollars', pictures, dollars)}>
          <span className={styles.line}>
            Before it costs more than $
            <input
              className={styles.number}
              aria-label="US dollars"
              inputMode="decimal"
              autoComplete="off"
              value={dollars}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => choose('dollars', pictures, event.currentTarget.value.trim().replace(',', '.'))}
            />
          </span>
        </Choice>
      )}
      <p className={styles.note} data-refusal={refusal !== null || undefined} aria-live="polite">
        {refusal ??
          (kind === 'none'
            ? 'Run makes all there is.'
            : `A run ${stopWords(stop) ?? 'makes all there is'}; the rest waits for the next Run.`)}
      </p>
    </fieldset>
  );
}

function Choice(props: { name: string; checked: boolean; onChoose: () => void; children: ReactNode }) {
  const { name, checked, onChoose, children } = props;
  return (
    <label className={styles.choice}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}
