import { useStoreApi, type InternalNode } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import type { Editor } from '../editor.ts';
import { useEditor } from '../use-editor.ts';
import styles from './Canvas.module.css';
import { facesOf, type Face } from './far-faces.ts';
import { drawFar, type FarCard, type FarColours, type FarWire } from './far-draw.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import { guessSize, PORT_RADIUS } from './size.ts';
import { createThumbnails } from './thumbnails.ts';
import { useCanvas, type View } from './view.ts';

/** The graph from far away, on one bitmap. Cards keep their frames on the page, so that they can be pressed, dragged and read out. */
export default memo(function FarLayer() {
  const editor = useEditor();
  const { view } = useCanvas();
  const store = useStoreApi<FlowNode, FlowEdge>();
  const surface = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const canvas = surface.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    let frame = 0;
    const ask = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        paint();
      });
    };
    const thumbnails = createThumbnails(ask);
    const faces = createFaces(editor, view);
    let colours = readColours(canvas);

    function paint(): void {
      const { transform, width, height, nodeLookup } = store.getState();
      const density = Math.min(2, devicePixelRatio);
      const size = [Math.round(width * density), Math.round(height * density)] as const;
      if (canvas!.width !== size[0] || canvas!.height !== size[1]) [canvas!.width, canvas!.height] = size;
      const [x, y, zoom] = transform;
      const seen = { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
      const now = faces();
      const cards: FarCard[] = [];
      for (const node of nodeLookup.values()) {
        const face = now.get(node.id);
        const { width: w = 0, height: h = 0 } = node.measured;
        const at = node.internals.positionAbsolute;
        if (!face || at.x > seen.right || at.y > seen.bottom || at.x + w < seen.left || at.y + h < seen.top) continue;
        const image = face.picture ? thumbnails.get(face.picture.sha256) : null;
        cards.push({ ...at, width: w, height: h, selected: node.selected ?? false, face, image });
      }
      const wires = wiresOf(editor, view, nodeLookup);
      drawFar(context!, { width, height, density, transform, cards, wires, colours });
    }

    const theme = new MutationObserver(() => {
      colours = readColours(canvas);
      ask();
    });
    theme.observe(document.documentElement, { attributes: true });
    const remove = [
      store.subscribe(ask),
      editor.plans.store.subscribe(ask),
      editor.runs.store.subscribe(ask),
      editor.document.subscribe(ask),
    ];
    paint();
    return () => {
      cancelAnimationFrame(frame);
      theme.disconnect();
      remove.forEach((stop) => stop());
    };
  }, [editor, store, view]);

  return <canvas ref={surface} className={styles.farLayer} aria-hidden />;
});

/** Faces are worked out anew only when something that they show has changed; not for a step of a pan. */
function createFaces({ document, nodeTypes, plans, runs }: Editor, view: View): () => Map<string, Face> {
  let from: readonly unknown[] = [];
  let faces = new Map<string, Face>();
  return () => {
    const { graph } = document.get();
    const { plan, knownVersion } = plans.get();
    const { current } = view.get();
    const now = [graph, plan, knownVersion, runs.get().run, current];
    if (now.some((value, i) => value !== from[i])) {
      from = now;
      faces = facesOf({ graph, nodeTypes, plan, lookup: plans.lookup, viewOf: (key) => runs.viewOf(key), current });
    }
    return faces;
  };
}

type Lookup = ReadonlyMap<string, InternalNode<FlowNode>>;

function wiresOf({ document, nodeTypes }: Editor, view: View, lookup: Lookup): FarWire[] {
  const { nodes } = document.get().graph;
  const wires: FarWire[] = [];
  for (const { source, sourceHandle, target, targetHandle, data } of view.get().edges) {
    const from = lookup.get(source);
    const to = lookup.get(target);
    if (!from || !to) continue;
    const start = from.internals.positionAbsolute;
    const end = to.internals.positionAbsolute;
    wires.push({
      fromX: start.x + (from.measured.width ?? 0),
      fromY: start.y + portHeight(from, 'source', sourceHandle),
      toX: end.x,
      toY: end.y + portHeight(to, 'target', targetHandle),
      kind: data?.kind,
    });
  }
  return wires;

  function portHeight(
    node: InternalNode<FlowNode>,
    side: 'source' | 'target',
    port: string | null | undefined,
  ): number {
    const spot = node.internals.handleBounds?.[side]?.find(({ id }) => id === port);
    if (spot) return spot.y + PORT_RADIUS;
    const graphNode = nodes[node.id];
    const size = graphNode && guessSize(nodeTypes.get(graphNode.type), graphNode);
    return size?.[side === 'source' ? 'outputs' : 'inputs'].find((guess) => guess.port === port)?.y ?? 40;
  }
}

/** The theme's colours, which a bitmap cannot name. */
function readColours(element: HTMLElement): FarColours {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    surface: read('--surface'),
    text: read('--text'),
    line: read('--line'),
    accent: read('--accent'),
    bad: read('--bad'),
    other: read('--text-3'),
    font: read('--font') || 'sans-serif',
    'kind-image': read('--kind-image'),
    'kind-text': read('--kind-text'),
    'kind-seed': read('--kind-seed'),
    'kind-images': read('--kind-images'),
    'kind-switch': read('--kind-switch'),
    'kind-format': read('--kind-format'),
    'kind-other': read('--text-3'),
    Sources: read('--category-sources'),
    Edits: read('--category-edits'),
    Sweeps: read('--category-sweeps'),
    Results: read('--category-results'),
  };
}
