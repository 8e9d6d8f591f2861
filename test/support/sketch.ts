import { edgeId, type Edge, type Graph, type GraphNode } from '../../graphs/graph.ts';
import { nodeTypes } from '../../nodes/index.ts';

/** A known picture with a hash made of one digit. */
export const picture = (digit = 'a') => ({
  sha256: digit.repeat(64),
  width: 8,
  height: 8,
  mediaType: 'image/png' as const,
  bytes: 70,
  name: `${digit}.png`,
});

/**
 * A graph in a few words: `sketch({ photo: ['load-image', { picture: picture() }], edit: ['edit', { prompt: 'x' }] },
 * 'photo.image > edit.image')`.
 */
export function sketch(
  nodes: Record<string, readonly [type: string, params?: Record<string, unknown>, extra?: Partial<GraphNode>]>,
  ...edges: string[]
): Graph {
  return {
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, [type, params, extra]], i) => [
        id,
        {
          id,
          type,
          version: nodeTypes.get(type)?.version ?? 1,
          position: { x: 300 * i, y: 0 },
          params: params ?? {},
          ...extra,
        },
      ]),
    ),
    edges: Object.fromEntries(edges.map((text) => sketchEdge(text)).map((edge) => [edge.id, edge])),
    takes: {},
  };
}

function sketchEdge(text: string): Edge {
  const [from, to] = text.split('>').map((end) => {
    const [node, port] = end.trim().split('.');
    return { node: node!, port: port! };
  });
  return { id: edgeId(to!), from: from!, to: to! };
}

/** photo → edit a → edit b → save, all typed. */
export function chain(): Graph {
  return sketch(
    {
      photo: ['load-image', { picture: picture() }],
      a: ['edit', { prompt: 'change background to orange', seed: 1 }],
      b: ['edit', { prompt: 'make it black and white', seed: 2 }],
      save: ['save', { name: '{title}-{index}' }],
    },
    'photo.image > a.image',
    'a.image > b.image',
    'b.image > save.image',
  );
}
