import { expect, it } from 'vitest';
import type { NodeType } from '../../graphs/node-type.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture } from '../support/sketch.ts';

const typeOf = (name: string): NodeType => nodeTypes.get(name)!;
const paramsOf = (type: NodeType, params: Record<string, unknown>) => type.params.parse(params);
/** Error, note and values of the axis. */
function told(name: string, given: Record<string, unknown>) {
  const type = typeOf(name);
  const params = paramsOf(type, given);
  return [type.check?.(params) ?? null, type.note?.(params) ?? null, type.axis!(params)];
}

it('[F5] a seed sweep of before is a range, as it was', () => {
  expect(told('seed-sweep', { first: 7, count: 3 })).toEqual([null, null, [7, 8, 9]]);
});

it('[A4] a list of seeds is an axis in its order; what stands twice is told', () => {
  expect(told('seed-sweep', { as: 'list', list: '9, 3, 9', first: 1, count: 4 })).toEqual([
    null,
    '1 seed occurs twice: made once, shown twice.',
    [9, 3, 9],
  ]);
  expect(told('seed-sweep', { as: 'list', list: '' })[0]).toBe('Write at least one seed, or let some be rolled.');
  expect(told('seed-sweep', { as: 'list', list: 'seven' })[0]).toContain('got “seven”');
});

it('a list of seeds that is not in use is not looked at', () => {
  expect(told('seed-sweep', { as: 'range', first: 1, count: 1, list: 'rubbish' })).toEqual([null, null, [1]]);
});

it('[A4] prompts that stand twice are two points, and told', () => {
  expect(told('prompt-sweep', { prompts: 'a\n{b|c}\na\nb' })).toEqual([
    null,
    '2 prompts occur twice: made once, shown twice.',
    ['a', 'b', 'c', 'a', 'b'],
  ]);
});

it('switches and formats are axes of two values, in the order that is chosen', () => {
  expect(told('switch-sweep', {})).toEqual([null, null, [false, true]]);
  expect(told('switch-sweep', { order: 'on, off' })).toEqual([null, null, [true, false]]);
  expect(told('format-sweep', {})).toEqual([null, null, ['jpeg', 'png']]);
  expect(told('format-sweep', { order: 'png, jpeg' })).toEqual([null, null, ['png', 'jpeg']]);
  expect(typeOf('switch-sweep').run({ values: {}, at: true })).toEqual({ on: true });
  expect(typeOf('format-sweep').run({ values: {}, at: 'png' })).toEqual({ format: 'png' });
});

it('a batch is an axis of its pictures; one is enough, and the same one twice is told', () => {
  const [a, b] = [picture('a'), picture('b')];
  expect(told('image-batch', {})[0]).toBe('Choose pictures: press here, or drop files or a folder.');
  expect(told('image-batch', { pictures: [a] })).toEqual([null, null, [a]]);
  expect(told('image-batch', { pictures: [a, b, { ...a, name: 'again.png' }] })[1]).toBe(
    '1 picture occurs twice: made once, shown twice.',
  );
  expect(typeOf('image-batch').params.safeParse({ pictures: Array(1001).fill(a) }).success).toBe(false);
});

it('a table is one axis of its rows, with an output for each column', () => {
  const columns = [
    { id: 'c1', title: 'prompt' },
    { id: 'c2', title: 'seed' },
  ];
  const table = {
    columns,
    rows: [
      ['orange', '7'],
      ['blue', ''],
      ['orange', '7'],
    ],
  };
  const type = typeOf('table');
  const [check, note, axis] = told('table', { table });
  expect(check).toBe(null);
  expect(note).toBe('“seed” holds seeds, but row 2 has none. 1 row occurs twice: made once, shown twice.');
  expect((axis as unknown[]).map((at) => type.run({ values: {}, at }))).toEqual([
    { c1: 'orange', c2: 7 },
    { c1: 'blue', c2: undefined },
    { c1: 'orange', c2: 7 },
  ]);
  expect(type.outputsOf!(paramsOf(type, { table }))).toEqual({
    c1: { kind: 'text', title: 'prompt' },
    c2: { kind: 'seed', title: 'seed' },
  });
  expect(told('table', {})[0]).toBe('Drop or paste a table, or begin an empty one: there are no rows yet.');
});
