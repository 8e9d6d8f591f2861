import { axisTitle, type Axis } from '../../graphs/axes.ts';
import { axisColours } from '../../graphs/axis-colours.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import { useDocument, useEditor } from '../use-editor.ts';

type Colours = ReadonlyMap<string, number>;

/** Every card and edge asks after each change, and a graph is never changed in place. */
const remembered = new WeakMap<Graph, Colours>();

function coloursOf(graph: Graph, nodeTypes: NodeTypes): Colours {
  let colours = remembered.get(graph);
  if (!colours) remembered.set(graph, (colours = axisColours(graph, nodeTypes)));
  return colours;
}

/** The colours of these axes as CSS values, in their order; drawn again only when one of them changes. */
export function useAxisColours(axes: readonly Pick<Axis, 'id'>[]): string[] {
  const { nodeTypes } = useEditor();
  const numbers = useDocument(({ graph }) => {
    if (axes.length === 0) return '';
    const colours = coloursOf(graph, nodeTypes);
    return axes.map(({ id }) => colours.get(id) ?? '').join(' ');
  });
  return axes.length === 0 ? [] : numbers.split(' ').map(axisColour);
}

export const axisColour = (number: number | string): string =>
  number === '' ? 'var(--text-3)' : `var(--axis-${number})`;

/** `Prompts: 4 values × Seeds: 3 values`, one for each axis. */
export function axesInWords(axes: readonly Axis[]): string {
  return axes
    .map((axis) => `${axisTitle(axis)}: ${axis.length === 1 ? '1 value' : `${axis.length} values`}`)
    .join(' × ');
}
