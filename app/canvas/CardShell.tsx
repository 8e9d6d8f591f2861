import { useStoreApi, useUpdateNodeInternals, type NodeProps } from '@xyflow/react';
import { memo, useEffect } from 'react';
import type { FlowNode } from './flow.ts';
import { Card } from './Card.tsx';
import { FarCard } from './FarCard.tsx';
import { useView } from './view.ts';

/** What React Flow draws for a node: the whole card, or from far away its title and picture at the same size. */
export const CardShell = memo(
  function CardShell({ id, width, height }: NodeProps<FlowNode>) {
    const far = useView((state) => state.far);
    if (far) return <FarCard id={id} width={width ?? 0} height={height ?? 0} />;
    return (
      <>
        <MeasureOnce id={id} />
        <Card id={id} />
      </>
    );
  },
  // A card that is dragged gets a new place with every frame, which is nothing to it.
  (before, now) => before.id === now.id && before.width === now.width && before.height === now.height,
);

/** Where the ports stand was only guessed until now: have React Flow look, even if the guessed size was right. */
function MeasureOnce({ id }: { id: string }): null {
  const store = useStoreApi<FlowNode>();
  const update = useUpdateNodeInternals();
  useEffect(() => {
    if (store.getState().nodeLookup.get(id)?.handles) update(id);
  }, [id, store, update]);
  return null;
}
