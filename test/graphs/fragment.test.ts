import { expect, it } from 'vitest';
import { applyChange } from '../../graphs/changes.ts';
import { pasteFragment, readFragment, takeFragment, writeFragment } from '../../graphs/fragment.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, sketch } from '../support/sketch.ts';

const at = { x: 1000, y: 500 };
const edgesOf = (change: {
  edges?: readonly { from: { node: string; port: string }; to: { node: string; port: string } }[];
}) => (change.edges ?? []).map(({ from, to }) => `${from.node}.${from.port} > ${to.node}.${to.port}`);

it('[G1] a pasted fragment has fresh ids and keeps the edges among its nodes', () => {
  const graph = chain();
  const change = pasteFragment(graph, nodeTypes, takeFragment(graph, ['a', 'b']), { at, keepIncoming: false });
  expect(change.nodes.map(({ id, position }) => [id, position])).toEqual([
    ['edit1', { x: 1000, y: 500 }],
    ['edit2', { x: 1300, y: 500 }],
  ]);
  expect(edgesOf(change)).toEqual(['edit1.image > edit2.image']);
});

it('[G2] the edges that came in from outside are kept on wish, where their nodes still are', () => {
  const graph = chain();
  const fragment = takeFragment(graph, ['a', 'b']);
  expect(edgesOf(pasteFragment(graph, nodeTypes, fragment, { at, keepIncoming: true }))).toEqual([
    'edit1.image > edit2.image',
    'photo.image > edit1.image',
  ]);
  const without = applyChange(graph, { type: 'remove', nodes: ['photo'] }).graph;
  expect(edgesOf(pasteFragment(without, nodeTypes, fragment, { at, keepIncoming: true }))).toEqual([
    'edit1.image > edit2.image',
  ]);
});

it('[G3] survives the way through a text', () => {
  const fragment = takeFragment(chain(), ['a', 'save']);
  const read = readFragment(writeFragment(fragment), nodeTypes);
  expect(read?.incoming).toEqual(fragment.incoming);
  expect(Object.keys(read?.graph.nodes ?? {})).toEqual(['a', 'save']);
  expect(read?.graph.nodes['a']?.params).toMatchObject({ prompt: 'change background to orange', seed: 1 });
});

it.each([
  ['a word', 'orange'],
  ['other JSON', '{"format":"something","nodes":{}}'],
  ['a fragment with a broken graph', '{"format":"editloom-fragment","graph":{"nodes":3},"incoming":[]}'],
  ['a fragment that is cut off', '{"format":"editloom-fragment","graph":{'],
])('[G3] %s is no fragment', (_, text) => {
  expect(readFragment(text, nodeTypes)).toBeNull();
});

it('[G4] sweeps that were linked are linked among themselves, and not with the originals', () => {
  const graph = sketch({
    s: ['seed-sweep', {}, { link: 'link1' }],
    t: ['prompt-sweep', { prompts: 'x' }, { link: 'link1' }],
  });
  const both = pasteFragment(graph, nodeTypes, takeFragment(graph, ['s', 't']), { at, keepIncoming: false });
  expect(both.nodes.map(({ link }) => link)).toEqual(['link2', 'link2']);
  const one = pasteFragment(graph, nodeTypes, takeFragment(graph, ['s']), { at, keepIncoming: false });
  expect(one.nodes.map(({ link }) => link)).toEqual([undefined]);
});
