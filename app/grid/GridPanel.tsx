import { Grid3x3, Maximize2, PanelBottom, PanelRight, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../panels/IconButton.tsx';
import { useShell } from '../panels/shell.ts';
import { useNarrow } from '../panels/use-media.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import styles from './Grid.module.css';
import { GridBody } from './GridBody.tsx';
import { Resizer } from './Resizer.tsx';
import { useGridStore } from './use-grid-store.ts';

type Props = {
  node: string;
  /** Grows each time it is asked for, also while it is open. */
  asked: number;
  onNode: (node: string) => void;
  onClose: () => void;
};

/** All results of a node as a table of its sweeps: beside the canvas, below it, or in its place. */
export default function GridPanel({ node, asked, onNode, onClose }: Props) {
  const { nodeTypes } = useEditor();
  const shell = useShell();
  const store = useGridStore();
  const narrow = useNarrow();
  const wished = useStore(store.store, ({ dock }) => dock);
  const width = useStore(store.store, (state) => state.width);
  const height = useStore(store.store, (state) => state.height);
  const dock = narrow ? 'full' : wished;
  const planned = usePlans(({ plan }) => plan.nodes.get(node));
  const title = useDocument(({ graph }) => {
    const own = graph.nodes[node];
    return own ? (own.title ?? nodeTypes.get(own.type)?.title ?? own.type) : null;
  });
  const panel = useRef<HTMLElement>(null);
  const back = useRef(document.activeElement);

  function close(): void {
    onClose();
    const { current } = back;
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      if (current instanceof HTMLElement && current.isConnected && current !== document.body)
        current.focus({ preventScroll: true });
      // Cards out of view are not on the page: then its own card is where the way goes on.
      else shell.canvas()?.focusNode(node);
    });
  }

  // Its node is gone, and so is what it shows.
  const isGone = title === null;
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  if (isGone) return null;

  const hasCells = planned !== undefined && planned.tasks.length > 0;
  const start = (
    <>
      <Grid3x3 size={16} aria-hidden className={styles.sign} />
      <NodeChoice node={node} title={title} onNode={onNode} />
    </>
  );
  const end = (
    <div className={styles.docks}>
      {!narrow && (
        <div role="group" aria-label="Place of the grid">
          <IconButton
            label="Beside the canvas"
            aria-pressed={dock === 'side'}
            onClick={() => store.place({ dock: 'side' })}
          >
            <PanelRight size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Below the canvas"
            aria-pressed={dock === 'below'}
            onClick={() => store.place({ dock: 'below' })}
          >
            <PanelBottom size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="In place of the canvas"
            aria-pressed={dock === 'full'}
            onClick={() => store.place({ dock: 'full' })}
          >
            <Maximize2 size={15} aria-hidden />
          </IconButton>
        </div>
      )}
      <IconButton label="Close the grid" onClick={close}>
        <X size={17} aria-hidden />
      </IconButton>
    </div>
  );
  return (
    <section
      ref={panel}
      className={styles.panel}
      data-dock={dock}
      style={dock === 'side' ? { width } : dock === 'below' ? { height } : undefined}
      aria-label={`Grid of ${title}`}
    >
      {dock !== 'full' && <Resizer dock={dock} panel={panel} onSize={(size) => store.place(size)} />}
      {hasCells ? (
        <GridBody
          key={node}
          node={node}
          asked={asked}
          planned={planned}
          title={title}
          onClose={close}
          start={start}
          end={end}
        />
      ) : (
        <>
          <header className={styles.header}>
            {start}
            <span className={styles.grow} />
            {end}
          </header>
          <NoCells node={node} title={title} />
        </>
      )}
    </section>
  );
}

/** Any other node with cells, without going back to the canvas. */
function NodeChoice({ node, title, onNode }: { node: string; title: string; onNode: (node: string) => void }) {
  const { nodeTypes } = useEditor();
  const graph = useDocument((state) => state.graph);
  const plan = usePlans((state) => state.plan);
  const others = [...plan.nodes.values()].filter(({ id, tasks }) => id === node || tasks.length > 1);
  const titleOf = (id: string): string => {
    const own = graph.nodes[id];
    return own?.title ?? nodeTypes.get(own?.type ?? '')?.title ?? id;
  };
  if (others.length < 2) return <h2 className={styles.title}>{title}</h2>;
  return (
    <select
      className={styles.nodeChoice}
      aria-label="Node whose grid is shown"
      value={node}
      onChange={(event) => onNode(event.currentTarget.value)}
    >
      {others.map(({ id }) => (
        <option key={id} value={id}>
          {titleOf(id)}
        </option>
      ))}
    </select>
  );
}

function NoCells({ node, title }: { node: string; title: string }) {
  const errors = usePlans(({ plan }) => plan.nodes.get(node)?.errors ?? none);
  const waits = usePlans(({ plan }) => plan.nodes.get(node)?.broken === true);
  return (
    <div className={styles.empty} role="status">
      <Grid3x3 size={30} strokeWidth={1.5} aria-hidden />
      <strong>“{title}” has no cells now</strong>
      <p>
        {errors[0]?.message ??
          (waits
            ? 'Something that feeds it cannot run yet: its card says what is missing.'
            : 'Connect something to it.')}
      </p>
    </div>
  );
}

const none: readonly { message: string }[] = [];
