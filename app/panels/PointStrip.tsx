import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { labelsOf, pointWords, valueWords } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { pictureOf } from '../../graphs/task-picture.ts';
import type { PlannedNode, Task } from '../../graphs/task.ts';
import { wordsOf } from '../canvas/task-words.ts';
import { usePlans, useTaskView } from '../use-editor.ts';
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
              words={labelsOf(axes, task.index)
                .map(({ value }) => valueWords(value))
                .join(' · ')}
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

type CellProps = {
  plan: Plan;
  task: Task;
  lookup: Lookup;
  label: string;
  words: string;
  current: boolean;
  stop: boolean;
  count: number;
  onPress: () => void;
};

function PointCell({ plan, task, lookup, label, words, current, stop, count, onPress }: CellProps) {
  const picture = usePlans(() => pictureOf(plan, task, lookup));
  const view = useTaskView(task.key);
  return (
    <button
      type="button"
      role="option"
      className={styles.cell}
      {...tip(label)}
      aria-selected={current}
      aria-label={`${label}: ${picture ? 'made' : wordsOf(view).title}`}
      aria-posinset={task.index + 1}
      aria-setsize={count}
      tabIndex={stop ? 0 : -1}
      onClick={onPress}
    >
      <span className={styles.thumb} data-status={view?.status ?? 'none'}>
        {picture ? <img src={pictureUrl(picture.sha256, 'small')} alt="" /> : wordsOf(view).title}
      </span>
      <span className={styles.words}>{words}</span>
    </button>
  );
}
