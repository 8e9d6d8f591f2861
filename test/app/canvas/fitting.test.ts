import { expect, it } from 'vitest';
import {
  endForNext,
  possibleEdges,
  portThatFits,
  refusalWords,
  searchTypes,
  targetOnNode,
  type LooseEnd,
} from '../../../app/canvas/fitting.ts';
import { canConnect, isRefusal } from '../../../graphs/connect.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain, sketch } from '../../support/sketch.ts';

const end = (text: string, side: LooseEnd['side'], kind: LooseEnd['kind']): LooseEnd => {
  const [node, port] = text.split('.');
  return { ref: { node: node!, port: port! }, side, kind };
};
const titles = (words: string, loose: LooseEnd | null = null) =>
  searchTypes(nodeTypes, words, loose).map(({ title }) => title);

it('what begins with the words comes first', () => {
  expect(titles('prom').slice(0, 3)).toEqual(['Prompt', 'Prompt sweep', 'Negative prompt']);
  expect(titles('seed')[0]).toBe('Seed sweep');
  expect(titles('xyz')).toEqual([]);
});

it('after an edge was dropped on empty space only node types that it fits are offered', () => {
  expect(titles('', end('p.text', 'output', 'text'))).toEqual(['Edit']);
  expect(titles('', end('e.seed', 'input', 'seed'))).toEqual(['Seed sweep']);
  expect(titles('', end('l.image', 'output', 'image')).sort()).toEqual(['Collect', 'Edit', 'Pick', 'Save']);
  expect(portThatFits(nodeTypes.get('edit')!, { kind: 'seed', side: 'output' })).toBe('seed');
});

it('an edge that is let go over a card ends at a free input before a taken one', () => {
  const graph = sketch(
    { p: ['prompt', { text: 'x' }], q: ['prompt', { text: 'y' }], e: ['edit'] },
    'p.text > e.prompt',
  );
  const at = (node: string, loose: LooseEnd) => targetOnNode(graph, nodeTypes, loose, node);
  expect(at('e', end('q.text', 'output', 'text'))).toEqual({ node: 'e', port: 'negative_prompt' });
  expect(at('p', end('e.prompt', 'input', 'text'))).toBeNull();
  expect(at('q', end('e.prompt', 'input', 'text'))).toEqual({ node: 'q', port: 'text' });
  expect(at('p', end('q.text', 'output', 'text'))).toBeNull();
});

it('the list of edges that may be drawn leaves out loops and what is there already', () => {
  const list = possibleEdges(chain(), nodeTypes, 'a').map(({ to, replaces }) => [`${to.node}.${to.port}`, replaces]);
  expect(list).toEqual([['save.image', true]]);
});

it('a loop is refused without the names that only a graph file knows', () => {
  const answer = canConnect(chain(), nodeTypes, { node: 'b', port: 'image' }, { node: 'a', port: 'image' });
  expect(isRefusal(answer) && refusalWords(answer)).toBe(
    'This edge would close a loop: the second card already feeds the first.',
  );
});

it('without a mouse a node can be connected from its own end too, where an input is free', () => {
  const graph = sketch({ photo: ['load-image'], e: ['edit'], p: ['prompt', { text: 'x' }] }, 'p.text > e.prompt');
  const list = possibleEdges(graph, nodeTypes, 'e').map(
    ({ from, to }) => `${from.node}.${from.port} > ${to.node}.${to.port}`,
  );
  expect(list).toEqual(['photo.image > e.image', 'p.text > e.negative_prompt']);
});

it('a node that is added beside another is fed by it where only an edge can feed it', () => {
  const graph = sketch({ photo: ['load-image'], e: ['edit'], p: ['prompt', { text: 'x' }], s: ['save'] });
  const next = (node: string, type: string) => endForNext(graph, nodeTypes, node, nodeTypes.get(type)!)?.ref ?? null;
  expect(next('photo', 'edit')).toEqual({ node: 'photo', port: 'image' });
  expect(next('e', 'save')).toEqual({ node: 'e', port: 'image' });
  // A prompt may be typed on the card as well, and a save feeds nothing.
  expect(next('p', 'edit')).toBeNull();
  expect(next('s', 'edit')).toBeNull();
  expect(next('e', 'load-image')).toBeNull();
});
