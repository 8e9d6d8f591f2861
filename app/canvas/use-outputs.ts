import { useUpdateNodeInternals } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { kindOfInput } from '../../graphs/connect.ts';
import type { Graph } from '../../graphs/graph.ts';
import { outputsOf, type NodeType, type NodeTypes } from '../../graphs/node-type.ts';
import { useDocument, useEditor } from '../use-editor.ts';

/** The output ports of a node; where they depend on its parameters, React Flow looks again when they change. */
export function useOutputs(id: string, type: NodeType): NodeType['outputs'] {
  const { nodeTypes } = useEditor();
  const params = useDocument((state) => (type.outputsOf ? state.graph.nodes[id]?.params : undefined));
  const gone = useDocument(({ graph }) => (params ? goneOutputs(graph, nodeTypes, id, outputsOf(type, params)) : ''));
  const outputs = useMemo(
    () => (params ? { ...outputsOf(type, params), ...(JSON.parse(gone) as NodeType['outputs']) } : type.outputs),
    [type, params, gone],
  );
  const update = useUpdateNodeInternals();
  const names = type.outputsOf ? Object.keys(outputs).join(' ') : '';
  useEffect(() => {
    if (names) update(id);
  }, [id, names, update]);
  return outputs;
}

/** Outputs that edges still begin at, though they are not there any more: shown, so that the edges can be seen and drawn anew. */
function goneOutputs(graph: Graph, nodeTypes: NodeTypes, id: string, outputs: NodeType['outputs']): string {
  const gone: Record<string, NodeType['outputs'][string]> = {};
  for (const { from, to } of Object.values(graph.edges))
    if (from.node === id && !Object.hasOwn(outputs, from.port))
      gone[from.port] = { kind: kindOfInput(graph, nodeTypes, to) ?? 'text', title: 'Gone' };
  return JSON.stringify(gone);
}
