import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelsOf } from '../../graphs/axes.ts';
import { expandChoices } from '../../graphs/choices.ts';
import { fillName } from '../../graphs/file-name.ts';
import { canonical, createTextHasher, hashText } from '../../graphs/key.ts';
import { makePlan } from '../../graphs/plan.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

it.each([
  [{ b: 1, a: [true, null, 'x'], c: undefined }, '{"a":[true,null,"x"],"b":1}'],
  ['Größe 橙色 🟠', '"Größe 橙色 🟠"'],
  [-0, '0'],
])('[K1] canonical JSON of %j', (value, text) => {
  expect(canonical(value)).toBe(text);
});

it('[K1] what JSON cannot say is an error in a key, not null', () => {
  expect(() => canonical({ a: NaN })).toThrow(/finite number/);
});

it('[K1] hashes UTF-8 bytes', () => {
  // printf '%s' 'Größe 橙色 🟠' | sha256sum
  expect(hashText('Größe 橙色 🟠')).toBe('b72192018ffc4ad64853caf25182032eab609bca9c9d2f3f07d92335c2638c62');
});

it('[K1] texts with one beginning have the keys of the whole texts, wherever it ends and however long they are', () => {
  const hasher = createTextHasher();
  const text = fc.string({ unit: 'grapheme', maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 4 }), (beginning, rests) => {
      const hash = hasher.after(beginning);
      for (const rest of rests) {
        expect(hash(rest)).toBe(hashText(beginning + rest));
        expect(hasher.hash(rest)).toBe(hashText(rest));
      }
    }),
  );
  expect(hasher.after('a')('b'.repeat(5000))).toBe(hashText(`a${'b'.repeat(5000)}`));
});

it.each([
  ['plain', ['plain']],
  ['one\n\n  two  \r\nthree', ['one', 'two', 'three']],
  ['make it {red|green}', ['make it red', 'make it green']],
  ['{a|b} {1|2}', ['a 1', 'a 2', 'b 1', 'b 2']],
  ['{a|{b|c}}', ['a', 'b', 'a', 'c']],
  ['keep {this} and {', ['keep {this} and {']],
  ['{|very }big', ['big', 'very big']],
  ['a { red | green } door', ['a red door', 'a green door']],
  ['', []],
])('a prompt sweep of %j', (text, values) => {
  expect(expandChoices(text)).toEqual({ values, overflow: false });
});

it('choices that multiply beyond reason are refused instead of filling the memory', () => {
  expect(expandChoices('{a|b|c|d|e|f|g|h|i|j}'.repeat(12))).toEqual({ values: [], overflow: true });
});

const swept = () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 7, count: 12 }, { title: 'Seeds' }],
      e: ['edit', { prompt: 'to/the sea' }],
      save: ['save'],
    },
    'photo.image > e.image',
    'seeds.seed > e.seed',
    'e.image > save.image',
  );
  const plan = makePlan(graph, nodeTypes, 'test');
  return { plan, task: plan.nodes.get('save')!.tasks[2]! };
};

it.each([
  ['{title}/{index}-{seed}', 'My-graph/03-9'],
  ['{prompt}', 'to-the sea'],
  ['{axis:seeds}', '9'],
  ['{date} {axis:none} {other}', '{date} {axis:none} {other}'],
])('[N1, N2] the name %j', (template, name) => {
  expect(fillName(template, { title: 'My/graph', ...swept() })).toBe(name);
});

it('labels of a point name each sweep', () => {
  const { plan } = swept();
  expect(labelsOf(plan.nodes.get('save')!.axes, 2)).toEqual([{ title: 'Seeds', value: 9, index: 2 }]);
});

it('[V1] provenance tells every step from the source on, with what was asked and how it was made', () => {
  const plan = makePlan(chain(), nodeTypes, 'test');
  const making = { service: 's', model: 'm', requestId: 'r1', price: null };
  const b = plan.nodes.get('b')!.tasks[0]!;
  const { steps } = provenanceOf(plan, b, () => ({ status: 'done', outputs: {}, making }));
  expect(steps.map(({ key }) => key)).toEqual([plan.nodes.get('a')!.tasks[0]!.key, b.key]);
  expect(steps[0]).toMatchObject({
    type: 'edit',
    version: 1,
    values: { prompt: 'change background to orange', seed: 1, image: { sha256: 'a'.repeat(64) } },
    making,
  });
  expect(steps[1]).toMatchObject({ inputs: { image: { key: steps[0]!.key, port: 'image' } } });
});
