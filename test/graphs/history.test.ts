import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change } from '../../graphs/changes.ts';
import { change, redo, startHistory, undo } from '../../graphs/history.ts';
import { chain, sketch } from '../support/sketch.ts';

const type = (text: string): Change => ({ type: 'setParam', node: 'a', name: 'prompt', value: text });

it('[H1] a burst of typing is one undo step, the next burst another', () => {
  let history = startHistory(chain());
  for (const text of ['h', 'he', 'hey']) history = change(history, type(text), 'typing-1');
  history = change(history, type('hey you'), 'typing-2');
  expect(history.past).toHaveLength(2);
  expect(undo(history).graph.nodes.a!.params.prompt).toBe('hey');
  expect(undo(undo(history)).graph).toEqual(chain());
});

it('[H2] a change that changes nothing leaves no step, and what is not touched keeps its identity', () => {
  const start = startHistory(chain());
  expect(change(start, { type: 'remove', nodes: ['nobody'] })).toBe(start);
  const { prompt } = start.graph.nodes.a!.params;
  expect(change(start, type(String(prompt)))).toBe(start);
  expect(change(start, { type: 'move', positions: { a: { ...start.graph.nodes.a!.position } } })).toBe(start);
  const after = change(start, type('x'));
  expect(after.graph.nodes.b).toBe(start.graph.nodes.b);
  expect(after.graph.edges).toBe(start.graph.edges);
});

it('[H3] a new change drops what could be redone', () => {
  const history = change(undo(change(startHistory(chain()), type('x'))), type('y'));
  expect(redo(history)).toBe(history);
});

it('[H4] removing a node removes its edges, and undo brings both back', () => {
  const history = change(startHistory(chain()), { type: 'remove', nodes: ['a'] });
  expect(Object.keys(history.graph.edges)).toEqual(['save.image']);
  expect(undo(history).graph).toEqual(chain());
});

it('[C4] connecting replaces the edge that ended at the same input', () => {
  const { graph } = change(startHistory(chain()), {
    type: 'connect',
    from: { node: 'photo', port: 'image' },
    to: { node: 'b', port: 'image' },
  });
  expect(Object.values(graph.edges).filter(({ to }) => to.node === 'b')).toEqual([
    { id: 'b.image', from: { node: 'photo', port: 'image' }, to: { node: 'b', port: 'image' } },
  ]);
});

it('[H3] undoing everything and redoing everything give the same graphs, whatever was done', () => {
  const someChange = fc.oneof<fc.Arbitrary<Change>[]>(
    fc.string().map(type),
    fc.constantFrom('a', 'b', 'save').map((id): Change => ({ type: 'remove', nodes: [id] })),
    fc.constantFrom('a', 'b').map((id): Change => ({
      type: 'connect',
      from: { node: 'photo', port: 'image' },
      to: { node: id, port: 'image' },
    })),
    fc
      .integer({ min: 0, max: 99 })
      .map((x): Change => ({ type: 'move', positions: { a: { x, y: 0 }, b: { x: 0, y: x } } })),
    fc.constant<Change>({ type: 'replace', graph: sketch({ only: ['prompt', { text: 'x' }] }) }),
    fc.constantFrom('link', null).map((link): Change => ({ type: 'link', nodes: ['a', 'b'], link })),
    fc.constant<Change>({ type: 'newTake', firstKeys: ['f'.repeat(64)] }),
    fc.nat({ max: 3 }).map((take): Change => ({ type: 'showTakes', takes: { ['f'.repeat(64)]: take + 1 } })),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(someChange, fc.constantFrom(null, 'g1', 'g2')), { maxLength: 20 }), (changes) => {
      const start = startHistory(chain());
      const end = changes.reduce((history, [what, gesture]) => change(history, what, gesture), start);
      let back = end;
      while (back.past.length > 0) back = undo(back);
      expect(back.graph).toEqual(start.graph);
      while (back.future.length > 0) back = redo(back);
      expect(back.graph).toEqual(end.graph);
    }),
  );
});
