import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { labelsOf, pointWords, valueWords, type Axis } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { pictureOf } from '../../graphs/task-picture.ts';
import type { PlannedNode, Task } from '../../graphs/task.ts';
import { wordsOf } from '../canvas/task-words.ts';
import { usePlans, useTaskView } from '../use-editor.ts';
import { idleWords } from './idle-words.ts';
import { tip } from './IconButton.tsx';
import styles from './PointStrip.module.css';
import { cellsInView } from './viewer-view.ts';

const CELL = 112;

type Props = {
  plan: Plan;
  planned: PlannedNode;
  /** −1 = none of them. */
  index: number;
  onIndex: (index: number) => void;
  lookup: Lookup;
  onKeyDown?: (event: KeyboardEvent) => void;
};

/** All points of a node beside each other; only those in view are drawn. Tab stops at one of them. */
export function PointStrip({ plan, planned, index, onIndex, lookup, onKeyDown }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const held = useRef(false);
  const [range, setRange] = useState<[number, number]>([0, 24]);
  const { tasks, axes } = planned;

  const look = (): void => {
    const { scrollLeft, clientWidth } = strip.current!;
    const next = cellsInView({ scroll: scrollLeft, room: clientWidth, cell: CELL, count: tasks.length });
    setRange((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
  };
  useEffect(() => {
    const { clientWidth } = strip.current!;
    if (index >= 0) strip.current!.scrollTo({ left: index * CELL - (clientWidth - CELL) / 2, behavior: 'instant' });
    look();
    // oxlint-disable-next-line react/exhaustive-deps -- `look` reads what is on screen
  }, [index, tasks.length]);

  const [first, end] = range;
  const stop = index >= first && index < end ? index : first;
  useEffect(() => {
    // The focus goes along when keys have moved on, also far past what was drawn.
    if (held.current)
      strip.current!.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
  }, [index, first]);
  return (
    <div ref={strip} className={styles.strip} onScroll={look}>
      <div
        className={styles.points}
        role="listbox"
        tabIndex={-1}
        aria-label="Points"
        aria-orientation="horizontal"
        style={{ width: tasks.length * CELL }}
        onKeyDown={onKeyDown}
        onFocus={() => void (held.current = true)}
        onBlur={({ relatedTarget }) => {
          if (relatedTarget && !strip.current!.contains(relatedTarget)) held.current = false;
        }}
      >
        {tasks.slice(first, end).map((task) => (
          <div key={task.index} role="presentation" className={styles.place} style={{ left: task.index * CELL }}>
            <PointCell
              plan={plan}
              task={task}
              lookup={lookup}
              label={pointWords(axes, task.index) || 'The only point'}
              words={wordsAt(axes, task.index)}
              current={task.index === index}
              stop={task.index === stop}
              count={tasks.length}
              onPress={() => onIndex(task.index)}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function wordsAt(axes: readonly Axis[], index: number): readonly [string, string] {
  const values = labelsOf(axes, index).map(({ value }) => valueWords(value));
  return [values.at(-1) ?? '', values.slice(0, -1).join(' · ')];
}

type CellProps = {
  plan: Plan;
  task: Task;
  lookup: Lookup;
  label: string;
  /** What changes from one to the next, and the rest. */
  words: readonly [string, string];
  current: boolean;
  stop: boolean;
  count: number;
  onPress: () => void;
};

function PointCell({ plan, task, lookup, label, words, current, stop, count, onPress }: CellProps) {
  const picture = usePlans(() => pictureOf(plan, task, lookup));
  const view = useTaskView(task.key);
  const state = task.idle ? idleWords[task.idle].title : wordsOf(view).title;
  return (
    <button
      type="button"
      role="option"
      className={styles.cell}
      {...tip(label)}
      aria-selected={current}
      aria-label={`${label}: ${picture ? 'made' : state}`}
      aria-posinset={task.index + 1}
      aria-setsize={count}
      tabIndex={stop ? 0 : -1}
      onClick={onPress}
    >
      <span className={styles.thumb} data-status={view?.status ?? 'none'}>
        {picture ? <img src={pictureUrl(picture.sha256, 'small')} alt="" /> : state}
      </span>
      <span className={styles.words}>
        <strong>{words[0]}</strong>
        <span>{words[1]}</span>
      </span>
    </button>
  );
}
