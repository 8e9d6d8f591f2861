import { wordsOf } from '../canvas/task-words.ts';
import { CellActions } from '../panels/CellStatus.tsx';
import { idleWords } from '../panels/idle-words.ts';
import { useTaskView } from '../use-editor.ts';
import type { Side } from './sides.ts';
import styles from './Stage.module.css';

/** Why there is nothing to be seen yet. */
export function StateOf({ side, gone = false, onLeave }: { side: Side; gone?: boolean; onLeave: () => void }) {
  const { cell, task, letter } = side;
  const view = useTaskView(task?.key ?? null);
  const words = task?.idle ? idleWords[task.idle] : wordsOf(view);
  const title =
    gone || side.gone
      ? 'This picture is no longer here'
      : 'sha256' in cell
        ? 'Fetching the picture'
        : !task
          ? 'This point is no longer there'
          : cell.original
            ? 'There is no photograph at the beginning'
            : words.title;
  return (
    <div className={styles.state} role="status" data-status={view?.status ?? 'none'}>
      <strong>
        {letter}: {title}
      </strong>
      {words.detail && <p>{words.detail}</p>}
      {task && !task.idle && !gone && !('original' in cell && cell.original) && (
        <CellActions task={task} onLeave={onLeave} />
      )}
    </div>
  );
}
