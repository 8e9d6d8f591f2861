import '@xyflow/react/dist/style.css';
import { ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { late } from '../panels/late.tsx';
import { useEditor, useReadOnly } from '../use-editor.ts';
import { CardShell } from './CardShell.tsx';
import styles from './Canvas.module.css';
import { createCommands } from './commands.ts';
import type { Notice } from './placing.ts';
import { Dots } from './Dots.tsx';
import type { FlowEdge, FlowNode } from './flow.ts';
import { Hint, Popups, Uploads } from './Overlays.tsx';
import { createOutside } from './outside.ts';
import { Overview } from './Overview.tsx';
import { GRID, LEAST_ZOOM, MOST_ZOOM } from './size.ts';
import { useChangeTips } from './use-change-tips.ts';
import { useClipboard } from './use-clipboard.ts';
import { useConnecting } from './use-connecting.ts';
import { useDrop } from './use-drop.ts';
import { useDoublePress, useFlowEvents } from './use-flow-events.ts';
import { useFocusKept } from './use-focus-kept.ts';
import { useKeys } from './use-keys.ts';
import { useLongPress } from './use-long-press.ts';
import { useOpened } from './use-opened.ts';
import { usePinch } from './use-pinch.ts';
import { useTaking } from './use-taking.ts';
import { CanvasContext, createView, type CanvasContextValue } from './view.ts';
import { LooseWire, Wire } from './Wire.tsx';

export type CanvasHandle = {
  fit(): void;
  focusNode(id: string): void;
  /** The focus comes to the canvas itself. */
  focus(): void;
  /** The card of a node with the picture of this point, in view and with the focus; also of a graph just opened. */
  showCell(node: string, index: number): void;
  /** At the centre of the view, with fresh parameters; selects it and returns its id, or null where nothing may be changed. */
  addNode(type: string, params?: Record<string, unknown>, title?: string): string | null;
  selectAll(): void;
  /** The nodes that a command for nodes means: the selected ones, or the card with the focus. */
  meant(): readonly string[];
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
/** From here on, or with so many cards, that may come next. */
const NEARLY_FAR = 0.42;
const MANY_CARDS = 40;
const loadFarLayer = () => import('./FarLayer.tsx');
const FarLayer = late(loadFarLayer, { quiet: true });

function Surface({ onOpenPicture, onNotice, onUnknown, onReport, onOpenFile, ref }: CanvasProps) {
  const editor = useEditor();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const store = useStoreApi<FlowNode, FlowEdge>();
  const frame = useRef<HTMLDivElement>(null);
  const [view] = useState(() => createView(editor.document, editor.nodeTypes));
  const nodes = useStore(view.store, (state) => state.nodes);
  const edges = useStore(view.store, (state) => state.edges);
  const far = useStore(view.store, (state) => state.far);
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
  useEffect(() => {
    let asked = false;
    return store.subscribe(({ transform }) => {
      const far = transform[2] < FAR;
      if (!asked && (transform[2] < NEARLY_FAR || view.get().nodes.length > MANY_CARDS)) {
        asked = true;
        void loadFarLayer().catch(() => undefined);
      }
      if (far !== view.get().far) view.set({ far });
    });
  }, [store, view]);
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
  useOpened(canvas);
  useKeys(canvas, frame);
  useFocusKept(view, frame);
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
      focus: () => frame.current?.focus({ preventScroll: true }),
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
      meant: view.meant,
      zoomIn: commands.zoomIn,
      zoomOut: commands.zoomOut,
      openSearch: () => commands.openSearch(),
      addPictures: (files) => take(files, {}),
    }),
    [commands, editor, take, view],
  );

  const events = useFlowEvents(canvas);
  const doublePress = useDoublePress(canvas);

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
        onDoubleClick={doublePress}
      >
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes as FlowNode[]}
          edges={(far ? noEdges : edges) as FlowEdge[]}
          nodeTypes={nodeTypesOfFlow}
          edgeTypes={edgeTypesOfFlow}
          {...events}
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
          {far && <FarLayer />}
          <Overview />
        </ReactFlow>
        <Hint />
        <Popups />
        <Uploads />
      </div>
    </CanvasContext>
  );
}

/** From far away the edges are on the bitmap too. */
const noEdges: FlowEdge[] = [];
const hideAttribution = { hideAttribution: true };
