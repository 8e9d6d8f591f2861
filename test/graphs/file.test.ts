import { expect, it } from 'vitest';
import { FILE_VERSION, readGraphFile, writeGraphFile } from '../../graphs/file.ts';
import { migrations } from '../../graphs/migrations.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

const read = (value: unknown) => readGraphFile(typeof value === 'string' ? value : JSON.stringify(value), nodeTypes);
const file = (nodes: unknown, edges: unknown = []) => ({
  format: 'editloom-graph',
  version: 1,
  title: 'T',
  nodes,
  edges,
});

it('[F1] what is written is read back the same, sizes, links and takes included', () => {
  const graph = {
    ...sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { as: 'range', first: 3, count: 2, list: '' }, { link: 'pair', title: 'Größe 橙色 🟠' }],
        e: [
          'edit',
          {
            prompt: 'x',
            negative_prompt: '',
            seed: 1,
            enable_thinking_mode: false,
            enable_reflection_mode: true,
            output_format: 'png',
          },
          { width: 400 },
        ],
      },
      'photo.image > e.image',
    ),
    takes: { ['b'.repeat(64)]: 3 },
  };
  expect(read(writeGraphFile('My graph', graph))).toEqual({ title: 'My graph', graph, notes: [] });
});

it('[F2] the newest version is the number of migrations, and a file is written in the oldest one that says all of it', () => {
  expect(FILE_VERSION).toBe(migrations.length);
  expect(JSON.parse(writeGraphFile('T', chain()))).toMatchObject({ format: 'editloom-graph', version: 1 });
});

it('[F2] a file without a version, with lists and short edges, is brought up to date', () => {
  const { graph, notes } = read({
    title: 'By hand',
    nodes: [
      { id: 'photo', type: 'load-image', params: { picture: picture() } },
      { id: 'e', type: 'edit', params: { prompt: 'x' } },
    ],
    edges: [{ from: 'photo.image', to: 'e.image' }],
  });
  expect(notes).toEqual([]);
  expect(Object.keys(graph.edges)).toEqual(['e.image']);
  expect(graph.nodes.e!.params.seed).toBe(1);
});

it.each([
  ['no JSON', 'not json', /this is no JSON/],
  ['a list', [], /got a list/],
  ['JSON of something else', { hello: 1 }, /has no "nodes"/],
  ['another format', { format: 'other', nodes: {} }, /Expected format "editloom-graph", got "other"/],
  ['a newer version', { format: 'editloom-graph', version: 99, nodes: {} }, /version 99, made by a newer Editloom/],
  ['a broken version', { version: 'one', nodes: {} }, /Expected a file version, got "one"/],
  ['a node without a type', file({ a: { position: { x: 0, y: 0 } } }), /at nodes\.a\.type/],
  [
    'a position that is no number',
    file({ a: { type: 'edit', position: { x: 'left', y: 0 } } }),
    /at nodes\.a\.position\.x/,
  ],
  [
    'a name of every object',
    '{"format":"editloom-graph","version":1,"nodes":{"constructor":{"type":"edit"}}}',
    /nodes\.constructor/,
  ],
])('[F3] %s is refused with the place of the fault', (_, value, message) => {
  expect(() => read(value)).toThrow(message);
});

it('[F3] __proto__ in a file changes no object', () => {
  try {
    read('{"format":"editloom-graph","version":1,"nodes":{"__proto__":{"type":"edit","polluted":1}}}');
  } catch {
    // A refusal is as good.
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(({} as Record<string, unknown>).type).toBeUndefined();
});

it('[F4] a node of an unknown type survives reading and writing with all its data', () => {
  const odd = {
    type: 'of-tomorrow',
    version: 7,
    position: { x: 1, y: 2 },
    params: { deep: { list: [1, null] } },
    colour: 'red',
  };
  const first = read(
    file({ odd, e: { type: 'edit', params: { prompt: 'x' } } }, [
      { from: { node: 'odd', port: 'image' }, to: { node: 'e', port: 'image' } },
    ]),
  );
  expect(first.notes).toEqual([
    '"odd" is of the unknown type "of-tomorrow": it is kept as a placeholder, with its data.',
  ]);
  const again = JSON.parse(writeGraphFile('T', first.graph)) as { nodes: Record<string, unknown>; edges: unknown[] };
  expect(again.nodes.odd).toEqual(odd);
  expect(again.edges).toHaveLength(1);
});

it('[F5] wrong parameters, dangling, ill-fitting, doubled and looping edges are told and mended; the rest is loaded', () => {
  const { graph, notes } = read(
    file(
      { photo: { type: 'load-image' }, a: { type: 'edit', params: { seed: -3, prompt: 'kept' } }, b: { type: 'edit' } },
      [
        { from: { node: 'photo', port: 'image' }, to: { node: 'a', port: 'image' } },
        { from: { node: 'gone', port: 'image' }, to: { node: 'b', port: 'image' } },
        { from: { node: 'photo', port: 'image' }, to: { node: 'b', port: 'prompt' } },
        { from: { node: 'b', port: 'image' }, to: { node: 'a', port: 'image' } },
        { from: { node: 'b', port: 'image' }, to: { node: 'b', port: 'image' } },
      ],
    ),
  );
  expect(graph.nodes.a!.params).toMatchObject({ seed: 1, prompt: 'kept' });
  expect(Object.keys(graph.edges)).toEqual(['a.image']);
  expect(notes).toEqual([
    'nodes.a.params.seed: Too small: expected number to be >=1, got -3; the usual value was put in its place.',
    'The edge from gone.image to b.image was left out: there is no node "gone".',
    'The edge from photo.image to b.prompt was left out: This input takes a text, not an image.',
    'The edge from b.image to a.image was left out: another edge ends at the same input.',
    'The edge from b.image to b.image was left out: a node cannot feed itself.',
  ]);
});

it('[F5] a loop in a file loses one edge and is told', () => {
  const loop = [
    { from: { node: 'a', port: 'image' }, to: { node: 'b', port: 'image' } },
    { from: { node: 'b', port: 'image' }, to: { node: 'c', port: 'image' } },
    { from: { node: 'c', port: 'image' }, to: { node: 'a', port: 'image' } },
  ];
  const { graph, notes } = read(file({ a: { type: 'edit' }, b: { type: 'edit' }, c: { type: 'edit' } }, loop));
  expect(Object.keys(graph.edges)).toEqual(['b.image', 'c.image']);
  expect(notes).toEqual([
    'The edge from c.image to a.image was left out: "a" already feeds "c": this edge would close a loop.',
  ]);
});

it('[F6] a file says how pictures are to be made, and nothing of those that were', () => {
  const file = JSON.parse(writeGraphFile('My graph', chain())) as { nodes: Record<string, object> };
  expect(Object.keys(file)).toEqual(['format', 'version', 'title', 'nodes', 'edges', 'takes']);
  expect(Object.values(file.nodes).map((node) => Object.keys(node))).toEqual(
    Array(4).fill(['type', 'version', 'position', 'params']),
  );
  expect(JSON.stringify(file)).not.toMatch(/https?:|\/api\/|status|request/i);
});
