import { pasteFragment, readFragment, takeFragment, writeFragment, type Fragment } from '../../graphs/fragment.ts';
import type { GraphNode, Position } from '../../graphs/graph.ts';
import { onGrid } from './layout.ts';
import type { CommandWorld, Placing } from './placing.ts';

const STEP = 32;

/** Copies of nodes, through the clipboard or right beside the originals. */
export function createCopying({ editor, view }: CommandWorld, { centre }: Placing) {
  const { document, nodeTypes } = editor;
  const graph = () => document.get().graph;
  let pastes = { text: '', count: 0 };

  function paste(fragment: Fragment, at: Position, keepIncoming: boolean): void {
    if (document.refuses()) return;
    const change = pasteFragment(graph(), nodeTypes, fragment, { at: onGrid(at), keepIncoming });
    if (change.nodes.length === 0) return;
    document.change(change);
    view.select(change.nodes.map(({ id }) => id));
  }

  return {
    /** The nodes that are meant as the text of a fragment; null when none is. */
    copy: (): string | null => {
      const ids = view.meant();
      if (ids.length === 0) return null;
      const text = writeFragment(takeFragment(graph(), ids));
      pastes = { text, count: 0 };
      return text;
    },
    /** True when the text was a fragment. Pasting again and again goes down in steps. */
    pasteText: (text: string, keepIncoming: boolean): boolean => {
      const fragment = readFragment(text, nodeTypes);
      if (!fragment) return false;
      pastes = { text, count: text === pastes.text ? pastes.count + 1 : 1 };
      const nodes = Object.values(fragment.graph.nodes);
      // Beside the originals while these are here, else in the middle of the view.
      const start = nodes.every(({ id }) => graph().nodes[id])
        ? cornerOf(nodes)
        : { x: centre().x - 160, y: centre().y - 120 };
      const step = STEP * pastes.count;
      paste(fragment, { x: start.x + step, y: start.y + step }, keepIncoming);
      return true;
    },
    duplicate: (ids: readonly string[] = view.meant()): void => {
      const corner = cornerOf(ids.flatMap((id) => graph().nodes[id] ?? []));
      if (ids.length > 0) paste(takeFragment(graph(), ids), { x: corner.x + STEP, y: corner.y + STEP }, true);
    },
  };
}

function cornerOf(nodes: readonly GraphNode[]): Position {
  return {
    x: Math.min(...nodes.map(({ position }) => position.x)),
    y: Math.min(...nodes.map(({ position }) => position.y)),
  };
}
