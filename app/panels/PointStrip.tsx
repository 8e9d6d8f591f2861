import { useEffect, useRef, useState } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { labelsOf } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { pictureOf } from '../../graphs/task-picture.ts';
import type { PlannedNode, Task } from '../../graphs/task.ts';
import { labelText, wordsOf } from '../canvas/task-words.ts';
import { usePlans, useTaskView } from '../use-editor.ts';
import { tip } from './IconButton.tsx';
import styles from './PointStrip.module.css';
import { cellsInView } from './viewer-view.ts';

const CELL = 112;

type Props = {
  plan: Plan;
  planned: PlannedNode;
  index: number;
  onIndex: (index: number) => void;
  lookup: Lookup;
};

/** All points of a node beside each other; only those in view are drawn. */
export function PointStrip({ plan, planned, index, onIndex, lookup }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<[number, number]>([0, 24]);
  const { tasks, axes } = planned;

  const look = (): void => {
    const { scrollLeft, clientWidth } = strip.current!;
    const next = cellsInView({ scroll: scrollLeft, room: clientWidth, cell: CELL, count: tasks.length });
    setRange((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
  };
  useEffect(() => {
    const { clientWidth } = strip.current!;
    strip.current!.scrollTo({ left: index * CELL - (clientWidth - CELL) / 2, behavior: 'instant' });
    look();
    // oxlint-disable-next-line react/exhaustive-deps -- `look` reads what is on screen
  }, [index, tasks.length]);

  const [first, end] = range;
  return (
    <div ref={strip} className={styles.strip} onScroll={look}>
      <ul style={{ width: tasks.length * CELL }}>
        {tasks.slice(first, end).map((task) => (
          <li key={task.index} style={{ left: task.index * CELL }}>
            <PointCell
              plan={plan}
              task={task}
              lookup={lookup}
              label={labelText(axes, task.index)}
              words={labelsOf(axes, task.index)
                .map(({ value }) => String(value))
                .join(' · ')}
              current={task.index === index}
              onPress={() => onIndex(task.index)}
            />
          </li>
        ))}
      </ul>
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
  onPress: () => void;
};

function PointCell({ plan, task, lookup, label, words, current, onPress }: CellProps) {
  const picture = usePlans(() => pictureOf(plan, task, lookup));
  const view = useTaskView(task.key);
  return (
    <button type="button" className={styles.cell} {...tip(label)} aria-current={current} onClick={onPress}>
      <span className={styles.thumb} data-status={view?.status ?? 'none'}>
        {picture ? <img src={pictureUrl(picture.sha256, 'small')} alt="" /> : wordsOf(view).title}
      </span>
      <span className={styles.words}>{words}</span>
    </button>
  );
}
