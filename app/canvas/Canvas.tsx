import '@xyflow/react/dist/style.css';
import {
  applyEdgeChanges,
  applyNodeChanges,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStoreApi,
  type EdgeChange,
  type NodeChange,
} from '@xyflow/react';
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import { CardShell } from './CardShell.tsx';
import styles from './Canvas.module.css';
import { createCommands } from './commands.ts';
import type { Notice } from './placing.ts';
import { FarLayer } from './FarLayer.tsx';
import { Dots } from './Dots.tsx';
import { withoutGuesses, type FlowEdge, type FlowNode } from './flow.ts';
import { Hint, Popups, Uploads } from './Overlays.tsx';
import { Overview } from './Overview.tsx';
import { GRID } from './size.ts';
import { useChangeTips } from './use-change-tips.ts';
import { useClipboard } from './use-clipboard.ts';
import { useConnecting } from './use-connecting.ts';
import { useDrop } from './use-drop.ts';
import { useKeys } from './use-keys.ts';
import { useLongPress } from './use-long-press.ts';
import { LEAST_ZOOM, MOST_ZOOM, usePinch } from './use-pinch.ts';
import { useTaking } from './use-taking.ts';
import { CanvasContext, createView, type CanvasContextValue } from './view.ts';
import { LooseWire, Wire } from './Wire.tsx';

export type CanvasHandle = {
  fit(): void;
  focusNode(id: string): void;
  /** The card of a node with the picture of this point, in view and with the focus; also of a graph just opened. */
  showCell(node: string, index: number): void;
  /** At the centre of the view, with fresh parameters; selects it and returns its id, or null where nothing may be changed. */
  addNode(type: string, params?: Record<string, unknown>, title?: string): string | null;
  selectAll(): void;
  selected(): string[];
  zoomIn(): void;
  zoomOut(): void;
  openSearch(): void;
  addPictures(files: File[]): void;
};

export type CanvasProps = {
  onOpenPicture: (target: { node: string; index: number }) => void;
  onNotice: (notice: Notice) => void;
  /** What became of the edit of this key is to be decided. */
  onUnknown: (key: string) => void;
  /** The user wants a report of what happened to this edit. */
  onReport: (key: string) => void;
  /** A graph file was dropped. */
  onOpenFile?: (file: File) => void;
  ref?: React.Ref<CanvasHandle>;
};

/** The graph, to be looked at and worked on. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Surface {...props} />
    </ReactFlowProvider>
  );
}

const nodeTypesOfFlow = { card: CardShell };
const edgeTypesOfFlow = { wire: Wire };
const multiSelection = ['Shift', 'Control', 'Meta'];
const boxSelection = ['Shift', 'Control'];
const snapGrid: [number, number] = [GRID, GRID];
/** Below this zoom words cannot be read. */
const FAR = 0.35;

