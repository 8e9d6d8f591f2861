import { describe, expect, it } from 'vitest';
import { meantNode, meantNodes } from '../../../app/canvas/meant.ts';

describe('what a key on the canvas means', () => {
  it.each([
    { selected: ['a', 'b'], focused: null, nodes: ['a', 'b'], one: null },
    { selected: ['a'], focused: null, nodes: ['a'], one: 'a' },
    { selected: ['a', 'b'], focused: 'b', nodes: ['a', 'b'], one: 'b' },
    { selected: ['a', 'b'], focused: 'c', nodes: ['c'], one: 'c' },
    { selected: [], focused: 'c', nodes: ['c'], one: 'c' },
    { selected: [], focused: null, nodes: [], one: null },
  ])(
    'selected $selected, focused $focused: all of $nodes; where only one can be, $one',
    ({ selected, focused, ...rest }) => {
      expect({ nodes: meantNodes(selected, focused), one: meantNode(selected, focused) }).toEqual(rest);
    },
  );
});
