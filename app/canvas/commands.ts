import { canConnect, isRefusal } from '../../graphs/connect.ts';
import { freshLinkName } from '../../graphs/fragment.ts';
import { edgeId, type Edge, type PortRef, type Position } from '../../graphs/graph.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import { createCopying } from './copying.ts';
import { endForNext, portThatFits, refusalWords, type LooseEnd } from './fitting.ts';
import type { FlowNode } from './flow.ts';
import { freePlace, onGrid } from './layout.ts';
import { createLooking } from './looking.ts';
import type { PictureCommands } from './picture-commands.ts';
import { createPlacing, grownHeight, type CommandWorld } from './placing.ts';
import { GRID, guessSize } from './size.ts';

export type Commands = ReturnType<typeof createCommands>;

export type NewNode = {
  type: NodeType;
  params?: Record<string, unknown>;
  title?: string;
  /** Where the top left corner goes, in the graph's own pixels, or the nearest free place; without it, beside the selected node, fed by it where it can be, or in the middle of the view. */
  at?: Position;
  /** There and nowhere else: it was dropped there. */
  exact?: boolean;
  /** Tie the loose end of an edge to the new node. */
  end?: LooseEnd | null;
  /** What is done to it next belongs to the same step. */
  gesture?: string;
};

/** Everything that mouse, keys and menus do to the graph from the canvas. */
export function createCommands(world: CommandWorld) {
  const { editor, view, notice } = world;
  const { document, nodeTypes } = editor;
  const graph = () => document.get().graph;
  const placing = createPlacing(world);

  /** Null where nothing may be changed. */
  function addNode({ type, params, title, at, exact, end, gesture }: NewNode): string | null {
    if (document.refuses()) return null;
    const node = placing.makeNode(type, params, title, new Set());
    const { width, height } = guessSize(type, node);
    // Where the hand was: its port, so that the edge ends there, and no card is far from there for what may come.
    const wish = at && end?.side === 'input' ? { ...at, x: at.x - width } : (at ?? placing.usualPlace(type, width));
    const position = exact
      ? onGrid(wish)
      : freePlace(
          { ...wish, width, height: at ? height : grownHeight(type, node) },
          placing.boxes({ grown: at === undefined }),
        );
    const [only, ...others] = at ? [] : view.selected();
    const tie = end ?? (only && others.length === 0 ? endForNext(graph(), nodeTypes, only, type) : null);
    const edge = tie ? edgeToNew(type, node.id, tie) : null;
    document.change({ type: 'add', nodes: [{ ...node, position }], ...(edge ? { edges: [edge] } : {}) }, gesture);
    view.select([node.id]);
    return node.id;
  }

  function edgeToNew(type: NodeType, node: string, end: LooseEnd): Edge | null {
    const port = portThatFits(type, end);
    if (port === undefined) return null;
    const [from, to] = end.side === 'output' ? [end.ref, { node, port }] : [{ node, port }, end.ref];
    return { id: edgeId(to), from, to };
  }

  function connect(from: PortRef, to: PortRef): void {
    const answer = canConnect(graph(), nodeTypes, from, to);
    if (!isRefusal(answer)) document.change({ type: 'connect', from, to });
    else if (answer.reason !== 'already-there') notice({ kind: 'error', text: refusalWords(answer) });
  }

  /** Loaded with the first picture that is dropped or pasted. */
  async function withPictures(act: (pictures: PictureCommands) => Promise<void>): Promise<void> {
    try {
      const { createPictureCommands } = await import('./picture-commands.ts');
      await act(createPictureCommands(world, placing));
    } catch (error) {
      notice({ kind: 'error', text: `The picture could not be taken (${(error as Error).message}). Try it again.` });
    }
  }

  function remove(ids: readonly string[], edges: readonly string[] = []): void {
    if (ids.length + edges.length > 0) document.change({ type: 'remove', nodes: ids, edges });
  }

  return {
    ...createLooking(world),
    ...createCopying(world, placing),
    addFiles: (files: readonly File[], at?: Position) => withPictures((pictures) => pictures.addFiles(files, at)),
    addAddress: (address: string, at?: Position) => withPictures((pictures) => pictures.addAddress(address, at)),
    undo: document.undo,
    redo: document.redo,
    addNode,
    /** Opens the field for a node's name. */
    rename: (id: string): void => {
      if (!document.refuses()) view.set({ renaming: id });
    },
    connect,
    remove,
    removeMeant: (): void => {
      const edges = view.get().edges.filter(({ selected }) => selected);
      remove(
        view.meant(),
        edges.map(({ id }) => id),
      );
    },
    /** Moves nodes by steps of the grid; a burst of keys is one undo step. */
    nudge: (x: number, y: number, gesture: string): void => {
      const positions = Object.fromEntries(
        view.meant().flatMap((id) => {
          const node = graph().nodes[id];
          return node ? [[id, { x: node.position.x + x * GRID, y: node.position.y + y * GRID }]] : [];
        }),
      );
      document.change({ type: 'move', positions }, gesture);
    },
    /** Writes down where a drag has left the nodes. */
    settle: (moved: readonly FlowNode[]): void => {
      const positions = Object.fromEntries(
        moved.flatMap(({ id, position }) => {
          const old = graph().nodes[id]?.position;
          return old && (old.x !== position.x || old.y !== position.y) ? [[id, position]] : [];
        }),
      );
      if (Object.keys(positions).length > 0) document.change({ type: 'move', positions });
    },
    link: (ids: readonly string[]): void => {
      const used = new Set(Object.values(graph().nodes).map(({ link }) => link));
      document.change({ type: 'link', nodes: ids, link: freshLinkName((name) => used.has(name)) });
    },
    /** Goes in step with this other sweep, and with all that this goes in step with. */
    join: (node: string, other: string): void => {
      const { [node]: one, [other]: two } = graph().nodes;
      const used = new Set(Object.values(graph().nodes).map(({ link }) => link));
      const link = two?.link ?? one?.link ?? freshLinkName((name) => used.has(name));
      document.change({ type: 'link', nodes: [node, other], link });
    },
    unlink: (ids: readonly string[]): void => document.change({ type: 'link', nodes: ids, link: null }),
    selectAll: (): void => view.select(Object.keys(graph().nodes)),
  };
}
