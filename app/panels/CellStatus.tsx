import { useMemo, type ReactNode } from 'react';
import type { Task } from '../../graphs/task.ts';
import { wordsOf } from '../canvas/task-words.ts';
import { createGridActions } from '../grid/actions.ts';
import { countRetry } from '../taking.ts';
import { useEditor, useReadOnly, useServer, useTaskView } from '../use-editor.ts';
import styles from './CellStatus.module.css';
import { idleWords } from './idle-words.ts';
import { plural, priceWords } from './run-words.ts';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

type Props = {
  task: Task | undefined;
  /** Called before something is opened over this. */
  onLeave: () => void;
};

/** How it stands with a cell that has no picture, and what can be done about it. */
export function CellStatus({ task, onLeave }: Props) {
  const view = useTaskView(task?.key ?? null);
  if (!task)
    return (
      <div className={styles.status} role="status">
        <strong>This node makes no picture now</strong>
      </div>
    );
  const words = task.idle ? idleWords[task.idle] : wordsOf(view);
  return (
    <div className={styles.status} role="status" data-status={task.idle ? 'none' : (view?.status ?? 'none')}>
      <strong>{words.title}</strong>
      {words.detail && <p>{words.detail}</p>}
      {!task.idle && <CellActions task={task} onLeave={onLeave} />}
    </div>
  );
}

/** What can be done about a cell that has no picture. */
export function CellActions({ task, onLeave }: { task: Task; onLeave: () => void }) {
  const status = useTaskView(task.key)?.status;
  const editor = useEditor();
  const shell = useShell();
  const readOnly = useReadOnly();
  const service = useServer(({ reply }) => reply?.service);
  const actions = useMemo(() => createGridActions({ editor, shell, node: task.node }), [editor, shell, task.node]);
  const { key, index } = task;
  const act = (what: () => void) => (): void => {
    onLeave();
    what();
  };
  const price = (count: number): ReactNode => {
    const words = service && count > 0 ? priceWords(count, service) : null;
    return words && <em>{words}</em>;
  };

  if (status === 'unknown' && key)
    return (
      <p className={styles.actions}>
        <button type="button" className={ui.button} onClick={act(() => shell.show({ type: 'unknown', key }))}>
          Decide…
        </button>
        <Report onPress={act(() => shell.show({ type: 'report', key }))} />
      </p>
    );
  const again = actions.retrying([index]);
  if (again.same.length + again.newTake.length > 0)
    return (
      <p className={styles.actions}>
        {!readOnly && (
          <button type="button" className={ui.primary} onClick={act(() => actions.retry([index]))}>
            {again.newTake.length > 0 ? (service?.kind === 'offline' ? 'New take' : 'New take…') : 'Retry'}{' '}
            {again.newTake.length === 0 &&
              price(countRetry(editor.plans.get().plan, editor.plans.lookup, again.same).toPay)}
          </button>
        )}
        {status === 'failed' && key && <Report onPress={act(() => shell.show({ type: 'report', key }))} />}
      </p>
    );
  const keys = actions.keysOf([index]);
  if (readOnly || keys.length === 0 || (status !== undefined && status !== 'blocked')) return null;
  const { toPay } = actions.countOf([index]);
  return (
    <p className={styles.actions}>
      <button type="button" className={ui.primary} onClick={act(() => actions.make([index]))}>
        Make this one {toPay > 1 && <em>{plural(toPay, 'edit')}</em>} {price(toPay)}
      </button>
    </p>
  );
}

function Report({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" className={ui.plain} onClick={onPress}>
      Copy a report of this problem…
    </button>
  );
}
