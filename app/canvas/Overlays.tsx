import { MiniMap } from '@xyflow/react';
import { LoaderCircle } from 'lucide-react';
import { useCallback } from 'react';
import { useEditor } from '../use-editor.ts';
import styles from './Canvas.module.css';
import cardStyles from './Card.module.css';
import { ConnectMenu } from './ConnectMenu.tsx';
import type { FlowNode } from './flow.ts';
import { NodeMenu } from './NodeMenu.tsx';
import { NodeSearch } from './NodeSearch.tsx';
import { useCanvas, useView } from './view.ts';

/** What would happen at the cursor, or why it would not. */
export function Hint() {
  const hint = useView((state) => state.hint);
  if (!hint) return null;
  return (
    <div
      className={styles.hint}
      data-tone={hint.tone}
      role="status"
      style={{ left: Math.min(hint.at.x + 16, innerWidth - 280), top: Math.min(hint.at.y + 18, innerHeight - 60) }}
    >
      {hint.text}
    </div>
  );
}

export function Popups() {
  const { view } = useCanvas();
  const popup = useView((state) => state.popup);
  // A choice of one popup may open the next: close only the one that asks for it.
  const close = useCallback(() => {
    if (view.get().popup === popup) view.set({ popup: null });
  }, [view, popup]);
  switch (popup?.type) {
    case 'search':
      return <NodeSearch at={popup.at} end={popup.end} onClose={close} />;
    case 'menu':
      return <NodeMenu key={popup.node} node={popup.node} at={popup.at} onClose={close} />;
    case 'connect':
      return <ConnectMenu key={popup.node} node={popup.node} at={popup.at} onClose={close} />;
    default:
      return null;
  }
}

export function Uploads() {
  const uploading = useView((state) => state.uploading);
  if (uploading === 0) return null;
  return (
    <div className={styles.uploads} role="status">
      <LoaderCircle size={15} className={cardStyles.spin} aria-hidden />
      Taking {uploading === 1 ? 'a picture' : `${uploading} pictures`}…
    </div>
  );
}

const overviewSize = { width: 168, height: 112 };

/** The whole graph in a corner; not on narrow screens, where it would cover the graph. */
export function Overview() {
  const { document, nodeTypes } = useEditor();
  const shown = useView((state) => state.minimap && state.nodes.length > 0);
  const color = useCallback(
    ({ id }: FlowNode) => {
      const category = nodeTypes.get(document.get().graph.nodes[id]?.type ?? '')?.category;
      return category ? `var(--category-${category.toLowerCase()})` : 'var(--text-3)';
    },
    [document, nodeTypes],
  );
  if (!shown) return null;
  return (
    <MiniMap<FlowNode>
      className={styles.overview}
      nodeColor={color}
      nodeBorderRadius={20}
      maskColor="var(--mask)"
      bgColor="var(--surface)"
      ariaLabel="Map of the graph"
      pannable
      zoomable
      offsetScale={3}
      style={overviewSize}
    />
  );
}