function Surface({ onOpenPicture, onNotice, onUnknown, onReport, onOpenFile, ref }: CanvasProps) {
  const editor = useEditor();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const store = useStoreApi<FlowNode, FlowEdge>();
  const frame = useRef<HTMLDivElement>(null);
  const [view] = useState(() => createView(editor.document, editor.nodeTypes));
  const nodes = useStore(view.store, (state) => state.nodes);
  const edges = useStore(view.store, (state) => state.edges);
  const far = useStore(view.store, (state) => state.far);
  const opened = useDocument((state) => state.opened);
  const readOnly = useReadOnly();

  const [outside] = useState(createOutside);
  useEffect(() => outside.meet({ onOpenPicture, onNotice, onUnknown, onReport, frame: frame.current }));
  const [canvas] = useState((): CanvasContextValue => {
    const { notice, openPicture, decide, report } = outside;
    return {
      view,
      notice,
      openPicture,
      decide,
      report,
      commands: createCommands({ editor, view, flow, frame: outside.frame, notice }),
    };
  });
  const { commands } = canvas;

  useEffect(() => view.follow(), [view]);
  useEffect(
    () =>
      store.subscribe(({ transform }) => {
        const far = transform[2] < FAR;
        if (far !== view.get().far) view.set({ far });
      }),
    [store, view],
  );
  // While an edge is drawn, style sheets alone make ports that fit come forward: no card renders for it.
  useEffect(
    () =>
      view.store.subscribe(({ end }, before) => {
        if (end === before.end || !frame.current) return;
        if (end) frame.current.dataset.drawing = `${end.side}-${end.kind}`;
        else delete frame.current.dataset.drawing;
      }),
    [view],
  );
  // Another document was opened: all of it into view, once React Flow has taken it over.
  useEffect(() => {
    const timer = requestAnimationFrame(() => {
      // React Flow would keep a fit of nothing for the first node that comes, and pull it away from where it was put.
      const isEmpty = Object.keys(editor.document.get().graph.nodes).length === 0;
      void (isEmpty ? flow.setViewport({ x: 0, y: 0, zoom: 1 }) : flow.fitView({ padding: 0.12, maxZoom: 1 }));
    });
    return () => cancelAnimationFrame(timer);
  }, [opened, flow, editor]);

  useKeys(canvas, frame);
  useChangeTips(editor, frame);
  const { take, pasteTable } = useTaking(editor, canvas);
  useClipboard(canvas, take, pasteTable);
  usePinch(frame);
  const connecting = useConnecting(editor, canvas);
  const drop = useDrop(editor, canvas, take, onOpenFile);
  const longPress = useLongPress(commands.openSearch);

  useImperativeHandle(
    ref,
    () => ({
      fit: commands.fit,
      focusNode: commands.focusNode,
      showCell(node, index) {
        view.show(node, index);
        // A graph just opened is brought into view as a whole first.
        requestAnimationFrame(() => requestAnimationFrame(() => commands.focusNode(node)));
      },
      addNode(name, params, title) {
        const type = editor.nodeTypes.get(name);
        if (!type) throw new Error(`There is no node type "${name}"`);
        const id = commands.addNode({ type, ...(params ? { params } : {}), ...(title ? { title } : {}) });
        if (id !== null) commands.reveal(id);
        return id;
      },
      selectAll: commands.selectAll,
      selected: view.selected,
      zoomIn: commands.zoomIn,
      zoomOut: commands.zoomOut,
      openSearch: () => commands.openSearch(),
      addPictures: (files) => take(files, {}),
    }),
    [commands, editor, take, view],
  );

  const on = useMemo(
    () => ({
      nodesChange: (changes: NodeChange<FlowNode>[]): void => {
        const kept = changes.filter(({ type }) => type !== 'remove');
        const measured = new Set(kept.flatMap((change) => (change.type === 'dimensions' ? [change.id] : [])));
        view.set(({ nodes: now }) => {
          const next = applyNodeChanges(kept, now as FlowNode[]);
          return { nodes: measured.size > 0 ? withoutGuesses(next, measured) : next };
        });
      },
      edgesChange: (changes: EdgeChange<FlowEdge>[]): void => {
        const kept = changes.filter(({ type }) => type === 'select');
        if (kept.length > 0) view.set(({ edges: now }) => ({ edges: applyEdgeChanges(kept, now as FlowEdge[]) }));
      },
      dragStop: (_: unknown, __: unknown, moved: FlowNode[]): void => commands.settle(moved),
      boxDragStop: (_: unknown, moved: FlowNode[]): void => commands.settle(moved),
      nodeMenu: (event: React.MouseEvent, node: FlowNode): void => {
        if (event.target instanceof Element && event.target.closest('textarea, input, a')) return;
        event.preventDefault();
        if (!node.selected) view.select([node.id]);
        view.set({ popup: { type: 'menu', at: { x: event.clientX, y: event.clientY }, node: node.id } });
      },
      paneMenu: (event: MouseEvent | React.MouseEvent): void => {
        event.preventDefault();
        commands.openSearch({ x: event.clientX, y: event.clientY });
      },
      doubleClick: (event: React.MouseEvent): void => {
        const title = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-rename]') : null;
        if (title) commands.rename(title.dataset.rename!);
        const card = event.target instanceof Element ? event.target.closest<HTMLElement>('.react-flow__node') : null;
        if (card && view.get().far) commands.focusNode(card.dataset.id!);
        if (event.target instanceof Element && event.target.classList.contains('react-flow__pane'))
          commands.openSearch({ x: event.clientX, y: event.clientY });
      },
    }),
    [view, commands],
  );

  return (
    <CanvasContext value={canvas}>
      <div
        ref={frame}
        className={styles.canvas}
        data-far={far || undefined}
        data-read-only={readOnly || undefined}
        tabIndex={-1}
        {...drop}
        {...longPress}
        onDoubleClick={on.doubleClick}
      >
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes as FlowNode[]}
          edges={(far ? noEdges : edges) as FlowEdge[]}
          nodeTypes={nodeTypesOfFlow}
          edgeTypes={edgeTypesOfFlow}
          onNodesChange={on.nodesChange}
          onEdgesChange={on.edgesChange}
          onNodeDragStop={on.dragStop}
          onSelectionDragStop={on.boxDragStop}
          onNodeContextMenu={on.nodeMenu}
          onPaneContextMenu={on.paneMenu}
          {...connecting}
          connectionLineComponent={LooseWire}
          connectionRadius={26}
          reconnectRadius={12}
          onlyRenderVisibleElements
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesReconnectable={!readOnly}
          disableKeyboardA11y
          edgesFocusable={false}
          elevateNodesOnSelect
          deleteKeyCode={null}
          selectionKeyCode={boxSelection}
          multiSelectionKeyCode={multiSelection}
          selectionMode={SelectionMode.Partial}
          zoomOnDoubleClick={false}
          snapToGrid
          snapGrid={snapGrid}
          minZoom={LEAST_ZOOM}
          maxZoom={MOST_ZOOM}
          proOptions={hideAttribution}
          aria-label="Graph"
        >
          <Dots />
          <FarLayer />
          <Overview />
        </ReactFlow>
        <Hint />
        <Popups />
        <Uploads />
      </div>
    </CanvasContext>
  );
}

/** The app may pass new functions with every render; the cards must not notice. */
function createOutside() {
  let now: Pick<CanvasProps, 'onOpenPicture' | 'onNotice' | 'onUnknown' | 'onReport'> & { frame: HTMLElement | null } =
    {
      onOpenPicture: () => {},
      onNotice: () => {},
      onUnknown: () => {},
      onReport: () => {},
      frame: null,
    };
  return {
    meet: (next: typeof now): void => void (now = next),
    notice: (what: Notice): void => now.onNotice(what),
    openPicture: (target: { node: string; index: number }): void => now.onOpenPicture(target),
    decide: (key: string): void => now.onUnknown(key),
    report: (key: string): void => now.onReport(key),
    frame: (): DOMRect => now.frame?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight),
  };
}

/** From far away the edges are on the bitmap too. */
const noEdges: FlowEdge[] = [];
const hideAttribution = { hideAttribution: true };
