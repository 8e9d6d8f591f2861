import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderOf } from '../../graphs/order.ts';
import { sketch } from '../support/sketch.ts';

const edits = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, ['edit'] as const]));

it('[O1] what feeds a node comes before it, whatever the graph', () => {
  const graphs = fc
    .array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 60 })
    .map((pairs) => pairs.filter(([from, to]) => from !== to));
  fc.assert(
    fc.property(graphs, fc.boolean(), (pairs, canLoop) => {
      const ends = canLoop ? pairs : pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
      // One edge per input, as in every graph; the nodes stand in an order of their own.
      const texts = new Map(ends.map(([from, to]) => [to, `n${from}.image > n${to}.image`]));
      const names = Array.from({ length: 30 }, (_, i) => `n${(i * 7) % 30}`);
      const graph = sketch(edits(...names), ...texts.values());
      const { ids, cyclic } = orderOf(graph);
      expect([...ids, ...cyclic].sort()).toEqual([...names].sort());
      expect(cyclic.length === 0 || canLoop).toBe(true);
      const place = new Map(ids.map((id, i) => [id, i]));
      const late = Object.values(graph.edges).filter(({ from, to }) => {
        const at = place.get(to.node);
        return at !== undefined && !((place.get(from.node) ?? Infinity) < at);
      });
      expect(late).toEqual([]);
    }),
  );
});

it('[O2] a chain of 100,000 nodes, given backwards, needs no recursion', () => {
  const count = 100_000;
  const names = Array.from({ length: count }, (_, i) => `n${count - 1 - i}`);
  const edges = Array.from({ length: count - 1 }, (_, i) => `n${i}.image > n${i + 1}.image`);
  const { ids } = orderOf(sketch(edits(...names), ...edges));
  expect(ids.length).toBe(count);
  expect(ids.slice(0, 2)).toEqual(['n0', 'n1']);
});

it('[O3] nodes on a loop and behind one are named, the others are ordered all the same', () => {
  const graph = sketch(
    edits('behind', 'a', 'b', 'end', 'start'),
    'a.image > b.image',
    'b.image > a.image',
    'b.image > behind.image',
    'start.image > end.image',
  );
  const { ids, cyclic } = orderOf(graph);
  expect(ids).toEqual(['start', 'end']);
  expect(cyclic.toSorted()).toEqual(['a', 'b', 'behind']);
});
