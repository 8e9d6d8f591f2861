import { useUpdateNodeInternals } from '@xyflow/react';
import { useEffect } from 'react';
import { outputsOf, type NodeType } from '../../graphs/node-type.ts';
import { useDocument } from '../use-editor.ts';

/** The output ports of a node; where they depend on its parameters, React Flow looks again when they change. */
export function useOutputs(id: string, type: NodeType): NodeType['outputs'] {
  const params = useDocument((state) => (type.outputsOf ? state.graph.nodes[id]?.params : undefined));
  const outputs = params ? outputsOf(type, params) : type.outputs;
  const update = useUpdateNodeInternals();
  const names = type.outputsOf ? Object.keys(outputs).join(' ') : '';
  useEffect(() => {
    if (names) update(id);
  }, [id, names, update]);
  return outputs;
}
