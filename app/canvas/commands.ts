import type { ReactFlowInstance } from '@xyflow/react';
import { canConnect, isRefusal } from '../../graphs/connect.ts';
import { freshLinkName, pasteFragment, readFragment, takeFragment, writeFragment } from '../../graphs/fragment.ts';
import type { Fragment } from '../../graphs/fragment.ts';
import { edgeId, freshNodeId, type Edge, type GraphNode, type PortRef, type Position } from '../../graphs/graph.ts';
import { freshParams, type NodeType } from '../../graphs/node-type.ts';
import type { Editor } from '../editor.ts';
import type { StartResult } from '../runs.ts';
import { pictureFieldOf } from './fields.ts';
import { portThatFits, type LooseEnd } from './fitting.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import { freePlace, onGrid, type Box } from './layout.ts';
import { GRID, guessSize } from './size.ts';
import type { View } from './view.ts';

export type Notice = { kind: 'info' | 'error'; text: string };
export type Commands = ReturnType<typeof createCommands>;

export type NewNode = {
  type: NodeType;
  params?: Record<string, unknown>;
  title?: string;
  /** Where the top left corner goes, in the graph's own pixels, or the nearest free place; without it, beside the selected node or in the middle of the view. */
  at?: Position;
  /** There and nowhere else: it was dropped there. */
  exact?: boolean;
  /** Tie the loose end of an edge to the new node. */
  end?: LooseEnd | null;
};

