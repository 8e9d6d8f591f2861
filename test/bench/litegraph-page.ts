/// <reference lib="dom" />
import { LGraph, LGraphCanvas, LGraphNode, LiteGraph } from '@comfyorg/litegraph';
import type { Graph, GraphNode } from '../../graphs/graph.ts';

/** What the bench asks of this page. */
export type LitePage = {
  ready: number | null;
  view(): { scale: number; x: number; y: number };
  setView(view: { scale: number; x: number; y: number }): void;
  /** Middle of the title bar of the node nearest to the middle of the window, and its id. */
  grip(): { id: string; x: number; y: number };
  place(id: string): string;
  /** A place near the middle where there is nothing. */
  empty(): { x: number; y: number };
};

const images = new Map<string, HTMLImageElement>();
let canvas: LGraphCanvas;

/** Our cards as LiteGraph would have them: the same ports, fields as widgets, the picture drawn below them. */
class CardNode extends LGraphNode {
  picture: HTMLImageElement | null = null;
  override onDrawForeground = (context: CanvasRenderingContext2D): void => {
    if (this.flags.collapsed || !this.picture?.complete) return;
    const width = this.size[0] - 20;
    const height = (width * 3) / 4;
    context.drawImage(this.picture, 10, this.size[1] - height - 10, width, height);
  };
}
LiteGraph.registerNodeType('bench/card', CardNode);

show((await (await fetch('graph.json')).json()) as Graph);

function show(data: Graph): void {
  const element = document.querySelector('canvas')!;
  element.width = innerWidth;
  element.height = innerHeight;
  const graph = new LGraph();
  canvas = new LGraphCanvas(element, graph);
  const byId = new Map<string, CardNode>();
  for (const node of Object.values(data.nodes)) {
    const card = cardOf(node);
    byId.set(node.id, card);
    graph.add(card);
  }
  for (const { from, to } of Object.values(data.edges)) {
    const target = byId.get(to.node)!;
    // An edit shows the picture that came in, as if it had been made.
    target.picture ??= byId.get(from.node)!.picture;
    byId.get(from.node)!.connect(0, target, target.findInputSlot(to.port));
  }
  const ends = [...byId.values()].map(({ pos, size }) => [pos[0] + size[0], pos[1] + size[1]] as const);
  const scale = Math.max(0.05, Math.min(innerWidth / maximum(ends, 0), innerHeight / maximum(ends, 1)));
  canvas.ds.scale = scale;
  canvas.setDirty(true, true);

  const page: LitePage = {
    ready: null,
    view: () => ({ scale: canvas.ds.scale, x: canvas.ds.offset[0], y: canvas.ds.offset[1] }),
    setView({ scale, x, y }) {
      canvas.ds.scale = scale;
      canvas.ds.offset[0] = x;
      canvas.ds.offset[1] = y;
      canvas.setDirty(true, true);
    },
    grip() {
      const middles = [...byId].map(([id, { pos, size }]) => ({
        id,
        ...toWindow([pos[0] + size[0] / 2, pos[1] - 15]),
      }));
      return middles.reduce((best, next) => (fromMiddle(next) < fromMiddle(best) ? next : best));
    },
    place: (id) => String(byId.get(id)!.pos.slice(0, 2)),
    empty() {
      for (let ring = 0; ring < 400; ring += 7)
        for (let turn = 0; turn < 12; turn++) {
          const x = innerWidth / 2 + ring * Math.cos(turn);
          const y = innerHeight / 2 + ring * Math.sin(turn);
          const { scale, offset } = canvas.ds;
          if (!graph.getNodeOnPos(x / scale - offset[0], y / scale - offset[1])) return { x, y };
        }
      throw new Error('There is no empty place near the middle');
    },
  };
  Object.assign(window, { bench: page });
  // Its first frame with the graph was painted when a task comes after the frame after it.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => (page.ready = performance.now()))));
}

function cardOf({ type, params, position }: GraphNode): CardNode {
  const card = LiteGraph.createNode('bench/card', type) as CardNode;
  card.pos = [position.x, position.y];
  const text = (name: string, value: string) => card.addWidget('text', name, value, null);
  if (type === 'edit') {
    card.addInput('image', 'IMAGE');
    card.addInput('prompt', 'STRING');
    card.addInput('negative_prompt', 'STRING');
    card.addInput('seed', 'INT');
    card.addOutput('image', 'IMAGE');
    text('prompt', String(params.prompt ?? ''));
    text('negative_prompt', '');
    card.addWidget('number', 'seed', Number(params.seed), null, { min: 1, precision: 0, step2: 1 });
    card.addWidget('toggle', 'thinking', false, null);
    card.addWidget('toggle', 'reflection', false, null);
    card.addWidget('combo', 'format', 'jpeg', null, { values: ['jpeg', 'png'] });
    card.setSize([320, 560]);
  } else if (type === 'prompt') {
    card.addOutput('text', 'STRING');
    text('text', String(params.text));
    card.setSize([320, 160]);
  } else {
    card.addOutput('image', 'IMAGE');
    const { name, sha256 } = params.picture as { name: string; sha256: string };
    text('name', name);
    card.setSize([320, 330]);
    card.picture = imageOf(`pictures/${sha256}`);
  }
  return card;
}

function imageOf(url: string): HTMLImageElement {
  let image = images.get(url);
  if (!image) {
    image = new Image();
    image.addEventListener('load', () => canvas.setDirty(true, true));
    image.src = url;
    images.set(url, image);
  }
  return image;
}

function toWindow([x, y]: [number, number]): { x: number; y: number } {
  const { scale, offset } = canvas.ds;
  return { x: (x + offset[0]) * scale, y: (y + offset[1]) * scale };
}

const fromMiddle = ({ x, y }: { x: number; y: number }): number => Math.hypot(x - innerWidth / 2, y - innerHeight / 2);

function maximum(list: readonly (readonly [number, number])[], at: 0 | 1): number {
  return list.reduce((most, item) => Math.max(most, item[at]), 1);
}
