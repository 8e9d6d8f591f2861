import { Ban, CircleHelp, CircleSlash, ImageIcon, LoaderCircle, TriangleAlert } from 'lucide-react';
import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import type { Axis } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Task } from '../../graphs/task.ts';
import { inputPictureOf, originalOf } from '../../graphs/task-picture.ts';
import { idleWords } from '../panels/idle-words.ts';
import { late } from '../panels/late.tsx';
import { usePlans, useTaskView } from '../use-editor.ts';
import cardStyles from './Card.module.css';
import styles from './Results.module.css';
import { cellStateOf, elapsed, labelText, wordsOf } from './task-words.ts';
import { useClock } from './use-tasks.ts';
import { useCanvas } from './view.ts';

const TaskActions = late(() => import('./TaskActions.tsx'), { quiet: true });
/** Where there is something to do about it, or to say of what it waits for. */
const actionable = { failed: true, cancelled: true, forgotten: true, unknown: true, blocked: true };

/** The picture of one task, or how it stands with it, in words and with what can be done. */
export function ResultPicture(props: {
  id: string;
  task: Task | undefined;
  picture: Artifact | null;
  /** What was shown here before something changed. */
  last: Artifact | undefined;
  index: number;
  axes: readonly Axis[];
}) {
  const { id, task, picture, last, index, axes } = props;
  const { openPicture } = useCanvas();
  const shown = picture ?? last;
  const label = labelText(axes, index);
  // An edit mostly keeps the shape of its picture: with that room kept free, no card grows over others when pictures come.
  const expected = usePlans(({ plan, known }) => {
    if (shown || !task) return null;
    const lookup: Lookup = (key) => known.get(key);
    return inputPictureOf(plan, task, lookup) ?? originalOf(plan, task, lookup);
  });
  return (
    <figure className={styles.figure}>
      {shown && (
        <button
          type="button"
          className={`${cardStyles.frame} ${styles.open} nodrag`}
          style={{ aspectRatio: `${shown.width} / ${shown.height}` }}
          data-stale={picture ? undefined : true}
          aria-label={picture ? `Open the picture${label ? ` of ${label}` : ''}` : 'A picture from before the change'}
          onClick={() => openPicture({ node: id, index })}
        >
          <img src={pictureUrl(shown.sha256, 'large')} alt={label} decoding="async" draggable={false} />
          {!picture && <span className={styles.stale}>stale</span>}
        </button>
      )}
      {task && !shown && expected ? (
        <div className={styles.expected} style={{ aspectRatio: `${expected.width} / ${expected.height}` }}>
          <TaskNote task={task} hasPicture={false} hasOld={false} />
        </div>
      ) : (
        task && <TaskNote task={task} hasPicture={picture !== null} hasOld={last !== undefined} />
      )}
      {label && (
        <figcaption className={styles.caption} title={label}>
          {label}
        </figcaption>
      )}
    </figure>
  );
}

function TaskNote({ task, hasPicture, hasOld }: { task: Task; hasPicture: boolean; hasOld: boolean }) {
  const view = useTaskView(task.key);
  const state = cellStateOf(view);
  const now = useClock(state === 'running');
  const { title: usual, detail, since } = wordsOf(view);
  // There is room for the title only; the grid and the full view say more.
  const title = task.idle && state === 'empty' ? idleWords[task.idle].title : usual;
  const by = view?.status === 'blocked' ? view.by : null;
  if (state === 'done' || (hasPicture && (state === 'empty' || state === 'waiting'))) return null;
  if (state === 'empty' && hasOld) return null;
  const Icon = icons[state];
  return (
    <div className={styles.note} data-state={state} data-large={!hasPicture && !hasOld && !detail ? true : undefined}>
      <Icon
        size={state === 'empty' ? 22 : 16}
        strokeWidth={1.75}
        className={state === 'running' ? cardStyles.spin : ''}
        aria-hidden
      />
      <span className={styles.noteTitle}>
        {title}
        {since !== null && <time> · {elapsed(now - since)}</time>}
      </span>
      {detail && <span className={styles.noteDetail}>{detail}</span>}
      {view && view.status in actionable && <TaskActions task={task} blockedBy={by} />}
    </div>
  );
}

const icons = {
  empty: ImageIcon,
  waiting: ImageIcon,
  running: LoaderCircle,
  failed: TriangleAlert,
  blocked: Ban,
  cancelled: CircleSlash,
  unknown: CircleHelp,
  done: ImageIcon,
};