/** Everything that mouse, keys and menus do to the graph from the canvas. */
export function createCommands(options: {
  editor: Editor;
  view: View;
  flow: ReactFlowInstance<FlowNode, FlowEdge>;
  /** The canvas on the page. */
  frame: () => DOMRect;
  notice: (notice: Notice) => void;
}) {
  const { editor, view, flow, frame, notice } = options;
  const { document, nodeTypes } = editor;
  const graph = () => document.get().graph;
  let pastes = { text: '', count: 0 };

  function centre(): Position {
    const { left, top, width, height } = frame();
    return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
  }

  /** Where the cards are, with the room that those will take whose pictures are still to come. */
  function boxes(): Box[] {
    return view.get().nodes.map(({ id, position, measured }) => {
      const node = graph().nodes[id];
      const type = nodeTypes.get(node?.type ?? '');
      return {
        ...position,
        width: measured?.width ?? 0,
        height: Math.max(measured?.height ?? 0, type && node ? grownHeight(type, node) : 0),
      };
    });
  }

  /** Beside the one selected card: behind it, or before it what can only feed it. Else the middle of the view. */
  function usualPlace(type: NodeType, width: number): Position {
    const [only, ...others] = view.selected();
    const card = others.length > 0 ? undefined : view.get().nodes.find(({ id }) => id === only);
    if (!card) return { x: centre().x - width / 2, y: centre().y - 90 };
    const { x, y } = card.position;
    const { width: cardWidth = 0, height: cardHeight = 0 } = card.measured ?? {};
    const takes = (candidate: NodeType | undefined): boolean => Object.keys(candidate?.inputs ?? {}).length > 0;
    if (takes(type)) return { x: x + cardWidth + GAP, y };
    return takes(nodeTypes.get(graph().nodes[card.id]?.type ?? ''))
      ? { x: x - width - GAP, y }
      : { x, y: y + cardHeight + GAP };
  }

  function addNode({ type, params, title, at, exact, end }: NewNode): string {
    const node = makeNode(type, params, title, new Set());
    const { width } = guessSize(type, node);
    const wish = at ?? usualPlace(type, width);
    const position = exact ? onGrid(wish) : freePlace({ ...wish, width, height: grownHeight(type, node) }, boxes());
    const edge = end ? edgeToNew(type, node.id, end) : null;
    document.change({ type: 'add', nodes: [{ ...node, position }], ...(edge ? { edges: [edge] } : {}) });
    view.select([node.id]);
    return node.id;
  }

  function makeNode(
    type: NodeType,
    params: Record<string, unknown> | undefined,
    title: string | undefined,
    taken: ReadonlySet<string>,
  ): GraphNode {
    return {
      id: freshNodeId(type.type, (id) => Object.hasOwn(graph().nodes, id) || taken.has(id)),
      type: type.type,
      version: type.version,
      ...(title ? { title } : {}),
      position: { x: 0, y: 0 },
      params: { ...freshParams(type, Math.random), ...params },
    };
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
    else if (answer.reason !== 'already-there') notice({ kind: 'error', text: answer.message });
  }

  function remove(ids: readonly string[], edges: readonly string[] = []): void {
    if (ids.length + edges.length > 0) document.change({ type: 'remove', nodes: ids, edges });
  }

  function paste(fragment: Fragment, at: Position, keepIncoming: boolean): void {
    const change = pasteFragment(graph(), nodeTypes, fragment, { at: onGrid(at), keepIncoming });
    if (change.nodes.length === 0) return;
    document.change(change);
    view.select(change.nodes.map(({ id }) => id));
  }

  function cornerOf(ids: readonly string[]): Position {
    const places = ids.flatMap((id) => graph().nodes[id]?.position ?? []);
    return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
  }

  /** The pictures become nodes of the type that holds one; those that are refused are told of, by name. */
  async function addPictures(files: readonly { name: string; take: () => Promise<unknown> }[], at?: Position) {
    const type = [...nodeTypes.values()].find(pictureFieldOf);
    const field = type && pictureFieldOf(type);
    if (!type || !field || files.length === 0) return;
    const target = files.length === 1 && !at ? selectedPictureNode() : null;
    view.set(({ uploading }) => ({ uploading: uploading + files.length }));
    const values = await Promise.all(
      files.map(async ({ name, take }) => {
        try {
          return await take();
        } catch (error) {
          const { message } = error as Error;
          notice({ kind: 'error', text: message.includes(name) ? message : `${name}: ${message}` });
          return null;
        } finally {
          view.set(({ uploading }) => ({ uploading: uploading - 1 }));
        }
      }),
    );
    const pictures = values.filter((value) => value !== null);
    if (pictures.length === 0) return;
    if (target && graph().nodes[target.node]) {
      document.change({ type: 'setParam', node: target.node, name: target.field, value: pictures[0] });
      return;
    }
    const start = at ?? centre();
    const taken = boxes();
    const ids = new Set<string>();
    const nodes = pictures.map((value, i) => {
      const node = makeNode(type, { [field.name]: value }, undefined, ids);
      ids.add(node.id);
      const { width, height } = guessSize(type, node);
      const wish = { x: start.x - 40 + i * 48, y: start.y - 24 + i * 48, width, height: height + 80 };
      const position = at && i === 0 ? onGrid(wish) : freePlace(wish, taken);
      taken.push({ ...wish, ...position });
      return { ...node, position };
    });
    document.change({ type: 'add', nodes });
    view.select(ids);
  }

  function selectedPictureNode(): { node: string; field: string } | null {
    const [only, ...others] = view.selected();
    const type = only === undefined || others.length > 0 ? undefined : nodeTypes.get(graph().nodes[only]?.type ?? '');
    const field = type && pictureFieldOf(type);
    return field ? { node: only!, field: field.name } : null;
  }

  function tell(result: StartResult): void {
    if (result.started) return;
    const text =
      result.reason === 'running'
        ? 'A run is under way: wait for it, or stop it first.'
        : result.reason === 'errors'
          ? `Nothing was run: ${result.errors[0]!.message}`
          : 'Everything is made already.';
    notice({ kind: result.reason === 'errors' ? 'error' : 'info', text });
  }

  async function attempt(start: Promise<StartResult>): Promise<void> {
    try {
      tell(await start);
    } catch (error) {
      notice({ kind: 'error', text: (error as Error).message });
    }
  }

  return {
    addNode,
    connect,
    remove,
    addFiles: (files: readonly File[], at?: Position) =>
      addPictures(
        files.map((file) => ({
          name: file.name || 'The pasted picture',
          take: async () => ({ ...(await editor.api.upload(file, file.name)), name: file.name || 'pasted picture' }),
        })),
        at,
      ),
    addAddress: (address: string, at?: Position) =>
      addPictures(
        [
          {
            name: address,
            take: async () => ({ ...(await editor.api.uploadFrom(address)), name: nameOfAddress(address) }),
          },
        ],
        at,
      ),
    removeSelected: (): void => {
      const edges = view.get().edges.filter(({ selected }) => selected);
      remove(
        view.selected(),
        edges.map(({ id }) => id),
      );
    },
    /** The selected nodes as the text of a fragment; null when none is. */
    copy: (): string | null => {
      const ids = view.selected();
      if (ids.length === 0) return null;
      const text = writeFragment(takeFragment(graph(), ids));
      pastes = { text, count: 0 };
      return text;
    },
    /** True when the text was a fragment. Pasting again and again goes down in steps. */
    pasteText: (text: string, pointer: Position | null, keepIncoming: boolean): boolean => {
      const fragment = readFragment(text, nodeTypes);
      if (!fragment) return false;
      pastes = text === pastes.text ? { text, count: pastes.count + 1 } : { text, count: 1 };
      const corner = cornerOfFragment(fragment);
      const ours = Object.keys(fragment.graph.nodes).every((id) => graph().nodes[id]);
      const step = 32 * pastes.count;
      if (pointer) paste(fragment, flow.screenToFlowPosition(pointer), keepIncoming);
      else if (ours) paste(fragment, { x: corner.x + step, y: corner.y + step }, keepIncoming);
      else paste(fragment, { x: centre().x - 160 + step, y: centre().y - 120 + step }, keepIncoming);
      return true;
    },
    duplicate: (ids: readonly string[] = view.selected()): void => {
      if (ids.length === 0) return;
      const corner = cornerOf(ids);
      paste(takeFragment(graph(), ids), { x: corner.x + 32, y: corner.y + 32 }, true);
    },
    /** Moves the selected nodes by steps of the grid; a burst of keys is one undo step. */
    nudge: (x: number, y: number, gesture: string): void => {
      const positions = Object.fromEntries(
        view.selected().flatMap((id) => {
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
    unlink: (ids: readonly string[]): void => document.change({ type: 'link', nodes: ids, link: null }),
    run: (keys: readonly string[]): Promise<void> => attempt(editor.runs.start(new Set(keys))),
    newTake: (firstKeys: readonly string[]): Promise<void> => attempt(editor.newTake(firstKeys)),
    focusNode: (id: string): void => {
      const node = view.get().nodes.find((candidate) => candidate.id === id);
      if (!node) return;
      view.select([id]);
      const { width = 0, height = 0 } = node.measured ?? {};
      const zoom = Math.max(flow.getZoom(), 0.7);
      void flow
        .setCenter(node.position.x + width / 2, node.position.y + Math.min(height / 2, 240), {
          zoom,
          duration: motion(),
        })
        .then(() => cardElement(id)?.focus());
    },
    /** Gives a new node the focus, after moving the view there when it stands outside or cannot be read. */
    reveal: (id: string): void => {
      const node = view.get().nodes.find((candidate) => candidate.id === id);
      if (!node) return;
      const { width, height } = frame();
      const { x, y, zoom } = flow.getViewport();
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const [w, h] = [(node.measured?.width ?? 0) * zoom, (node.measured?.height ?? 0) * zoom];
      const inside = left >= 0 && top >= 0 && left + w <= width && top + Math.min(h, height / 2) <= height;
      const { far } = view.get();
      const nearer = far ? 0.8 : zoom;
      const moved =
        inside && !far
          ? Promise.resolve(true)
          : flow.setCenter(node.position.x + w / zoom / 2, node.position.y + h / zoom / 2, {
              zoom: nearer,
              duration: motion(),
            });
      void moved.then(() => requestAnimationFrame(() => cardElement(id)?.focus({ preventScroll: true })));
    },
    fit: (): void => void flow.fitView({ padding: 0.12, maxZoom: 1.1, duration: motion() }),
    zoomIn: (): void => void flow.zoomIn({ duration: motion() }),
    zoomOut: (): void => void flow.zoomOut({ duration: motion() }),
    selectAll: (): void => view.select(Object.keys(graph().nodes)),
    openSearch: (at?: Position, end: LooseEnd | null = null): void => {
      const { left, top, width, height } = frame();
      view.set({
        popup: {
          type: 'search',
          at: at ?? { x: left + width / 2 - 160, y: top + height / 4 },
          end,
          placed: at !== undefined,
        },
      });
    },
    /** The place on the graph below a point of the window. */
    toGraph: (at: Position): Position => flow.screenToFlowPosition(at),
  };
}

const GAP = 72;
/** Pictures and strips come later, and should find room. */
const ROOM_FOR_RESULTS = 220;

function grownHeight(type: NodeType, node: GraphNode): number {
  return guessSize(type, node).height + (type.uses ? ROOM_FOR_RESULTS : 0);
}

function cornerOfFragment({ graph }: Fragment): Position {
  const places = Object.values(graph.nodes).map(({ position }) => position);
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

function nameOfAddress(address: string): string {
  try {
    return decodeURIComponent(new URL(address).pathname.split('/').pop() ?? '').slice(0, 400) || address.slice(0, 400);
  } catch {
    return address.slice(0, 400);
  }
}

/** Milliseconds that a movement of the view may take. */
function motion(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220;
}

/** The focusable frame of a card on the page. */
export function cardElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
}
