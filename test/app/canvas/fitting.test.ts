import { expect, it } from 'vitest';
import {
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
  expect(titles('', end('l.image', 'output', 'image')).sort()).toEqual(['Edit', 'Save']);
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
