import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { extentOf } from '../../graphs/axes.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { PlannedNode } from '../../graphs/task.ts';
import { IconButton } from '../panels/IconButton.tsx';
import { PointStrip } from '../panels/PointStrip.tsx';
import type { CompareCell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import styles from './Chooser.module.css';
import { hasOriginal, letterOf } from './sides.ts';

type Props = {
  /** Of the picture that is chosen. */
  place: number;
  cells: readonly CompareCell[];
  onChoose: (cell: CompareCell) => void;
  /** Null while there is nothing to go back to. */
  onClose: (() => void) | null;
};

/** Any picture of the graph: its node, then its point. What is chosen is seen at once. */
export function Chooser({ place, cells, onChoose, onClose }: Props) {
  const { nodeTypes, plans } = useEditor();
  const graph = useDocument((state) => state.graph);
  const plan = usePlans((state) => state.plan);
  const id = useId();
  const root = useRef<HTMLElement>(null);
  const nodes = nodesWithPictures(plan);
  const now = cells[place];
  const near = [now, cells[0], ...cells].find((cell) => cell && 'node' in cell);
  const [wanted, setNode] = useState(near && 'node' in near ? near.node : (nodes[0]?.id ?? ''));
  const planned = plan.nodes.get(wanted) ?? nodes[0];
  const index = now && 'node' in now && now.node === planned?.id && !now.original ? now.index : -1;
  const first = cells[0];
  const letter = letterOf(place);
  useEffect(() => root.current?.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus(), [place]);

  function titleOf(node: PlannedNode): string {
    const { title, type } = graph.nodes[node.id] ?? {};
    const extent = extentOf(node.axes);
    return `${title ?? nodeTypes.get(type ?? '')?.title ?? node.id}${extent ? ` (${extent})` : ''}`;
  }

  /** Its arrows choose: they do not step along the axes of what is shown. */
  function onKeyDown(event: KeyboardEvent): void {
    if (!planned) return;
    const last = planned.tasks.length - 1;
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onChoose({ node: planned.id, index: Math.max(0, Math.min(to, last)) });
  }

  return (
    <section ref={root} className={styles.chooser} aria-label={`Choose picture ${letter}`}>
      <header className={styles.header}>
        <label htmlFor={id}>Picture {letter} from</label>
        <select
          id={id}
          className={ui.input}
          value={planned?.id ?? ''}
          onChange={(event) => {
            setNode(event.target.value);
            if (plan.nodes.get(event.target.value)?.tasks.length === 1)
              onChoose({ node: event.target.value, index: 0 });
          }}
        >
          {nodes.map((node) => (
            <option key={node.id} value={node.id}>
              {titleOf(node)}
            </option>
          ))}
        </select>
        {first && place > 0 && 'node' in first && hasOriginal(plan, first, plans.lookup) && (
          <button
            type="button"
            className={`${ui.button} ${styles.original}`}
            onClick={() => onChoose({ ...first, original: true })}
          >
            The original of A
          </button>
        )}
        {onClose && (
          <IconButton label="Done choosing (Esc)" onClick={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </header>
      {planned ? (
        <PointStrip
          plan={plan}
          planned={planned}
          index={index}
          onIndex={(chosen) => onChoose({ node: planned.id, index: chosen })}
          lookup={plans.lookup}
          onKeyDown={onKeyDown}
        />
      ) : (
        <p className={styles.none}>No node of this graph makes pictures yet.</p>
      )}
    </section>
  );
}

/** Nodes that make pictures, or at which some arrive. */
function nodesWithPictures(plan: Plan): PlannedNode[] {
  const isImage = ({ kind }: { kind: string }): boolean => kind === 'image';
  return [...plan.nodes.values()].filter(
    ({ type, tasks }) =>
      type !== null &&
      tasks.length > 0 &&
      (Object.values(type.outputs).some(isImage) || Object.values(type.inputs).some(isImage)),
  );
}
