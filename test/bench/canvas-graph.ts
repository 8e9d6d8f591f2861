import sharp from 'sharp';
import { artifactSchema, type Artifact } from '../../graphs/artifact.ts';
import { edgeId, type Edge, type Graph, type GraphNode } from '../../graphs/graph.ts';

const columns = 12;
const pitch = { x: 400, y: 800 };

/** Uploads different parts of the sample photographs. */
export async function uploadPictures(url: string, count: number): Promise<Artifact[]> {
  const photograph = await sharp('app/samples/astronaut.png').resize(512, 512).png().toBuffer();
  const artifacts: Artifact[] = [];
  for (let i = 0; i < count; i++) {
    const part = { left: (i % 5) * 48, top: Math.floor(i / 5) * 48, width: 320, height: 240 };
    const bytes = await sharp(photograph).extract(part).png().toBuffer();
    const response = await fetch(`${url}/api/pictures`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': 'image/png', 'x-editloom': '1' },
    });
    artifacts.push(artifactSchema.parse(await response.json()));
  }
  return artifacts;
}

/** Groups of four cards, photograph and prompt into an edit and that into a second one; few different pictures. */
export function canvasGraph(groups: number, pictures: readonly Artifact[]): Graph {
  const nodes: GraphNode[] = [];
  const edges: Edge[] = [];
  const add = (id: string, type: string, x: number, y: number, params: Record<string, unknown>) =>
    nodes.push({ id, type, version: 1, position: { x: x * pitch.x, y: y * pitch.y }, params });
  const connect = (from: string, fromPort: string, to: string, toPort: string) => {
    const end = { node: to, port: toPort };
    edges.push({ id: edgeId(end), from: { node: from, port: fromPort }, to: end });
  };
  for (let i = 0; i < groups; i++) {
    const x = (i % columns) * 4;
    const y = Math.floor(i / columns);
    const edit = { seed: 1, enable_thinking_mode: false, enable_reflection_mode: false };
    add(`load${i}`, 'load-image', x, y, { picture: { ...pictures[i % pictures.length], name: `part-${i}.png` } });
    add(`prompt${i}`, 'prompt', x + 1, y, { text: 'make it black and white' });
    add(`first${i}`, 'edit', x + 2, y, edit);
    add(`second${i}`, 'edit', x + 3, y, { ...edit, prompt: 'rotate it by 90 degrees' });
    connect(`load${i}`, 'image', `first${i}`, 'image');
    connect(`prompt${i}`, 'text', `first${i}`, 'prompt');
    connect(`first${i}`, 'image', `second${i}`, 'image');
  }
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
    takes: {},
  };
}
