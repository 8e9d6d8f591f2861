import { Dialog } from 'radix-ui';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { pointWords, valueWords } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import { placeOn, stepAlong } from '../../graphs/stepping.ts';
import { originalOf, pictureOf } from '../../graphs/task-picture.ts';
import { createGridActions } from '../grid/actions.ts';
import { useGridOrder } from '../grid/use-grid-order.ts';
import { savedOf } from '../provenance/download.ts';
import { ProvenancePanel } from '../provenance/ProvenancePanel.tsx';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import { axisOfKey, keysOfAxis } from './axis-keys.ts';
import type { AxisStep } from './AxisSteps.tsx';
import { CellStatus } from './CellStatus.tsx';
import { focusItself } from './focus-itself.ts';
import modal from './Modal.module.css';
import { PointStrip } from './PointStrip.tsx';
import { isNarrow } from './use-media.ts';
import { panOf, transformOf, useStage } from './use-stage.ts';
import { ViewerBar } from './ViewerBar.tsx';
import { useShell, type DialogState } from './shell.ts';
import styles from './Viewer.module.css';

type Props = { node: string; index: number; back?: DialogState; onClose: () => void };

/** One picture as large as it gets, its points beside each other, and how it was made. */
export default function Viewer({ node, index: first, back, onClose }: Props) {
  const editor = useEditor();
  const { nodeTypes } = editor;
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
  const shown = comparing && original ? original : picture;
  const stage = useStage(picture);
  const axes = planned?.axes ?? noAxes;
  const ordered = useGridOrder(node, axes);
  const label = planned && tasks.length > 1 ? pointWords(axes, index) : '';
  const actions = useMemo(() => createGridActions({ editor, shell, node }), [editor, shell, node]);
  const takes = picture ? actions.takesOf([index]) : [];
  const go = (by: number): void => setIndex(Math.max(0, Math.min(index + by, tasks.length - 1)));
  const step = (axis: string, by: number): void => {
    const to = stepAlong(axes, index, axis, by);
    if (to !== null) setIndex(to);
  };
  const steps = ordered.map(({ id, members }, i): AxisStep => ({
    id,
    title: members.map((member) => member.title).join(' + '),
    text: members.map(({ values }) => valueWords(values[placeOn(axes, index, id)!])).join(', '),
    canGoBack: stepAlong(axes, index, id, -1) !== null,
    canGoOn: stepAlong(axes, index, id, 1) !== null,
    keys: keysOfAxis(i, axes.length),
  }));
  /** What is opened over this comes back to the point that is shown now. */
  const remember = (): void => shell.show({ type: 'viewer', node, index, ...(back ? { back } : {}) });
  const compare = (): void => {
    remember();
    shell.show({ type: 'compare', cells: [{ node, index }] });
  };

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = panOf(event);
    const along = axisOfKey(event, axes.length);
    const act = pan
      ? () => stage.panBy(pan)
      : along
        ? () => step(ordered[along.place]!.id, along.by)
        : {
            PageUp: () => go(-1),
            PageDown: () => go(1),
            Home: () => setIndex(0),
            End: () => setIndex(tasks.length - 1),
            '+': () => stage.zoomTo((zoom) => zoom * 1.25),
            '=': () => stage.zoomTo((zoom) => zoom * 1.25),
            '-': () => stage.zoomTo((zoom) => zoom / 1.25),
            '0': stage.fit,
            '1': () => stage.zoomTo(() => 1),
            o: () => setComparing(true),
            c: compare,
            i: () => setPanel((open) => !open),
          }[event.key];
    if (!act) return;
    event.preventDefault();
    if (!event.repeat || along || event.key.startsWith('Arrow') || '+-='.includes(event.key)) act();
  }

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
            steps={steps}
            onStep={step}
            onCompareWith={picture ? compare : null}
            onNewTake={
              takes.length > 0
                ? () => {
                    remember();
                    actions.newTake(takes);
                  }
                : null
            }
            stage={stage}
            saved={picture && task ? () => savedOf(editor, { plan, task, picture, lookup }) : null}
            canCompare={picture !== null && original !== null && original.sha256 !== picture.sha256}
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
                  style={{ transform: transformOf(stage.view) }}
                />
              ) : (
                <CellStatus task={task} onLeave={remember} />
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

const noAxes: readonly never[] = [];
