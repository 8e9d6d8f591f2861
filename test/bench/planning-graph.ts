import { z } from 'zod';
import { edgeId, type Edge, type Graph, type GraphNode } from '../../graphs/graph.ts';
import { defineNode, nodeTypesOf } from '../../graphs/node-type.ts';
import edit from '../../nodes/edit.ts';
import loadImage from '../../nodes/load-image.ts';
import promptSweep from '../../nodes/prompt-sweep.ts';
import seedSweep from '../../nodes/seed-sweep.ts';

/** The ports of a `blend`; more edges than this into one node are not drawn. */
export const blendPorts = ['image_a', 'image_b', 'image_c', 'image_d', 'image_e'] as const;

/** An edit of several pictures, or of none, with the parameters of the real one: every node has a key. */
const blend = defineNode({
  type: 'blend',
  version: 1,
  title: 'Blend',
  category: 'Edits',
  description: 'For benchmarks only.',
  params: z.object(edit.params.shape),
  inputs: Object.fromEntries(blendPorts.map((port) => [port, { kind: 'image' } as const])),
  outputs: { image: { kind: 'image' } },
  uses: 'edits',
  run: async ({ values, edits }) => ({ image: await edits.edit(values) }),
});

export const nodeTypes = nodeTypesOf([blend, edit, loadImage, promptSweep, seedSweep]);

/** A seeded random number in [0, 1): the same graph on every machine (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Layers of nodes; each edge leads from one layer to the next. */
export function layeredGraph({ layers = 100, width = 100, edges: wanted = 20_000, seed = 1 } = {}): Graph {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const nodes: Record<string, GraphNode> = {};
  const edges: Record<string, Edge> = {};
  const taken = new Map<string, number>();
  const idOf = (layer: number, at: number) => `n${layer * width + at}`;
  const connect = (from: string, to: string): boolean => {
    const used = taken.get(to) ?? 0;
    if (used === blendPorts.length) return false;
    taken.set(to, used + 1);
    const end = { node: to, port: blendPorts[used]! };
    edges[edgeId(end)] = { id: edgeId(end), from: { node: from, port: 'image' }, to: end };
    return true;
  };
  for (let layer = 0; layer < layers; layer++)
    for (let at = 0; at < width; at++) nodes[idOf(layer, at)] = blendNode(idOf(layer, at), layer * width + at);
  for (let layer = 1; layer < layers; layer++)
    for (let at = 0; at < width; at++) connect(idOf(layer - 1, pick(width)), idOf(layer, at));
  for (let count = (layers - 1) * width; count < wanted;) {
    const layer = 1 + pick(layers - 1);
    if (connect(idOf(layer - 1, pick(width)), idOf(layer, pick(width)))) count++;
  }
  return { nodes, edges, takes: {} };
}

/** One node after the other. */
export function chain(length: number): Graph {
  return layeredGraph({ layers: length, width: 1, edges: length - 1 });
}

/** 100 prompts × 100 seeds into the first of three edits: 30,000 tasks with keys, 10,000 end results. */
export function sweptChain(): Graph {
  const at = { version: 1, position: { x: 0, y: 0 } };
  const picture = { sha256: 'a'.repeat(64), width: 64, height: 48, mediaType: 'image/png', bytes: 1000, name: 'a.png' };
  const prompts = Array.from({ length: 100 }, (_, i) => `change the background to colour number ${i}`);
  const nodes: GraphNode[] = [
    { ...at, id: 'load', type: 'load-image', params: { picture } },
    { ...at, id: 'prompts', type: 'prompt-sweep', params: { prompts: prompts.join('\n') } },
    { ...at, id: 'seeds', type: 'seed-sweep', params: { first: 1, count: 100 } },
    ...['a', 'b', 'c'].map((id) => ({ ...at, id, type: 'edit', params: { prompt: `make it black and white ${id}` } })),
  ];
  const edges = [
    edgeBetween('load', 'image', 'a', 'image'),
    edgeBetween('prompts', 'text', 'a', 'prompt'),
    edgeBetween('seeds', 'seed', 'a', 'seed'),
    edgeBetween('a', 'image', 'b', 'image'),
    edgeBetween('b', 'image', 'c', 'image'),
  ];
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
    takes: {},
  };
}

function edgeBetween(from: string, fromPort: string, to: string, toPort: string): Edge {
  const end = { node: to, port: toPort };
  return { id: edgeId(end), from: { node: from, port: fromPort }, to: end };
}

function blendNode(id: string, number: number): GraphNode {
  return {
    id,
    type: 'blend',
    version: 1,
    position: { x: 0, y: 0 },
    params: {
      prompt: `change the background to colour number ${number}`,
      negative_prompt: 'blurry',
      seed: 1 + number,
      enable_thinking_mode: true,
      enable_reflection_mode: false,
      output_format: 'png',
    },
  };
}
