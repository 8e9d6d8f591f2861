import type { GraphNode } from '../../graphs/graph.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import { fieldsOf, type Field } from './fields.ts';

export const CARD_WIDTH = 320;
export const GRID = 8;
/** Half of the area in which a port can be hit; the dot stands in its middle, on the card's edge. */
export const PORT_RADIUS = 12;

const HEADER = 40;
const PORT_ROW = 26;

export type Spot = { readonly port: string; readonly y: number };
export type CardSize = {
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly Spot[];
  readonly outputs: readonly Spot[];
};

const remembered = new WeakMap<NodeType, CardSize>();

/**
 * How large a card will be and where its ports will stand, by its type alone: with this, a thousand cards that were
 * never in view need not be drawn to be measured. What is drawn is measured, and replaces the guess.
 */
export function guessSize(type: NodeType | undefined, node: GraphNode): CardSize {
  if (!type) return { width: node.width ?? CARD_WIDTH, height: 120, inputs: [], outputs: [] };
  let size = remembered.get(type);
  if (!size) {
    size = sizeOf(type);
    remembered.set(type, size);
  }
  return node.width === undefined ? size : { ...size, width: node.width };
}

function sizeOf(type: NodeType): CardSize {
  const fields = fieldsOf(type);
  const names = new Set(fields.map(({ name }) => name));
  const outputs = Object.keys(type.outputs).map((port, i) => ({ port, y: HEADER + 4 + (i + 0.5) * PORT_ROW }));
  const bare = Object.keys(type.inputs).filter((port) => !names.has(port));
  const inputs: Spot[] = bare.map((port, i) => ({ port, y: HEADER + 4 + (i + 0.5) * PORT_ROW }));
  let y = HEADER + 4 + Math.max(bare.length, outputs.length) * PORT_ROW;
  for (const field of fields) {
    if (field.secondary) continue;
    if (Object.hasOwn(type.inputs, field.name)) inputs.push({ port: field.name, y: y + 12 });
    y += heightOf(field);
  }
  if (fields.some(({ secondary }) => secondary)) y += 42;
  if (type.uses) y += 96;
  return { width: CARD_WIDTH, height: Math.round(y + 12), inputs, outputs };
}

function heightOf(field: Field): number {
  switch (field.control) {
    case 'textarea':
      return 28 + Math.round(18.85 * field.rows) + 14;
    case 'picture':
      return 220;
    default:
      return 64;
  }
}
