import type { GraphNode } from '../../graphs/graph.ts';
import { outputsOf, type NodeType } from '../../graphs/node-type.ts';
import { fieldsOf, isShown, type Field } from './fields.ts';

export const CARD_WIDTH = 320;
export const GRID = 8;
export const LEAST_ZOOM = 0.02;
export const MOST_ZOOM = 2.5;
/** The corner of the canvas, in pixels, in which the map of the graph stands. */
export const MAP_CORNER = { width: 200, height: 144 };
/** Half of the area in which a port can be hit; the dot stands in its middle, on the card's edge. */
export const PORT_RADIUS = 12;

const HEADER = 40;
const PORT_ROW = 26;
const INLINE_ROW = 32;

export type Spot = { readonly port: string; readonly y: number };
export type CardSize = {
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly Spot[];
  readonly outputs: readonly Spot[];
};

const remembered = new WeakMap<object, CardSize>();

/**
 * How large a card will be and where its ports will stand, by its type alone: with this, a thousand cards that were
 * never in view need not be drawn to be measured. What is drawn is measured, and replaces the guess.
 */
export function guessSize(type: NodeType | undefined, node: GraphNode): CardSize {
  if (!type) return { width: node.width ?? CARD_WIDTH, height: 120, inputs: [], outputs: [] };
  // With ports that depend on the parameters each node has a size of its own.
  const whose = type.outputsOf ? node.params : type;
  let size = remembered.get(whose);
  if (!size) {
    size = sizeOf(type, outputsOf(type, node.params));
    remembered.set(whose, size);
  }
  return node.width === undefined ? size : { ...size, width: node.width };
}

function sizeOf(type: NodeType, ports: NodeType['outputs']): CardSize {
  const fields = fieldsOf(type);
  const names = new Set(fields.map(({ name }) => name));
  const outputs = Object.keys(ports).map((port, i) => ({ port, y: HEADER + 4 + (i + 0.5) * PORT_ROW }));
  const bare = Object.keys(type.inputs).filter((port) => !names.has(port));
  const inputs: Spot[] = bare.map((port, i) => ({ port, y: HEADER + 4 + (i + 0.5) * PORT_ROW }));
  let y = HEADER + 4 + Math.max(bare.length, outputs.length) * PORT_ROW;
  const usual = type.params.safeParse({}).data;
  for (const field of fields) {
    const hasPort = Object.hasOwn(type.inputs, field.name);
    if ((field.secondary && !hasPort) || !isShown(field, usual)) continue;
    if (hasPort) inputs.push({ port: field.name, y: y + (field.secondary ? 16 : 12) });
    y += field.secondary ? INLINE_ROW : heightOf(field);
  }
  if (fields.some(({ name, secondary }) => secondary && !Object.hasOwn(type.inputs, name))) y += 42;
  if (type.uses) y += 96;
  return { width: CARD_WIDTH, height: Math.round(y + 12), inputs, outputs };
}

function heightOf(field: Field): number {
  switch (field.control) {
    case 'textarea':
      return 28 + Math.round(18.85 * field.rows) + 14;
    case 'picture':
    case 'pictures':
    case 'table':
      return 220;
    case 'choice':
      return 38;
    default:
      return 64;
  }
}
