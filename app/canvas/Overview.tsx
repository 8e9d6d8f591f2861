import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef, type PointerEvent } from 'react';
import { useEditor } from '../use-editor.ts';
import styles from './Canvas.module.css';
import type { FlowEdge, FlowNode } from './flow.ts';
import type { Box } from './layout.ts';
import { useView } from './view.ts';

const WIDTH = 168;
const HEIGHT = 112;
const MARGIN = 10;

/** The whole graph in a corner, on one bitmap; pressing or dragging there moves the view. Not on narrow screens. */
export function Overview() {
  const shown = useView((state) => state.minimap && state.nodes.length > 0);
  return shown ? (
    <Panel position="bottom-right">
      <Bitmap />
    </Panel>
  ) : null;
}

function Bitmap() {
  const { document: graphDocument, nodeTypes } = useEditor();
  const store = useStoreApi<FlowNode, FlowEdge>();
  const flow = useReactFlow();
  const surface = useRef<HTMLCanvasElement>(null);
  const scale = useRef({ x: 0, y: 0, factor: 1 });

  useEffect(() => {
    const canvas = surface.current!;
    const context = canvas.getContext('2d')!;
    let frame = 0;
    const ask = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        paint();
      });
    };

    function paint(): void {
      const { transform, width, height, nodeLookup } = store.getState();
      if (width === 0) return;
      const [x, y, zoom] = transform;
      const seen: Box = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      const boxes = [...nodeLookup.values()].map(({ id, internals, measured }) => ({
        ...internals.positionAbsolute,
        width: measured.width ?? 0,
        height: measured.height ?? 0,
        category: nodeTypes.get(graphDocument.get().graph.nodes[id]?.type ?? '')?.category ?? null,
      }));
      const { left, top, factor } = fitting([seen, ...boxes]);
      scale.current = { x: left, y: top, factor };
      const density = Math.min(2, devicePixelRatio);
      canvas.width = WIDTH * density;
      canvas.height = HEIGHT * density;
      const style = getComputedStyle(canvas);
      context.scale(density, density);
      // Asking the style takes long for each of a thousand cards.
      const colours = new Map<string | null, string>();
      context.globalAlpha = 0.7;
      for (const box of boxes) {
        let colour = colours.get(box.category);
        if (colour === undefined) {
          colour = style.getPropertyValue(`--category-${(box.category ?? 'sources').toLowerCase()}`);
          colours.set(box.category, colour);
        }
        context.fillStyle = colour;
        context.fillRect(
          (box.x - left) * factor,
          (box.y - top) * factor,
          Math.max(1.5, box.width * factor),
          Math.max(1.5, box.height * factor),
        );
      }
      context.globalAlpha = 1;
      context.strokeStyle = style.getPropertyValue('--text-2');
      context.lineWidth = 1.25;
      context.strokeRect((seen.x - left) * factor, (seen.y - top) * factor, seen.width * factor, seen.height * factor);
    }

    const remove = store.subscribe(ask);
    const theme = new MutationObserver(ask);
    theme.observe(document.documentElement, { attributes: true });
    ask();
    return () => {
      cancelAnimationFrame(frame);
      remove();
      theme.disconnect();
    };
  }, [store, graphDocument, nodeTypes]);

  function go(event: PointerEvent<HTMLCanvasElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const { x, y, factor } = scale.current;
    const to = { x: x + (event.clientX - box.left) / factor, y: y + (event.clientY - box.top) / factor };
    void flow.setCenter(to.x, to.y, { zoom: flow.getZoom() });
  }

  return (
    <canvas
      ref={surface}
      className={`${styles.overview} nopan nowheel`}
      style={{ width: WIDTH, height: HEIGHT }}
      role="img"
      aria-label="Map of the graph"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) go(event);
      }}
    />
  );
}

/** The place and scale at which all boxes are on the map, in its middle. */
function fitting(boxes: readonly Box[]): { left: number; top: number; factor: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  const factor = Math.min((WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (bottom - top));
  return {
    left: left - (WIDTH / factor - (right - left)) / 2,
    top: top - (HEIGHT / factor - (bottom - top)) / 2,
    factor,
  };
}
