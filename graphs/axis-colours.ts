import type { Graph } from './graph.ts';
import type { NodeTypes } from './node-type.ts';
import { axisId, pickAxisId } from './own-axis.ts';

/** How many colours there are for axes. */
export const AXIS_COLOURS = 8;

/** The colour of every axis, 0 to 7: the one that the user chose, else the next one in the order of the sweeps. */
export function axisColours(graph: Graph, nodeTypes: NodeTypes): ReadonlyMap<string, number> {
  const colours = new Map<string, number>();
  const chosen = new Set<string>();
  for (const node of Object.values(graph.nodes)) {
    const type = nodeTypes.get(node.type);
    const id = type?.axis
      ? axisId(node)
      : type?.picks && Number(node.params[type.picks.count]) > 1
        ? pickAxisId(node)
        : null;
    if (id === null) continue;
    if (!colours.has(id)) colours.set(id, colours.size % AXIS_COLOURS);
    if (node.colour === undefined || chosen.has(id)) continue;
    chosen.add(id);
    colours.set(id, node.colour);
  }
  return colours;
}
