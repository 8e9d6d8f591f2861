import { History, Milestone, RotateCcw } from 'lucide-react';
import type { Artifact } from '../../graphs/artifact.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { nearestEdit, provenanceOf } from '../../graphs/provenance.ts';
import type { Task } from '../../graphs/task.ts';
import { priceWords } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useDocument, useEditor, useReadOnly, useServer } from '../use-editor.ts';
import { Chain } from './Chain.tsx';
import { CopyButton } from './CopyButton.tsx';
import { sizeWords } from './job-words.ts';
import { repeatExactly } from './made-actions.ts';
import styles from './ProvenancePanel.module.css';
import { useJobs } from './use-made.ts';

type Props = { plan: Plan; task: Task; lookup: Lookup; picture: Artifact | null };

/** How a picture of the open graph was made: every step, from the photograph to what is seen. */
export function ProvenancePanel({ plan, task, lookup, picture }: Props) {
  const editor = useEditor();
  const shell = useShell();
  const readOnly = useReadOnly();
  const title = useDocument((state) => state.title);
  const graph = useDocument((state) => state.graph);
  const service = useServer(({ reply }) => reply?.service);
  const provenance = provenanceOf(plan, task, lookup);
  const isMade = (key: string): boolean => lookup(key)?.status === 'done';
  const edits = provenance.steps.filter(({ type }) => editor.nodeTypes.get(type)?.uses === 'edits');
  const jobs = useJobs(edits.map(({ key }) => key).filter(isMade));
  const edit = nearestEdit(plan, task);
  const take = edit?.firstKey ? (graph.takes[edit.firstKey] ?? 1) : 1;
  const job = jobs.get(edit?.key ?? '');
  const made = job?.made;
  const isFromElsewhere = made !== undefined && (job?.madeFor !== title || made.node !== edit?.node);
  return (
    <aside className={styles.panel} aria-label="How it was made">
      <header className={styles.header}>
        <h3>How it was made</h3>
        {provenance.steps.length > 0 && <CopyButton provenance={provenance} jobs={jobs} />}
      </header>
      {picture && <About picture={picture} take={take} />}
      {provenance.steps.length === 0 && (
        <p className={styles.about}>
          {picture ? 'It is a picture that you brought: nothing was done to it yet.' : 'There is no picture here yet.'}
        </p>
      )}
      <div className={styles.actions}>
        {edit && isMade(edit.key ?? '') && !readOnly && service && (
          <button
            type="button"
            className={ui.button}
            onClick={() => void repeatExactly({ editor, shell }, task.node, task.index).catch(shell.tellError)}
          >
            <RotateCcw size={15} aria-hidden /> Repeat exactly <em>{priceWords(1, service)}</em>
          </button>
        )}
        {task.key !== null && (
          <button
            type="button"
            className={ui.button}
            onClick={() => shell.show({ type: 'history', node: task.node, index: task.index })}
          >
            <History size={15} aria-hidden /> Earlier takes and settings
          </button>
        )}
        {isFromElsewhere && edit?.key && (
          <button type="button" className={ui.button} onClick={() => shell.show({ type: 'made', key: edit.key! })}>
            <Milestone size={15} aria-hidden /> Where it was made first
          </button>
        )}
      </div>
      <Chain provenance={provenance} graph={graph} jobs={jobs} isMade={isMade} />
    </aside>
  );
}

/** What it is: size, format and take. */
export function About({ picture, take }: { picture: Artifact; take: number }) {
  return (
    <p className={styles.about}>
      {picture.width} × {picture.height} · {picture.mediaType.slice('image/'.length).toUpperCase()} ·{' '}
      {sizeWords(picture.bytes)}
      {take > 1 && ` · take ${take}`}
    </p>
  );
}
