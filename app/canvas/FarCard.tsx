import { useStoreApi } from '@xyflow/react';
import { memo, useState } from 'react';
import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import styles from './Card.module.css';
import { pictureFieldOf } from './fields.ts';
import type { FlowNode } from './flow.ts';
import { useSummary, usePicture } from './use-tasks.ts';
import { useView } from './view.ts';

/** A card from far away. It has the size of the whole one, so that nothing moves and edges end where they did. */
export const FarCard = memo(function FarCard({ id, width, height }: { id: string; width: number; height: number }) {
  const { nodeTypes } = useEditor();
  const typeName = useDocument((state) => state.graph.nodes[id]?.type ?? '');
  const type = nodeTypes.get(typeName);
  const title = useDocument((state) => state.graph.nodes[id]?.title) ?? type?.title ?? typeName;
  const picture = useCardPicture(id);
  const broken = usePlans((state) => (state.plan.nodes.get(id)?.errors.length ?? 0) > 0);
  const { running, failed, unknown } = useSummary(id);
  const state = broken || failed + unknown > 0 ? 'failed' : running > 0 ? 'running' : undefined;
  return (
    <>
      <Spots id={id} />
      <div className={styles.far} style={{ width, height }} data-category={type?.category} data-state={state}>
        <span className={styles.farTitle}>{title}</span>
        {picture && (
          <img
            className={styles.farPicture}
            src={pictureUrl(picture.sha256, 'small')}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
          />
        )}
      </div>
    </>
  );
});

/**
 * Ports that cannot be used, where those of the whole card are: React Flow measures a card whenever its content changes,
 * and would let go of its edges if it found none.
 */
function Spots({ id }: { id: string }) {
  const store = useStoreApi<FlowNode>();
  const [bounds] = useState(() => store.getState().nodeLookup.get(id)?.internals.handleBounds);
  return [...(bounds?.target ?? []), ...(bounds?.source ?? [])].map((spot) => (
    <i
      key={`${spot.type}-${spot.id}`}
      className={`${styles.spot} ${spot.type}`}
      data-handleid={spot.id}
      data-handlepos={spot.position}
      style={{ left: spot.x, top: spot.y, width: spot.width, height: spot.height }}
    />
  ));
}

/** The picture that stands for a node: its own parameter, or what its current task shows. */
function useCardPicture(id: string): Artifact | null {
  const { nodeTypes } = useEditor();
  const own = useDocument(({ graph }) => {
    const node = graph.nodes[id];
    const type = nodeTypes.get(node?.type ?? '');
    const field = type && pictureFieldOf(type);
    return field ? ((node!.params[field.name] as Artifact | null | undefined) ?? null) : null;
  });
  const current = useView((state) => state.current.get(id) ?? 0);
  const task = usePlans((state) => {
    const planned = state.plan.nodes.get(id);
    return planned?.type?.uses ? (planned.tasks[current] ?? planned.tasks[0]) : undefined;
  });
  const made = usePicture(task);
  return own ?? made;
}
