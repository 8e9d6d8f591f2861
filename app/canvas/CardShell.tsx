import { useStoreApi, useUpdateNodeInternals, type NodeProps } from '@xyflow/react';
import { Fragment, memo, useEffect } from 'react';
import type { FlowNode } from './flow.ts';
import { Card } from './Card.tsx';
import { useDocument } from '../use-editor.ts';
import { useView } from './view.ts';

/** What React Flow draws for a node: the whole card, or from far away its title and picture at the same size. */
export const CardShell = memo(
  function CardShell({ id, width, height }: NodeProps<FlowNode>) {
    const far = useView((state) => state.far);
    const opened = useDocument((state) => state.opened);
    // From far away all cards are on one bitmap: here only their frames stay, of the same size, so that nothing moves.
    if (far) return <div style={{ width, height }} />;
    // A node of another graph may have the same name, and is another card.
    return (
      <Fragment key={opened}>
        <MeasureOnce id={id} />
        <Card id={id} />
      </Fragment>
    );
  },
  // A card that is dragged gets a new place with every frame, which is nothing to it.
  (before, now) => before.id === now.id && before.width === now.width && before.height === now.height,
);

/**
 * Has React Flow look where the ports are when they come in place of a guess or of a bare frame: it would not by itself
 * where the size stays the same.
 */
function MeasureOnce({ id }: { id: string }): null {
  const store = useStoreApi<FlowNode>();
  const update = useUpdateNodeInternals();
  useEffect(() => {
    const node = store.getState().nodeLookup.get(id);
    const { source, target } = node?.internals.handleBounds ?? {};
    if (node?.handles || (!source && !target)) update(id);
  }, [id, store, update]);
  return null;
}
