import { Dialog } from 'radix-ui';
import { useState, type KeyboardEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { Lookup } from '../../graphs/known.ts';
import { originalOf, pictureOf } from '../../graphs/task-picture.ts';
import { labelText, wordsOf } from '../canvas/task-words.ts';
import { useDocument, useEditor, usePlans, useTaskView } from '../use-editor.ts';
import { focusItself } from './focus-itself.ts';
import modal from './Modal.module.css';
import { PointStrip } from './PointStrip.tsx';
import { ProvenancePanel } from '../provenance/ProvenancePanel.tsx';
import { isNarrow } from './use-media.ts';
import { useStage } from './use-stage.ts';
import { ViewerBar } from './ViewerBar.tsx';
import { useShell } from './shell.ts';
import ui from './ui.module.css';
import styles from './Viewer.module.css';

type Props = { node: string; index: number; onClose: () => void };

/** One picture as large as it gets, its points beside each other, and how it was made. */
export default function Viewer({ node, index: first, onClose }: Props) {
  const { nodeTypes } = useEditor();
  const shell = useShell();
  const [wanted, setIndex] = useState(first);
  const [comparing, setComparing] = useState(false);
  const [panel, setPanel] = useState(() => !isNarrow());
  const plan = usePlans((state) => state.plan);
  const known = usePlans((state) => state.known);
  const title = useDocument(
    ({ graph }) => graph.nodes[node]?.title ?? nodeTypes.get(graph.nodes[node]?.type ?? '')?.title,
  );
  const lookup: Lookup = (key) => known.get(key);
  const planned = plan.nodes.get(node);
  const tasks = planned?.tasks ?? [];
  const index = Math.min(wanted, Math.max(0, tasks.length - 1));
  const task = tasks[index];
  // Read through the selector, so that a picture that arrives while we look is shown.
  const picture = usePlans(() => (task ? pictureOf(plan, task, lookup) : null));
  const original = usePlans(() => (task ? originalOf(plan, task, lookup) : null));
  const view = useTaskView(task?.key ?? null);
  const shown = comparing && original ? original : picture;
  const stage = useStage(picture);
  const label = planned && tasks.length > 1 ? labelText(planned.axes, index) : '';
  const step = (by: number): void => setIndex(Math.max(0, Math.min(index + by, tasks.length - 1)));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      ArrowUp: () => step(-1),
      ArrowDown: () => step(1),
      Home: () => setIndex(0),
      End: () => setIndex(tasks.length - 1),
      '+': () => stage.zoomTo((zoom) => zoom * 1.25),
      '=': () => stage.zoomTo((zoom) => zoom * 1.25),
      '-': () => stage.zoomTo((zoom) => zoom / 1.25),
      '0': stage.fit,
      '1': () => stage.zoomTo(() => 1),
      o: () => setComparing(true),
      i: () => setPanel((open) => !open),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    if (!event.repeat || event.key.startsWith('Arrow') || '+-='.includes(event.key)) act();
  }

  const words = wordsOf(view);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={modal.overlay} />
        <Dialog.Content
          className={styles.viewer}
          aria-describedby={undefined}
          onOpenAutoFocus={focusItself}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => event.key === 'o' && setComparing(false)}
        >
          <ViewerBar
            title={title ?? node}
            label={label}
            place={tasks.length > 1 ? { index, count: tasks.length } : null}
            onStep={step}
            stage={stage}
            picture={picture}
            canCompare={original !== null && original.sha256 !== picture?.sha256}
            comparing={comparing}
            onCompare={setComparing}
            panel={panel}
            onPanel={() => setPanel((open) => !open)}
          />
          <div className={styles.middle}>
            <div className={styles.stage} {...stage.stageProps}>
              {shown && picture ? (
                <img
                  className={styles.picture}
                  src={pictureUrl(shown.sha256)}
                  alt={comparing ? 'The original' : `${title ?? node} ${label}`}
                  width={picture.width}
                  height={picture.height}
                  draggable={false}
                  data-pixels={stage.view.zoom >= 3}
                  style={{
                    transform: `translate(-50%, -50%) translate(${stage.view.x}px, ${stage.view.y}px) scale(${stage.view.zoom})`,
                  }}
                />
              ) : (
                <div className={styles.status} role="status" data-status={view?.status ?? 'none'}>
                  <strong>{task ? words.title : 'This node makes no picture now'}</strong>
                  {words.detail && <p>{words.detail}</p>}
                  {view?.status === 'unknown' && task?.key && (
                    <button
                      type="button"
                      className={ui.button}
                      onClick={() => shell.show({ type: 'unknown', key: task.key! })}
                    >
                      Decide…
                    </button>
                  )}
                  {(view?.status === 'failed' || view?.status === 'unknown') && task?.key && (
                    <button
                      type="button"
                      className={ui.plain}
                      onClick={() => shell.show({ type: 'report', key: task.key! })}
                    >
                      Copy a report of this problem…
                    </button>
                  )}
                </div>
              )}
              {comparing && original && <span className={styles.original}>Original</span>}
            </div>
            {panel && task && <ProvenancePanel plan={plan} task={task} lookup={lookup} picture={picture} />}
          </div>
          {planned && tasks.length > 1 && (
            <PointStrip plan={plan} planned={planned} index={index} onIndex={setIndex} lookup={lookup} />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
