import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, type Change } from '../../graphs/changes.ts';
import { whatChanged } from '../../graphs/difference.ts';
import { readGraphFile, writeGraphFile } from '../../graphs/file.ts';
import { emptyGraph, type Graph, type GraphNode } from '../../graphs/graph.ts';
import { canonical } from '../../graphs/key.ts';
import { reuse } from '../../graphs/same.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

const after = (graph: Graph, ...changes: Change[]) =>
  changes.reduce((before, change) => applyChange(before, change).graph, graph);
const words = (...changes: Change[]) => whatChanged(chain(), after(chain(), ...changes), nodeTypes);

const seeds: GraphNode = {
  id: 'seeds',
  type: 'seed-sweep',
  version: 1,
  position: { x: 0, y: 0 },
  params: { first: 1, count: 4 },
};
const prompt = (value: string, node = 'a'): Change => ({ type: 'setParam', node, name: 'prompt', value });
const seedsToA: Change = { type: 'connect', from: { node: 'seeds', port: 'seed' }, to: { node: 'a', port: 'seed' } };
const key = (digit: string) => digit.repeat(64);

describe('[R2] what changed, in words', () => {
  it.each<[string, Change[], string[]]>([
    ['a text', [prompt('make it blue')], ['Prompt of Edit changed to “make it blue”']],
    ['several lines', [prompt('red\n\nblue')], ['Prompt of Edit changed to “red / blue”']],
    ['a text that is gone', [prompt('')], ['Prompt of Edit emptied']],
    ['a number', [{ type: 'setParam', node: 'a', name: 'seed', value: 7 }], ['Seed of Edit changed from 1 to 7']],
    [
      'a switch',
      [{ type: 'setParam', node: 'a', name: 'enable_thinking_mode', value: false }],
      ['Thinking of Edit turned off'],
    ],
    [
      'another picture',
      [{ type: 'setParam', node: 'photo', name: 'picture', value: picture('b') }],
      ['Picture of Load image changed to “b.png”'],
    ],
    [
      'a sweep that was added and connected',
      [{ type: 'add', nodes: [seeds] }, seedsToA],
      ['Added Seed sweep', 'Connected Seed sweep to Edit'],
    ],
    ['a node that went with its edges', [{ type: 'remove', nodes: ['save'] }], ['Removed Save']],
    ['an edge that was cut', [{ type: 'remove', edges: ['b.image'] }], ['Disconnected Edit from Edit']],
    [
      'an edge that was drawn from elsewhere',
      [{ type: 'connect', from: { node: 'photo', port: 'image' }, to: { node: 'b', port: 'image' } }],
      ['Connected Load image to Edit in place of Edit'],
    ],
    ['a name', [{ type: 'setTitle', node: 'a', title: 'Colour' }], ['Renamed Edit to “Colour”']],
    [
      'places',
      [{ type: 'move', positions: { photo: { x: 9, y: 9 }, a: { x: 1, y: 2 }, b: { x: 3, y: 4 } } }],
      ['Moved Load image and 2 × Edit'],
    ],
    ['a width', [{ type: 'resize', node: 'a', width: 500 }], ['Resized Edit']],
    ['links', [{ type: 'link', nodes: ['a', 'save'], link: 'pair' }], ['Linked Edit and Save']],
    ['a take', [{ type: 'newTake', firstKeys: [key('1')] }], ['New take of an edit']],
    ['takes', [{ type: 'newTake', firstKeys: [key('1'), key('2')] }], ['New takes of 2 edits']],
  ])('%s', (_, changes, expected) => {
    expect(words(...changes)).toEqual(expected);
  });

  it('names the ports where one edge went and another came between the same nodes', () => {
    const text = sketch({ words: ['prompt', { text: 'x' }], a: ['edit'] }, 'words.text > a.prompt');
    const other = sketch({ words: ['prompt', { text: 'x' }], a: ['edit'] }, 'words.text > a.negative_prompt');
    expect(whatChanged(text, other, nodeTypes)).toEqual([
      'Connected Prompt to Negative prompt of Edit',
      'Disconnected Prompt from Prompt of Edit',
    ]);
  });

  it('shows where a long text was changed', () => {
    const long = 'turn the whole picture into an oil painting with thick strokes, in the light of';
    const [before, now] = [after(chain(), prompt(`${long} noon`)), after(chain(), prompt(`${long} dawn`))];
    expect(whatChanged(before, now, nodeTypes)).toEqual(['Prompt of Edit changed to “…light of dawn”']);
  });

  it('sums up what is many, and leaves the rest to a number', () => {
    const many = after(chain(), {
      type: 'add',
      nodes: ['prompt', 'edit', 'save', 'seed-sweep', 'edit'].map((type, i) => ({ ...seeds, id: `n${i}`, type })),
    });
    expect(whatChanged(chain(), many, nodeTypes)).toEqual(['Added 5 nodes']);
    expect(whatChanged(emptyGraph, chain(), nodeTypes)).toEqual(['Added Load image, 2 × Edit and Save']);
    const all: Change[] = [
      { type: 'add', nodes: [seeds] },
      { type: 'remove', nodes: ['save'] },
      { type: 'setTitle', node: 'a', title: 'Colour' },
      prompt('x'),
      { type: 'newTake', firstKeys: [key('1')] },
      { type: 'resize', node: 'b', width: 500 },
      { type: 'move', positions: { photo: { x: 9, y: 9 } } },
    ];
    expect(words(...all)).toEqual([
      'Added Seed sweep',
      'Removed Save',
      'Renamed Edit to “Colour”',
      'Prompt of Colour changed to “x”',
      'New take of an edit',
      'and 2 more changes',
    ]);
  });

  it('takes a node of another type for another node, even under the same id', () => {
    const before = sketch({ n1: ['prompt', { text: 'x' }] });
    expect(whatChanged(before, sketch({ n1: ['save'] }), nodeTypes)).toEqual(['Added Save', 'Removed Prompt']);
  });

  it('says of placeholders that their data changed', () => {
    const of = (secret: number) => sketch({ odd: ['of-tomorrow', {}, { secret } as Partial<GraphNode>] });
    expect(whatChanged(of(1), of(2), nodeTypes)).toEqual(['Other data of of-tomorrow changed']);
  });
});

