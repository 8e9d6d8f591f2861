import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf, pictureFieldOf } from '../../../app/canvas/fields.ts';
import { defineNode } from '../../../graphs/node-type.ts';
import { nodeTypes } from '../../../nodes/index.ts';

const typeOf = (params: z.ZodObject) =>
  defineNode({
    type: 'sample',
    version: 1,
    title: 'Sample',
    category: 'Edits',
    description: '',
    params,
    inputs: {},
    outputs: {},
    run: () => ({}),
  });

it('the control follows from the schema where the definition names none', () => {
  const type = typeOf(
    z.object({
      words: z.string().default(''),
      amount: z.number().int().min(0).max(10).default(3),
      sure: z.boolean().default(true),
      format: z.enum(['jpeg', 'png']).optional(),
      wish: z.string().default('').meta({ title: 'A wish', control: 'textarea', rows: 4, placeholder: 'say it' }),
      odd: z.map(z.string(), z.string()).default(new Map()),
    }),
  );
  expect(fieldsOf(type).map(({ name, title, control, secondary }) => [name, title, control, secondary])).toEqual([
    ['words', 'words', 'text', false],
    ['amount', 'amount', 'number', false],
    ['sure', 'sure', 'switch', true],
    ['format', 'format', 'choice', true],
    ['wish', 'A wish', 'textarea', false],
    ['odd', 'odd', 'unknown', false],
  ]);
  const [, amount, , format, wish] = fieldsOf(type);
  expect(amount).toMatchObject({ min: 0, max: 10 });
  expect(format!.choices).toEqual(['jpeg', 'png']);
  expect(wish).toMatchObject({ rows: 4, placeholder: 'say it' });
});

it('a number without limits has none to show', () => {
  const [field] = fieldsOf(typeOf(z.object({ n: z.number().int().default(0) })));
  expect(field).toMatchObject({ control: 'number', min: undefined, max: undefined });
});

it('exactly one node type takes a dropped picture', () => {
  const takers = [...nodeTypes.values()].filter(pictureFieldOf);
  expect(takers).toHaveLength(1);
  expect(takers[0]!.outputs).toHaveProperty('image');
});
