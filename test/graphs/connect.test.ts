import { expect, it } from 'vitest';
import { canConnect } from '../../graphs/connect.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, sketch } from '../support/sketch.ts';

const ask = (from: string, to: string, graph = chain()) => {
  const [[a, b], [c, d]] = [from.split('.'), to.split('.')];
  return canConnect(graph, nodeTypes, { node: a!, port: b! }, { node: c!, port: d! });
};

it('[C1] an output feeds an input of its kind', () => {
  expect(ask('photo.image', 'save.image')).toEqual({ replaces: expect.objectContaining({ id: 'save.image' }) });
});

it.each([
  ['C1', 'a kind that does not fit', 'photo.image', 'a.prompt', 'kind', 'This input takes a text, not an image.'],
  ['C2', 'itself', 'a.image', 'a.image', 'self', 'A node cannot feed itself.'],
  ['C3', 'a loop', 'b.image', 'a.image', 'cycle', '"a" already feeds "b": this edge would close a loop.'],
  ['C6', 'a port that is not there', 'photo.mask', 'a.image', 'no-such-port', 'There is no output "mask" on "photo".'],
  [
    'C6',
    'a port by a name of every object',
    'photo.image',
    'a.constructor',
    'no-such-port',
    'There is no input "constructor" on "a".',
  ],
  ['C4', 'the same edge again', 'photo.image', 'a.image', 'already-there', 'These two are connected already.'],
])('[%s] refuses %s', (_, __, from, to, reason, message) => {
  expect(ask(from, to)).toEqual({ reason, message });
});

it('[C3] a loop is found at the end of a chain of 50,000', () => {
  const nodes = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`n${i}`, ['edit'] as const]));
  const edges = Array.from({ length: 49_999 }, (_, i) => `n${i}.image > n${i + 1}.image`);
  expect(ask('n49999.image', 'n0.image', sketch(nodes, ...edges))).toMatchObject({ reason: 'cycle' });
});

it('[C4] names the edge that a new one replaces', () => {
  expect(ask('photo.image', 'b.image')).toEqual({
    replaces: expect.objectContaining({ from: { node: 'a', port: 'image' } }),
  });
});

it('[C5] an output may feed any number of inputs: one more edge replaces none', () => {
  const fed = Array.from({ length: 20 }, (_, i) => `fed${i}`);
  const graph = sketch(
    { photo: ['load-image'], one: ['edit'], ...Object.fromEntries(fed.map((id) => [id, ['edit'] as const])) },
    ...fed.map((id) => `photo.image > ${id}.image`),
  );
  expect(ask('photo.image', 'one.image', graph)).toEqual({ replaces: null });
});
