import { Grid3x3, History } from 'lucide-react';
import { memo, use, useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Artifact } from '../../graphs/artifact.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import type { Task } from '../../graphs/task.ts';
import { tip } from '../panels/IconButton.tsx';
import { late } from '../panels/late.tsx';
import { ShellContext } from '../panels/shell.ts';
import { usePlans } from '../use-editor.ts';
import styles from './Results.module.css';
import { ResultPicture } from './ResultPicture.tsx';
import { Strip } from './Strip.tsx';
import { usePicture } from './use-tasks.ts';
import { useCanvas, useView } from './view.ts';

/** So many files are listed at once, and a line for the rest. */
const MOST_LINKS = 6;
const SavedFiles = late(() => import('./SavedFiles.tsx'), { quiet: true });

/** What a node made: the picture of one point large, all points as a strip, and files where it writes some. */
export const Results = memo(function Results({ id, type }: { id: string; type: NodeType }) {
  const { view } = useCanvas();
  const planned = usePlans((state) => state.plan.nodes.get(id));
  const wanted = useView((state) => state.current.get(id) ?? 0);
  const tasks = planned?.tasks ?? [];
  const index = Math.min(wanted, Math.max(0, tasks.length - 1));
  const task = tasks[index];
  const picture = usePicture(task);
  const shell = use(ShellContext);
  useEffect(() => {
    if (picture) view.remember(id, index, picture);
  }, [picture, view, id, index]);
  const last: Artifact | undefined = picture ? undefined : view.lastShown(id, index);

  if (!planned || (tasks.length === 0 && !last)) return null;
  return (
    <div className={styles.results}>
      {task?.key && (picture || last) && (
        <button
          type="button"
          className={`${styles.earlier} nodrag`}
          aria-label="Earlier takes and settings"
          {...tip('Earlier takes and settings (H)')}
          onClick={() => shell?.show({ type: 'history', node: id, index })}
        >
          <History size={14} aria-hidden />
        </button>
      )}
      <ResultPicture id={id} task={task} picture={picture} last={last} index={index} axes={planned.axes} />
      {tasks.length > 1 && (
        <button
          type="button"
          className={`${styles.action} ${styles.asGrid} nodrag`}
          onClick={() => shell?.show({ type: 'grid', node: id })}
        >
          <Grid3x3 size={13} aria-hidden /> {tasks.length.toLocaleString('en')} results as a grid
        </button>
      )}
      {tasks.length > 1 && <Strip id={id} tasks={tasks} axes={planned.axes} index={index} />}
      {type.uses === 'outputs' && <Files tasks={tasks} of={takesList(type) ? task : undefined} />}
    </div>
  );
});

/** What a list of files takes; with that room kept free, the card does not grow when they are written. */
const FILE_ROW = 24;
const FILE_ACTIONS = 78;
const SHEET = 188;
/** Less what says how it stands with it, which is there until then. */
const SHEET_TO_COME = 103;

/** `of`: the task whose file is one picture of all that arrived, to be looked at here. */
function Files({ tasks, of }: { tasks: readonly Task[]; of: Task | undefined }) {
  const files = usePlans(
    useShallow(({ known }) =>
      tasks.flatMap(({ key }) => {
        const made = key === null ? undefined : known.get(key);
        return made?.status === 'done' && made.file ? [made.file] : [];
      }),
    ),
  );
  const sheet = usePlans(({ known }) => {
    const made = of?.key ? known.get(of.key) : undefined;
    return made?.status === 'done' && made.file && isPicture(made.file.file) ? made.file : null;
  });
  const expected = tasks.filter(({ idle }) => idle === null).length;
  if (files.length === 0 && expected === 0) return null;
  return (
    <div
      style={{
        minHeight:
          FILE_ACTIONS +
          FILE_ROW * Math.min(expected, MOST_LINKS + 1) +
          (sheet ? SHEET : of && files.length === 0 ? SHEET_TO_COME : 0),
      }}
    >
      {files.length > 0 ? (
        <SavedFiles files={files} sheet={sheet} most={MOST_LINKS} />
      ) : (
        <p className={styles.noFiles}>
          {expected === 1 ? 'The file' : `The ${expected.toLocaleString('en')} files`} will be listed here.
        </p>
      )}
    </div>
  );
}

const takesList = ({ inputs }: NodeType): boolean => Object.values(inputs).some(({ kind }) => kind === 'images');
const isPicture = (file: string): boolean => !file.endsWith('.pdf');
