import type { NodeType, NodeTypes } from '../../graphs/node-type.ts';
import type { Kind } from '../../graphs/ports.ts';

/** The data type that a dragged palette entry carries; its value is the node type's name. */
export const DRAGGED_NODE = 'application/x-editloom-node';

export type PaletteGroup = { readonly category: string; readonly types: readonly NodeType[] };

/** Node types by category; a search asks that every word be somewhere in title, category or description. */
export function paletteGroups(nodeTypes: NodeTypes, search: string): PaletteGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, NodeType[]>();
  for (const type of nodeTypes.values()) {
    const text = `${type.title} ${type.category} ${type.description}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(type.category);
    if (group) group.push(type);
    else groups.set(type.category, [type]);
  }
  return [...groups].map(([category, types]) => ({ category, types }));
}

/** The kinds of a node type's ports, each once. */
export function kindsOf(type: NodeType): { inputs: Kind[]; outputs: Kind[] } {
  const kinds = (ports: Readonly<Record<string, { kind: Kind }>>): Kind[] => [
    ...new Set(Object.values(ports).map(({ kind }) => kind)),
  ];
  return { inputs: kinds(type.inputs), outputs: kinds(type.outputs) };
}

/** The node type that begins with a picture, and its parameter that holds it: what a sample photograph becomes. */
export function pictureParam(nodeTypes: NodeTypes): { type: string; param: string } | null {
  for (const { type, params } of nodeTypes.values())
    for (const [param, field] of Object.entries(params.shape))
      if ((field as { meta?: () => Record<string, unknown> | undefined }).meta?.()?.control === 'picture')
        return { type, param };
  return null;
}