const someChange = fc.oneof<fc.Arbitrary<Change>[]>(
  fc.string().map((text) => prompt(text)),
  fc.constantFrom('photo', 'a', 'b', 'save').map((id): Change => ({ type: 'remove', nodes: [id] })),
  fc.constantFrom('b.image', 'save.image').map((id): Change => ({ type: 'remove', edges: [id] })),
  fc.constantFrom('a', 'b').map((node): Change => ({
    type: 'connect',
    from: { node: 'photo', port: 'image' },
    to: { node, port: 'image' },
  })),
  fc.string().map((title): Change => ({ type: 'setTitle', node: 'b', title })),
  fc.jsonValue().map((value): Change => ({ type: 'setParam', node: 'b', name: 'of_my_own', value })),
  fc.integer({ min: 0, max: 3 }).map((x): Change => ({ type: 'move', positions: { a: { x, y: 0 } } })),
  fc.integer({ min: 200, max: 202 }).map((width): Change => ({ type: 'resize', node: 'a', width })),
  fc.constantFrom('link', null).map((link): Change => ({ type: 'link', nodes: ['a', 'b'], link })),
  fc.constantFrom('1', '2').map((digit): Change => ({ type: 'newTake', firstKeys: [key(digit)] })),
  fc.constant<Change>({ type: 'add', nodes: [seeds] }),
);

it('[R2] has words for every change that there is, and none where nothing changed', () => {
  fc.assert(
    fc.property(fc.array(someChange, { maxLength: 6 }), someChange, (changes, last) => {
      const before = after(chain(), ...changes);
      const { graph } = applyChange(before, last);
      const isOther = canonical(graph) !== canonical(before);
      expect(whatChanged(before, graph, nodeTypes).length > 0).toBe(isOther);
      expect(whatChanged(graph, before, nodeTypes).length > 0).toBe(isOther);
      expect(whatChanged(before, structuredClone(before), nodeTypes)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('[H2] what is equal keeps its identity when a whole graph comes back', () => {
  const start = readGraphFile(writeGraphFile('T', chain()), nodeTypes).graph;
  const again = readGraphFile(writeGraphFile('T', start), nodeTypes).graph;
  expect(again).not.toBe(start);
  expect(reuse(start, again)).toBe(start);
  const changed = after(again, prompt('x'));
  const reused = reuse(start, changed);
  expect(reused).toEqual(changed);
  expect(reused.nodes.b).toBe(start.nodes.b);
  expect(reused.nodes.a).not.toBe(start.nodes.a);
  expect(reused.edges).toBe(start.edges);
});
