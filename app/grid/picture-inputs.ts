import type { Artifact } from '../../graphs/artifact.ts';
import { freshNodeId, type Graph, type GraphNode } from '../../graphs/graph.ts';
import { freshParams, type NodeTypes } from '../../graphs/node-type.ts';
import { pictureFieldOf } from '../canvas/fields.ts';
import { freePlace } from '../canvas/layout.ts';
import { guessSize } from '../canvas/size.ts';

/** Nodes that hold these pictures, in free places to the right of `beside`; none where no node type holds one. */
export function pictureInputs(
  pictures: readonly (Artifact & { readonly name: string })[],
  { graph, nodeTypes, beside }: { graph: Graph; nodeTypes: NodeTypes; beside: string },
): GraphNode[] {
  const type = [...nodeTypes.values()].find(pictureFieldOf);
  const field = type && pictureFieldOf(type);
  if (!type || !field) return [];
  const here = graph.nodes[beside]?.position ?? { x: 0, y: 0 };
  const taken = Object.values(graph.nodes).map((other) => {
    const { width, height } = guessSize(nodeTypes.get(other.type), other);
    return { ...other.position, width, height: height + 220 };
  });
  const ids = new Set(Object.keys(graph.nodes));
  return pictures.map((picture) => {
    const id = freshNodeId(type.type, (name) => ids.has(name));
    ids.add(id);
    const params = { ...freshParams(type, Math.random), [field.name]: picture };
    const bare = { id, type: type.type, version: type.version, position: here, params };
    const wish = { x: here.x + 400, y: here.y, ...guessSize(type, bare) };
    const position = freePlace(wish, taken);
    taken.push({ ...wish, ...position });
    return { ...bare, position };
  });
}
