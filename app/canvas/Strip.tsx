import {
  Ban,
  Check,
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  CircleSlash,
  Clock,
  LoaderCircle,
  SquareSplitHorizontal,
  TriangleAlert,
} from 'lucide-react';
import { memo, type KeyboardEvent, type MouseEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { Axis } from '../../graphs/axes.ts';
import type { Task } from '../../graphs/task.ts';
import { idleWords } from '../panels/idle-words.ts';
import { useTaskView } from '../use-editor.ts';
import cardStyles from './Card.module.css';
import styles from './Results.module.css';
import { cellStateOf, labelText, wordsOf } from './task-words.ts';
import { usePicture } from './use-tasks.ts';
import { useCompare } from './use-compare.ts';
import { useCanvas, useView } from './view.ts';

/** More cells than this are never on a card at once. */
const PAGE = 24;
const MOST_COLUMNS = 8;
const noMarks: readonly number[] = [];

/** One cell for each point; arrows move, Enter or a second click opens the full view, Space or a click with Shift marks to compare. */
export function Strip(props: { id: string; tasks: readonly Task[]; axes: readonly Axis[]; index: number }) {
  const { id, tasks, axes, index } = props;
  const { view, openPicture } = useCanvas();
  const compare = useCompare(view);
  const marks = useView(({ marked }) => marked.get(id)) ?? noMarks;
  const start = Math.floor(index / PAGE) * PAGE;
  const shown = tasks.slice(start, start + PAGE);
  const columns = columnsFor(axes.at(-1)?.length ?? 1, tasks.length);

  function move(event: KeyboardEvent): void {
    if (event.key === ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) view.mark(id, index);
      return;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const to =
      step !== undefined ? index + step : event.key === 'Home' ? 0 : event.key === 'End' ? tasks.length - 1 : undefined;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (to < 0 || to >= tasks.length) return;
    view.show(id, to);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  }

  return (
    <>
      <div
        className={`${styles.strip} nodrag`}
        role="listbox"
        tabIndex={-1}
        aria-label="Points"
        style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}
        onKeyDown={move}
      >
        {shown.map((task) => (
          <Cell
            key={task.index}
            id={id}
            task={task}
            label={labelText(axes, task.index)}
            chosen={task.index === index}
            mark={'ABCD'[marks.indexOf(task.index)] ?? ''}
            onOpen={openPicture}
          />
        ))}
      </div>
      {marks.length > 0 && (
        <div className={styles.marks}>
          <button type="button" className={`${styles.action} nodrag`} onClick={() => compare([id])}>
            <SquareSplitHorizontal size={13} aria-hidden /> Compare {marks.length === 1 ? '…' : marks.length}
          </button>
          <button type="button" className={`${styles.textButton} nodrag`} onClick={() => view.unmark(id)}>
            Clear
          </button>
        </div>
      )}
      {tasks.length > PAGE && (
        <div className={styles.pages}>
          <button
            type="button"
            className="nodrag"
            aria-label="Points before these"
            disabled={start === 0}
            onClick={() => view.show(id, start - PAGE)}
          >
            <ChevronLeft size={14} />
          </button>
          <span>
            {start + 1}–{Math.min(start + PAGE, tasks.length)} of {tasks.length.toLocaleString('en')}
          </span>
          <button
            type="button"
            className="nodrag"
            aria-label="Points after these"
            disabled={start + PAGE >= tasks.length}
            onClick={() => view.show(id, start + PAGE)}
          >
            +{Math.max(0, tasks.length - start - PAGE).toLocaleString('en')} <ChevronRight size={14} />
          </button>
        </div>
      )}
    </>
  );
}

/** As many columns as fit, so that the values of the last axis begin with a row where they can. */
function columnsFor(length: number, count: number): number {
  if (length > MOST_COLUMNS) return MOST_COLUMNS;
  const groups = Math.min(Math.floor(MOST_COLUMNS / length), Math.ceil(count / length));
  return Math.max(4, groups * length);
}

const Cell = memo(function Cell(props: {
  id: string;
  task: Task;
  label: string;
  chosen: boolean;
  /** The letter that it was marked with. */
  mark: string;
  onOpen: (target: { node: string; index: number }) => void;
}) {
  const { id, task, label, chosen, mark, onOpen } = props;
  const { view } = useCanvas();
  const picture = usePicture(task);
  const taskView = useTaskView(task.key);
  const state = cellStateOf(taskView);
  const { title, detail } = task.idle && state === 'empty' ? idleWords[task.idle] : wordsOf(taskView);
  const Icon = icons[state];
  const open = (event: MouseEvent): void => {
    if (event.shiftKey) view.mark(id, task.index);
    else if (chosen) onOpen({ node: id, index: task.index });
    else view.show(id, task.index);
  };
  return (
    <button
      type="button"
      role="option"
      aria-selected={chosen}
      aria-checked={mark !== ''}
      tabIndex={chosen ? 0 : -1}
      className={styles.cell}
      data-state={picture && state !== 'failed' ? 'done' : state}
      aria-label={`${label}: ${title}`}
      title={`${label}\n${title}${detail ? `: ${detail}` : ''}`}
      onClick={open}
      onDoubleClick={(event) => !event.shiftKey && onOpen({ node: id, index: task.index })}
    >
      {picture && (
        <img src={pictureUrl(picture.sha256, 'small')} alt="" loading="lazy" decoding="async" draggable={false} />
      )}
      {Icon && (!picture || (state !== 'waiting' && state !== 'done')) && (
        <Icon size={14} strokeWidth={2} className={state === 'running' ? cardStyles.spin : ''} aria-hidden />
      )}
      {mark && <b className={styles.mark}>{mark}</b>}
    </button>
  );
});

const icons = {
  empty: null,
  waiting: Clock,
  running: LoaderCircle,
  failed: TriangleAlert,
  blocked: Ban,
  cancelled: CircleSlash,
  unknown: CircleHelp,
  // Seen only where there is no picture: a sheet was written.
  done: Check,
};
