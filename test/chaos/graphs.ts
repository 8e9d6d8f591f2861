import fc from 'fast-check';
import { readGraphFile, writeGraphFile, FILE_FORMAT, FILE_VERSION } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Artifact } from '../../graphs/artifact.ts';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import type { Random } from './random.ts';

const words = ['red', 'blue', 'night', 'snow', 'wood', 'gold', 'fog', 'paper', 'no car', 'a hat', 'summer', 'ink'];

/** How one edit is wired; numbers choose among what there is. */
type EditShape = {
  image: number;
  prompt: 'typed' | 'prompt' | 'sweep';
  seed: 'typed' | 'sweep';
  negative: boolean;
  word: number;
  options: { enable_thinking_mode: boolean; enable_reflection_mode: boolean; output_format: 'png' | 'jpeg' };
};
type Shape = { pictures: number; edits: EditShape[]; seeds: number[]; prompts: number[]; saves: number[] };

const editArbitrary: fc.Arbitrary<EditShape> = fc.record({
  image: fc.nat(20),
  prompt: fc.constantFrom('typed', 'prompt', 'sweep'),
  seed: fc.constantFrom('typed', 'sweep'),
  negative: fc.boolean(),
  word: fc.nat(words.length - 1),
  options: fc.record({
    enable_thinking_mode: fc.boolean(),
    enable_reflection_mode: fc.boolean(),
    output_format: fc.constantFrom('png', 'jpeg'),
  }),
});

const shapeArbitrary: fc.Arbitrary<Shape> = fc.record({
  pictures: fc.integer({ min: 1, max: 3 }),
  edits: fc.array(editArbitrary, { minLength: 1, maxLength: 8 }),
  seeds: fc.array(fc.integer({ min: 2, max: 10 }), { minLength: 1, maxLength: 2 }),
  prompts: fc.array(fc.integer({ min: 2, max: 8 }), { minLength: 1, maxLength: 2 }),
  saves: fc.array(fc.nat(20), { maxLength: 2 }),
});

export type StoryGraph = { title: string; graph: Graph; file: string; keys: string[] };

/** A random graph with so many edits, counted as the planner counts them. Always the same from the same numbers. */
export function sampleGraph(options: {
  random: Random;
  pictures: readonly Artifact[];
  service: string;
  edits: { least: number; most: number };
  title: string;
}): StoryGraph {
  const { random, pictures, service, edits, title } = options;
  for (;;) {
    const [shape] = fc.sample(shapeArbitrary, { seed: random.between(0, 2 ** 31 - 1), numRuns: 1 });
    const { graph, notes } = readGraphFile(fileOf(shape!, pictures, title), nodeTypes);
    if (notes.length > 0) throw new Error(`The suite drew a graph that cannot be read whole: ${notes.join(' ')}`);
    const keys = editKeysOf(graph, service);
    if (keys === null || keys.length < edits.least || keys.length > edits.most) continue;
    return { title, graph, file: writeGraphFile(title, graph), keys };
  }
}

/** The keys of all edits of a graph; null where it cannot run. */
export function editKeysOf(graph: Graph, service: string): string[] | null {
  const plan = makePlan(graph, nodeTypes, service);
  const keys = new Set<string>();
  for (const { type, tasks } of plan.nodes.values())
    if (type?.uses === 'edits') for (const { key } of tasks) if (key) keys.add(key);
  return plan.errors.length > 0 ? null : [...keys];
}

function fileOf(shape: Shape, pictures: readonly Artifact[], title: string): string {
  const nodes: Record<string, unknown> = {};
  const edges: { from: object; to: object }[] = [];
  const wire = (from: string, port: string, node: string, to: string) =>
    edges.push({ from: { node: from, port }, to: { node, port: to } });
  const add = (id: string, type: string, params: object, column: number, row: number) =>
    void (nodes[id] = { type, params, position: { x: column * 380, y: row * 420 } });

  const loaded = pictures.slice(0, shape.pictures);
  loaded.forEach((picture, i) => add(`photo${i}`, 'load-image', { picture: { ...picture, name: `${i}.png` } }, 0, i));
  shape.seeds.forEach((count, i) => add(`seeds${i}`, 'seed-sweep', { first: 1 + i * 100, count }, 1, i));
  shape.prompts.forEach((count, i) =>
    add(`prompts${i}`, 'prompt-sweep', { prompts: linesOf(count, `sweep ${i}`).join('\n') }, 2, i),
  );
  add('negative', 'negative-prompt', { text: 'blurry' }, 1, 4);
  shape.edits.forEach(({ image, prompt, seed, negative, word, options }, i) => {
    const id = `edit${i}`;
    const params = { prompt: `make it ${words[word]} (${i})`, seed: i + 1, ...options };
    add(id, 'edit', params, 3 + (i % 4), Math.floor(i / 4));
    // Photographs twice: a lost answer to a first edit must not keep the whole graph from being made.
    const photos = loaded.map((_, at) => `photo${at}`);
    const sources = [...photos, ...photos, ...shape.edits.slice(0, i).map((_, at) => `edit${at}`)];
    wire(sources[image % sources.length]!, 'image', id, 'image');
    if (prompt === 'sweep') wire(`prompts${word % shape.prompts.length}`, 'text', id, 'prompt');
    if (prompt === 'prompt') {
      add(`prompt${i}`, 'prompt', { text: `turn it into ${words[word]}` }, 2, 3 + i);
      wire(`prompt${i}`, 'text', id, 'prompt');
    }
    if (seed === 'sweep') wire(`seeds${word % shape.seeds.length}`, 'seed', id, 'seed');
    if (negative) wire('negative', 'text', id, 'negative_prompt');
  });
  shape.saves.forEach((of, i) => {
    add(`save${i}`, 'save', { name: `{title}/save${i}-{index}` }, 8, i);
    wire(`edit${of % shape.edits.length}`, 'image', `save${i}`, 'image');
  });
  return JSON.stringify({ format: FILE_FORMAT, version: FILE_VERSION, title, nodes, edges });
}

const linesOf = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, i) => `${name}: ${words[i % words.length]} ${i}`);
