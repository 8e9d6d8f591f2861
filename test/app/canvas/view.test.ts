import { expect, it } from 'vitest';
import { createView } from '../../../app/canvas/view.ts';
import { createDocument } from '../../../app/document.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { picture, sketch } from '../../support/sketch.ts';

/** A view of a graph with the node `edit1`, and of another with a node of the same name. */
function open() {
  const document = createDocument({ get: async () => undefined, set: async () => undefined }, nodeTypes);
  const graph = () => sketch({ edit1: ['edit', {}] });
  document.open({ title: 'One', graph: graph() });
  const view = createView(document, nodeTypes);
  view.follow();
  return { document, view, openAnother: () => document.open({ title: 'Two', graph: graph() }) };
}

it('what a card has shown is told while its graph changes, and not of a node of the same name in another graph', () => {
  const { document, view, openAnother } = open();
  view.remember('edit1', 0, picture('a'));
  document.change({ type: 'setParam', node: 'edit1', name: 'prompt', value: 'another' });
  expect(view.lastShown('edit1', 0)).toEqual(picture('a'));
  expect(view.lastShown('edit1', 1)).toBeUndefined();
  openAnother();
  expect(view.lastShown('edit1', 0)).toBeUndefined();
});

it('another graph begins with nothing folded, marked, selected or stepped to, and stops what was on its way', () => {
  const { view, openAnother } = open();
  let stopped = false;
  view.toggleCollapsed(['edit1']);
  view.mark('edit1', 1);
  view.show('edit1', 1);
  view.select(['edit1']);
  view.set({
    renaming: 'edit1',
    popup: { type: 'menu', at: { x: 0, y: 0 }, node: 'edit1' },
    intakes: new Map([['edit1', { total: 1, done: 0, failed: [], stop: () => (stopped = true) }]]),
  });
  openAnother();
  const { collapsed, marked, current, renaming, popup, intakes } = view.get();
  expect([collapsed.size, marked.size, current.size, intakes.size]).toEqual([0, 0, 0, 0]);
  expect({ renaming, popup, selected: view.selected(), stopped }).toEqual({
    renaming: null,
    popup: null,
    selected: [],
    stopped: true,
  });
});
