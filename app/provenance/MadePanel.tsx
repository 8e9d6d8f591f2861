import { FolderOpen, LoaderCircle, RotateCcw } from 'lucide-react';
import { pictureNote } from './made-words.ts';
import { priceWords } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useDocument, useEditor, useReadOnly, useServer } from '../use-editor.ts';
import { againstNow, withSettingsOf } from './against-now.ts';
import { Chain } from './Chain.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Differences } from './Differences.tsx';
import { downloadOf } from './download-made.ts';
import { DownloadButton } from './DownloadButton.tsx';
import type { Found } from './find-made.ts';
import { openAt, repeatExactly } from './made-actions.ts';
import { About } from './ProvenancePanel.tsx';
import styles from './ProvenancePanel.module.css';
import { useJobs, useMade } from './use-made.ts';

/** `onLeave`: the panel has brought the graph to the fore; whatever stands over it shall go. */
type Props = { jobKey: string; onLeave: () => void };

/** How any picture ever made was made, by its key: from the job book and the graph kept with it. */
export default function MadePanel({ jobKey, onLeave }: Props) {
  const made = useMade(jobKey);
  return (
    <aside className={styles.panel} aria-label="How it was made">
      {made.status === 'found' ? (
        <FoundPanel found={made.found} onLeave={onLeave} />
      ) : (
        <>
          <header className={styles.header}>
            <h3>How it was made</h3>
          </header>
          <p className={styles.about} role={made.status === 'fault' ? 'alert' : 'status'}>
            {made.status === 'looking' && (
              <>
                <LoaderCircle size={14} className={styles.spin} aria-hidden /> Looking it up…
              </>
            )}
            {made.status === 'nothing' && 'The job book knows nothing of this picture any more.'}
            {made.status === 'fault' && (
              <>
                It could not be looked up: {made.message}{' '}
                <button type="button" className={ui.button} onClick={made.again}>
                  Try again
                </button>
              </>
            )}
          </p>
        </>
      )}
    </aside>
  );
}

function FoundPanel({ found, onLeave }: { found: Found; onLeave: () => void }) {
  const editor = useEditor();
  const shell = useShell();
  const readOnly = useReadOnly();
  const title = useDocument((state) => state.title);
  const graph = useDocument((state) => state.graph);
  const service = useServer(({ reply }) => reply?.service);
  const { job, picture, provenance, place, known } = found;
  const now = againstNow(found, { title, graph, nodeTypes: editor.nodeTypes });
  const edits = provenance.steps.filter(({ type }) => editor.nodeTypes.get(type)?.uses === 'edits');
  const jobs = useJobs(edits.map(({ key }) => key));
  const cell = place && { node: place.task.node, index: place.task.index };
  const take = place?.task.firstKey ? (place.graph.takes[place.task.firstKey] ?? 1) : 1;
  const isSameService = service?.id === job.service;
  const isNow = now.type === 'compared' && now.differences.length === 0;

  function putBack(): void {
    const back = withSettingsOf(found, graph);
    if (editor.document.refuses()) return;
    if (back === graph) return shell.tell({ kind: 'info', text: 'The settings are those of this picture already.' });
    editor.document.change({ type: 'settingsBack', graph: back });
    onLeave();
    if (job.made) {
      const tasks = editor.plans.get().plan.nodes.get(job.made.node)?.tasks ?? [];
      const index = tasks.find(({ key }) => key === job.key)?.index ?? 0;
      shell.canvas()?.showCell(job.made.node, index);
    }
    shell.tell({
      kind: 'info',
      text: 'The settings of this picture are back.',
      action: { label: 'Undo', act: editor.document.undo, untilChange: true },
    });
  }

  function open(): boolean {
    if (!place || !openAt({ editor, shell }, place, cell)) return false;
    onLeave();
    return true;
  }

  async function repeat(): Promise<void> {
    if (isNow && job.made) {
      onLeave();
      return repeatExactly({ editor, shell }, job.made.node, now.index);
    }
    if (!place || !open()) return;
    await repeatExactly({ editor, shell }, place.task.node, place.task.index);
  }

  return (
    <>
      <header className={styles.header}>
        <h3>How it was made</h3>
        <CopyButton provenance={provenance} jobs={jobs} />
      </header>
      {picture && <About picture={picture} take={take} />}
      <p className={styles.about}>{pictureNote(found)}</p>
      {service && !isSameService && (
        <p className={styles.about}>
          Another edit service is in use now ({service.label}): to repeat it exactly, choose its own in the settings.
        </p>
      )}
      <div className={styles.actions}>
        {place && (
          <button type="button" className={ui.primary} onClick={open}>
            <FolderOpen size={15} aria-hidden /> Open the graph that made this
          </button>
        )}
        {picture && <DownloadButton what={() => downloadOf(found)} />}
        {!readOnly && service && isSameService && (isNow || place) && (
          <button type="button" className={ui.button} onClick={() => void repeat().catch(shell.tellError)}>
            <RotateCcw size={15} aria-hidden /> {isNow ? 'Repeat exactly' : 'Open its graph and repeat exactly'}{' '}
            <em>{priceWords(1, service)}</em>
          </button>
        )}
      </div>
      <Comparison found={found} now={now} onPutBack={putBack} />
      <Chain
        provenance={provenance}
        graph={place?.graph ?? null}
        jobs={jobs}
        isMade={(key) => known.get(key)?.status === 'done'}
      />
    </>
  );
}

function Comparison({
  found,
  now,
  onPutBack,
}: {
  found: Found;
  now: ReturnType<typeof againstNow>;
  onPutBack: () => void;
}) {
  switch (now.type) {
    case 'other-graph':
      return null;
    case 'compared':
      return now.differences.length === 0 ? (
        <p className={styles.same}>Nothing differs: this is what the open graph makes there now.</p>
      ) : (
        <Differences differences={now.differences} provenance={found.provenance} onPutBack={onPutBack} />
      );
    case 'node-gone':
    case 'broken':
      return (
        <div className={styles.same}>
          <p>
            {now.type === 'node-gone'
              ? 'The node that made it is not in the open graph any more.'
              : `The node that made it cannot make anything now: ${now.message}`}
          </p>
          {(found.place || now.type === 'broken') && (
            <button type="button" className={ui.button} onClick={onPutBack}>
              Put these settings back
            </button>
          )}
        </div>
      );
  }
}
