import { CircleHelp, RotateCcw } from 'lucide-react';
import type { Task } from '../../graphs/task.ts';
import { sumWords } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import { useDocument, useEditor, usePlans, useServer, useTaskView } from '../use-editor.ts';
import styles from './Results.module.css';
import { useCanvas } from './view.ts';

/** What can be done about a task that was not made, or what has to be made before it. */
export default function TaskActions({ task, blockedBy }: { task: Task; blockedBy: string | null }) {
  return (
    <>
      {blockedBy && <BlockedBy by={blockedBy} />}
      <Again task={task} />
    </>
  );
}

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
function Again({ task }: { task: Task }) {
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
