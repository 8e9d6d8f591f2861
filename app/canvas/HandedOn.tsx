import { Grid3x3, ImageIcon } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { pictureUrl } from '../../graphs/artifact.ts';
import { axisTitle, type Axis } from '../../graphs/axes.ts';
import type { Task, TaskOutput } from '../../graphs/task.ts';
import { outputPictureOf } from '../../graphs/task-picture.ts';
import { plural } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import { usePlans, useTaskView } from '../use-editor.ts';
import styles from './HandedOn.module.css';
import results from './Results.module.css';
import { cellStateOf, labelText, wordsOf } from './task-words.ts';
import { useCanvas } from './view.ts';

/** Small pictures of a single list, and of each where there are several; what is left over is counted. */
const MOST = 12;
const MOST_EACH = 6;
const MOST_LISTS = 3;

/** On the card of a node that hands on a list: how many pictures, and the first of them, made or still to come. */
export default function HandedOn({ id }: { id: string }) {
  const shell = useShell();
  const planned = usePlans((state) => state.plan.nodes.get(id));
  const lists = planned?.tasks.filter(({ gathered }) => gathered && gathered.length > 0) ?? [];
  const all = lists.reduce((sum, { gathered }) => sum + gathered!.length, 0);
  const made = usePlans(({ known }) => (all === 0 ? 0 : countMade(lists, (key) => known.get(key)?.status === 'done')));
  const source = lists[0]?.gathered?.[0]?.task.node;
  if (!planned || source === undefined) return null;
  const most = lists.length === 1 ? MOST : MOST_EACH;
  return (
    <div className={styles.part}>
      <div className={styles.line}>
        <span>
          {lists.length > 1 && `${plural(lists.length, 'list')}, `}
          {plural(all, 'picture')}
          {made < all && <em> · {made.toLocaleString('en')} made</em>}
        </span>
        <button
          type="button"
          className={`${results.action} nodrag`}
          aria-label="All of them as a grid"
          onClick={() => shell.show({ type: 'grid', node: source })}
        >
          <Grid3x3 size={13} aria-hidden /> Grid
        </button>
      </div>
      {lists.slice(0, MOST_LISTS).map((task) => (
        <List key={task.index} task={task} axes={planned.axes} most={most} named={lists.length > 1} />
      ))}
      {lists.length > MOST_LISTS && <p className={styles.rest}>and {plural(lists.length - MOST_LISTS, 'more list')}</p>}
    </div>
  );
}

function List(props: { task: Task; axes: readonly Axis[]; most: number; named: boolean }) {
  const { task, axes, most, named } = props;
  const gathered = task.gathered!;
  const shown = gathered.length <= most ? gathered : gathered.slice(0, most - 1);
  const label = labelText(axes, task.index);
  return (
    <div className={styles.list} role="group" aria-label={label || axes.map(axisTitle).join(' × ') || 'The list'}>
      {named && (
        <p className={styles.label} title={label}>
          {label}
        </p>
      )}
      <div className={styles.thumbs}>
        {shown.map((output, i) => (
          // The same picture may stand here twice.
          // oxlint-disable-next-line react/no-array-index-key
          <Thumb key={i} output={output} number={i + 1} />
        ))}
        {shown.length < gathered.length && (
          <span className={styles.more} role="img" aria-label={`${gathered.length - shown.length} more`}>
            +{(gathered.length - shown.length).toLocaleString('en')}
          </span>
        )}
      </div>
    </div>
  );
}

function Thumb({ output, number }: { output: TaskOutput; number: number }) {
  const { openPicture } = useCanvas();
  const { task } = output;
  const picture = usePlans(({ known }) => outputPictureOf(output, (key) => known.get(key)));
  const label = usePlans(useShallow(({ plan }) => labelText(plan.nodes.get(task.node)?.axes ?? [], task.index)));
  const view = useTaskView(task.key);
  const words = `${number}${label ? `: ${label}` : ''}${picture ? '' : `, ${wordsOf(view).title}`}`;
  return (
    <button
      type="button"
      className={`${styles.thumb} nodrag`}
      data-state={picture ? undefined : cellStateOf(view)}
      aria-label={words}
      title={words}
      onClick={() => openPicture({ node: task.node, index: task.index })}
    >
      {picture ? (
        <img src={pictureUrl(picture.sha256, 'small')} alt="" loading="lazy" decoding="async" draggable={false} />
      ) : (
        <ImageIcon size={14} aria-hidden />
      )}
    </button>
  );
}

function countMade(lists: readonly Task[], isMade: (key: string) => boolean): number {
  let made = 0;
  for (const { gathered } of lists)
    for (const { task } of gathered ?? []) if (task.outputs || (task.key !== null && isMade(task.key))) made++;
  return made;
}
