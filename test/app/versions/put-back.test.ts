import { expect, it } from 'vitest';
import { createDocument } from '../../../app/document.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain } from '../../support/sketch.ts';

const newDocument = () => createDocument({ get: async () => undefined, set: async () => undefined }, nodeTypes);

it('[R3] a state that is put back is one change, undone and done again with its title', () => {
  const document = newDocument();
  document.open({ title: 'Now', graph: chain() });
  const now = document.get().graph;
  const before = { ...structuredClone(now), nodes: { ...structuredClone(now.nodes) } };
  delete (before.nodes as Record<string, unknown>).save;
  expect(document.putBack({ title: 'Then', graph: before })).toBe(true);
  expect(document.get()).toMatchObject({ title: 'Then', opened: 1 });
  expect(document.get().graph).toEqual(before);
  expect(document.get().graph.nodes.a).toBe(now.nodes.a);
  document.undo();
  expect(document.get().graph).toBe(now);
  expect(document.get().title).toBe('Now');
  document.redo();
  expect(document.get()).toMatchObject({ title: 'Then', graph: before });
});

it('[R3] putting back what differs in its title alone is a change too, and none where nothing may be changed', () => {
  const document = newDocument();
  document.open({ title: 'Now', graph: chain() });
  document.putBack({ title: 'Then', graph: structuredClone(chain()) });
  document.undo();
  expect(document.get().title).toBe('Now');
  const refused: string[] = [];
  document.onRefused((why) => refused.push(why));
  document.setReadOnly('Only to be looked at.');
  expect(document.putBack({ title: 'Then', graph: chain() })).toBe(false);
  expect(document.get().title).toBe('Now');
  expect(refused).toEqual(['Only to be looked at.']);
});
