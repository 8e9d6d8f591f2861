import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Artifact } from '../../graphs/artifact.ts';
import type { Position } from '../../graphs/graph.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import type { EditorDocument } from '../document.ts';
import type { Commands } from './commands.ts';
import { withMark } from './comparing.ts';
import type { DroppedFile } from './dropped-files.ts';
import type { LooseEnd } from './fitting.ts';
import { flowEdges, flowNodes, type FlowEdge, type FlowNode } from './flow.ts';
import { focusedCard, meantNode, meantNodes } from './meant.ts';
import type { Notice } from './placing.ts';

/** Something small that stands over the canvas; places are in pixels of the window. */
export type Popup =
  /** `placed`: the new node goes where the search stands. */
  | { readonly type: 'search'; readonly at: Position; readonly end: LooseEnd | null; readonly placed: boolean }
  | { readonly type: 'menu' | 'connect' | 'link'; readonly at: Position; readonly node: string };

/** `stop` is null when nothing is on its way any more, and what failed is still to be looked at. */
export type Intake = {
  readonly total: number;
  readonly done: number;
  readonly failed: readonly { readonly file: DroppedFile; readonly name: string; readonly message: string }[];
  readonly stop: (() => void) | null;
};

export type ViewState = {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Zoomed out so far that words cannot be read: cards show title and picture only. */
  readonly far: boolean;
  readonly collapsed: ReadonlySet<string>;
  /** The point that a card shows, where it is not the first. */
  readonly current: ReadonlyMap<string, number>;
  /** Points of a node that were marked to be compared, in their order. */
  readonly marked: ReadonlyMap<string, readonly number[]>;
  readonly renaming: string | null;
  readonly popup: Popup | null;
  /** The end of the edge that is being drawn. */
  readonly end: LooseEnd | null;
  readonly hint: { readonly at: Position; readonly text: string; readonly tone: 'good' | 'bad' } | null;
  readonly uploading: number;
  /** Files on their way into a node's list of pictures. */
  readonly intakes: ReadonlyMap<string, Intake>;
  readonly minimap: boolean;
};

export type View = ReturnType<typeof createView>;

/** What is kept by the names of nodes. */
const keptOfNodes = (): Pick<ViewState, 'collapsed' | 'current' | 'marked' | 'intakes'> => ({
  collapsed: new Set(),
  current: new Map(),
  marked: new Map(),
  intakes: new Map(),
});

/** What the canvas knows and the document does not: selection, drags, popups. Gone with the page. */
export function createView(document: EditorDocument, nodeTypes: NodeTypes) {
  const { graph } = document.get();
  const store = createStore<ViewState>(() => ({
    nodes: flowNodes(graph, nodeTypes, []),
    edges: flowEdges(graph, nodeTypes, []),
    far: false,
    ...keptOfNodes(),
    renaming: null,
    popup: null,
    end: null,
    hint: null,
    uploading: 0,
    minimap: true,
  }));
  let gestures = 0;
  /** The last picture that each card showed at each point, for as long as a changed one has no picture yet. */
  const shown = new Map<string, Artifact>();
  const selected = (): string[] =>
    store
      .getState()
      .nodes.filter((node) => node.selected)
      .map(({ id }) => id);

  function select(ids: Iterable<string>): void {
    const chosen = new Set(ids);
    store.setState(({ nodes, edges }) => ({
      nodes: nodes.map((node) =>
        (node.selected ?? false) === chosen.has(node.id) ? node : { ...node, selected: chosen.has(node.id) },
      ),
      edges: edges.map((edge) => (edge.selected ? { ...edge, selected: false } : edge)),
    }));
  }

  /** Nodes of another graph may have the same names, and none of what was kept under these is theirs. */
  function forget(): void {
    for (const { stop } of store.getState().intakes.values()) stop?.();
    shown.clear();
    store.setState({ ...keptOfNodes(), renaming: null, popup: null });
    select([]);
  }

  return {
    store,
    get: store.getState,
    set: store.setState,
    remember: (node: string, index: number, picture: Artifact): void => void shown.set(`${node}:${index}`, picture),
    /** What the card showed at this point before something changed. */
    lastShown: (node: string, index: number): Artifact | undefined => shown.get(`${node}:${index}`),
    /** Follows the document until the remover is called. */
    follow(): () => void {
      const follow = (): void => {
        const { graph: now } = document.get();
        const { nodes, edges } = store.getState();
        const next = { nodes: flowNodes(now, nodeTypes, nodes), edges: flowEdges(now, nodeTypes, edges) };
        if (next.nodes !== nodes || next.edges !== edges) store.setState(next);
      };
      follow();
      return document.subscribe((state, before) => {
        if (state.opened !== before.opened) forget();
        if (state.graph !== before.graph) follow();
      });
    },
    selected,
    /** The nodes that a key or a command means, and the one where only one can be. */
    meant: (): readonly string[] => meantNodes(selected(), focusedCard()),
    meantOne: (): string | null => meantNode(selected(), focusedCard()),
    select,
    toggleCollapsed(ids: readonly string[]): void {
      store.setState(({ collapsed }) => {
        const next = new Set(collapsed);
        const close = ids.some((id) => !next.has(id));
        for (const id of ids) {
          if (close) next.add(id);
          else next.delete(id);
        }
        return { collapsed: next };
      });
    },
    show(node: string, index: number): void {
      store.setState(({ current }) => ({ current: new Map(current).set(node, index) }));
    },
    /** Marks a point to be compared, or sets it free. */
    mark(node: string, index: number): void {
      store.setState(({ marked }) => ({ marked: new Map(marked).set(node, withMark(marked.get(node) ?? [], index)) }));
    },
    unmark(node: string): void {
      store.setState(({ marked }) => {
        const next = new Map(marked);
        next.delete(node);
        return { marked: next };
      });
    },
    /** A name for the changes of one gesture, which are one undo step. */
    gesture: (what: string): string => `${what}-${++gestures}`,
  };
}

export type CanvasContextValue = {
  readonly view: View;
  readonly commands: Commands;
  readonly openPicture: (target: { node: string; index: number }) => void;
  /** Asks the user what became of an edit whose answer was lost. */
  readonly decide: (key: string) => void;
  /** Shows a report of what happened to this edit. */
  readonly report: (key: string) => void;
  readonly notice: (notice: Notice) => void;
};

export const CanvasContext = createContext<CanvasContextValue | null>(null);

export function useCanvas(): CanvasContextValue {
  const canvas = useContext(CanvasContext);
  if (!canvas) throw new Error('useCanvas needs a CanvasContext around it');
  return canvas;
}

export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useCanvas().view.store, select);
}
