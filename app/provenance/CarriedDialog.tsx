import { useEffect, useRef, useState } from 'react';
import { valueWords } from '../../graphs/axes.ts';
import { countPlan, type Count } from '../../graphs/known.ts';
import { makePlan, type Plan } from '../../graphs/plan.ts';
import { notesOf } from '../create-shell.ts';
import { GraphSketch } from '../panels/GraphSketch.tsx';
import { Modal } from '../panels/Modal.tsx';
import { plural } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { createCache } from '../services/cache.ts';
import { useEditor, useServer } from '../use-editor.ts';
import type { ServiceInfo } from '../settings-wire.ts';
import type { Carried } from './carried.ts';
import styles from './CarriedDialog.module.css';
import { openAt } from './made-actions.ts';
import { outlookWords, serviceOf } from './outlook-words.ts';

type Props = { file: File; carried: Carried; take: () => void; onClose: () => void };

/** A picture that carries its graph: is the graph meant, or the picture? */
export default function CarriedDialog({ file, carried, take, onClose }: Props) {
  const editor = useEditor();
  const shell = useShell();
  const service = useServer(({ reply }) => reply?.service);
  const url = useAddress(file);
  const openButton = useRef<HTMLButtonElement>(null);
  // After the dialog has taken the focus itself.
  useEffect(() => {
    const frame = requestAnimationFrame(() => openButton.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const outlook = useOutlook(carried, service?.id);
  const { loaded, steps } = carried;
  const last = steps.at(-1);
  const point = (last?.point ?? []).map(({ title, value }) => `${title}: ${valueWords(value)}`).join(' · ');

  function open(): void {
    onClose();
    if (!openAt({ editor, shell }, loaded, outlook?.cell ?? null)) return;
    if (loaded.notes.length > 0) shell.show(notesOf(loaded));
  }

  return (
    <Modal
      title="This picture carries the graph that made it"
      lead={`${file.name || 'The pasted picture'}. What is open now can be had back: by Undo, and from the versions.`}
      onClose={onClose}
      footer={
        <>
          <button
            type="button"
            className={ui.button}
            onClick={() => {
              onClose();
              take();
            }}
          >
            Use it as a picture
          </button>
          <button ref={openButton} type="button" className={ui.primary} onClick={open}>
            Open its graph
          </button>
        </>
      }
    >
      <div className={styles.carried}>
        <div>
          <img className={styles.picture} src={url} alt="" />
          <div className={styles.sketch}>
            <GraphSketch graph={loaded.graph} nodeTypes={editor.nodeTypes} />
          </div>
        </div>
        <div>
          <h3>{loaded.title}</h3>
          <p>{plural(Object.keys(loaded.graph.nodes).length, 'node')}</p>
          {last && (
            <p>
              Made at {last.title}
              {point && ` (${point})`}
            </p>
          )}
          <p role="status">{service && outlook ? wordsOf(outlook, steps, service) : 'Looking what is here…'}</p>
        </div>
      </div>
    </Modal>
  );
}

type Outlook = {
  /** Null where the server could not be asked. */
  readonly count: Count | null;
  readonly cell: { readonly node: string; readonly index: number } | null;
};

/** An address for a file that is not on the server. */
function useAddress(file: File): string {
  const [url] = useState(() => URL.createObjectURL(file));
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}

/** What of the graph is here already, and where in it the picture was made. */
function useOutlook({ loaded, steps }: Carried, service: string | undefined): Outlook | null {
  const { api, nodeTypes } = useEditor();
  const { tellError } = useShell();
  const [outlook, setOutlook] = useState<Outlook | null>(null);
  useEffect(() => {
    if (service === undefined) return;
    let isWanted = true;
    const plan = makePlan(loaded.graph, nodeTypes, service);
    const keys = new Set<string>();
    for (const { tasks } of plan.nodes.values()) for (const { key } of tasks) if (key !== null) keys.add(key);
    // Another service gives other keys: those of the picture are found with the one that made it.
    const by = serviceOf(steps);
    const key = steps.at(-1)?.key;
    const cell = cellOf(plan, key) ?? (by === undefined ? null : cellOf(makePlan(loaded.graph, nodeTypes, by), key));
    createCache(api)
      .lookUp([...keys])
      .then((known) => {
        if (!isWanted) return;
        const count = countPlan(plan, (key) => known.get(key));
        setOutlook({ count, cell });
      })
      .catch((error: unknown) => {
        if (isWanted) setOutlook({ count: null, cell });
        tellError(error);
      });
    return () => void (isWanted = false);
  }, [api, nodeTypes, loaded, steps, service, tellError]);
  return outlook;
}

function cellOf(plan: Plan, key: string | undefined): Outlook['cell'] {
  if (key === undefined) return null;
  for (const { id, tasks } of plan.nodes.values()) {
    const task = tasks.find((each) => each.key === key);
    if (task) return { node: id, index: task.index };
  }
  return null;
}

function wordsOf({ count }: Outlook, steps: Carried['steps'], service: ServiceInfo): string {
  return count
    ? outlookWords(count, steps, service)
    : 'What of it is here cannot be looked up now; opening it costs nothing.';
}
