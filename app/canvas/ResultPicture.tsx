import { Ban, CircleHelp, CircleSlash, ImageIcon, LoaderCircle, RotateCcw, TriangleAlert } from 'lucide-react';
import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import type { Axis } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Task } from '../../graphs/task.ts';
import { inputPictureOf, originalOf } from '../../graphs/task-picture.ts';
import { idleWords } from '../panels/idle-words.ts';
import { sumWords } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import { useDocument, useEditor, usePlans, useServer, useTaskView } from '../use-editor.ts';
import cardStyles from './Card.module.css';
import styles from './Results.module.css';
import { cellStateOf, elapsed, labelText, wordsOf } from './task-words.ts';
import { useClock } from './use-tasks.ts';
import { useCanvas } from './view.ts';

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
      {by && <BlockedBy by={by} />}
      <TaskActions task={task} />
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

function BlockedBy({ by }: { by: string }) {
  const { nodeTypes } = useEditor();
  const { commands } = useCanvas();
  const node = usePlans(({ plan }) => {
    for (const planned of plan.nodes.values()) if (planned.tasks.some(({ key }) => key === by)) return planned.id;
    return undefined;
  });
  const title = useDocument(({ graph }) => {
    const found = node === undefined ? undefined : graph.nodes[node];
    return found ? (found.title ?? nodeTypes.get(found.type)?.title ?? found.type) : null;
  });
  if (!node || !title) return <span className={styles.noteDetail}>Something it needs did not become a picture.</span>;
  return (
    <span className={styles.noteDetail}>
      Needs what{' '}
      <button type="button" className={`${styles.textButton} nodrag`} onClick={() => commands.focusNode(node)}>
        {title}
      </button>{' '}
      did not make.
    </span>
  );
}

/** May the same be asked for once more, or does it take a new paid one? */
function TaskActions({ task }: { task: Task }) {
  const { nodeTypes } = useEditor();
  const { decide, report } = useCanvas();
  const shell = useShell();
  const view = useTaskView(task.key);
  const booked = usePlans((state) => (task.key === null ? undefined : state.known.get(task.key)));
  const uses = useDocument((state) => nodeTypes.get(state.graph.nodes[task.node]?.type ?? '')?.uses);
  const service = useServer(({ reply }) => reply?.service ?? null);
  const offline = service?.kind === 'offline';
  const price = service && uses === 'edits' ? sumWords(1, service) : null;
  const { key, firstKey } = task;
  if (!view || key === null || firstKey === null) return null;
  if (view.status === 'unknown' && uses === 'edits')
    return (
      <button type="button" className={`${styles.action} nodrag`} onClick={() => decide(key)}>
        <CircleHelp size={13} aria-hidden /> Decide…
      </button>
    );
  if (view.status !== 'failed' && view.status !== 'cancelled' && view.status !== 'forgotten') return null;
  const again =
    view.status === 'forgotten'
      ? 'new-take'
      : booked?.status === 'failed' || booked?.status === 'cancelled'
        ? booked.again
        : 'same';
  const sameWords = again === 'fetch' ? 'Fetch it again' : view.status === 'cancelled' ? 'Make it now' : 'Retry';
  return (
    <>
      {(again !== 'new-take' || uses !== 'edits') && (
        <button type="button" className={`${styles.action} nodrag`} onClick={() => shell.make([key])}>
          <RotateCcw size={13} aria-hidden /> {sameWords}{' '}
          {again === 'fetch' ? <em>free</em> : price && <em>{price}</em>}
        </button>
      )}
      {again !== 'same' && uses === 'edits' && (
        <button
          type="button"
          className={`${styles.action} nodrag`}
          onClick={() => shell.newTake([firstKey], { said: true })}
        >
          <RotateCcw size={13} aria-hidden /> New take <em>{price ?? 'pays again'}</em>
        </button>
      )}
      {offline && uses === 'edits' && view.status === 'failed' && again === 'new-take' && (
        <span className={styles.noteDetail}>Try other words, or connect RunComfy in the settings.</span>
      )}
      {view.status === 'failed' && (
        <button type="button" className={`${styles.textButton} nodrag`} onClick={() => report(key)}>
          Report…
        </button>
      )}
    </>
  );
}
