import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error -- plain JavaScript, read by Node itself
import { mutations } from './mutation-list.js';

type Mutation = { rule: string; file: string; from: string };

it.each(mutations as Mutation[])('the mutation check can still break $rule in $file', ({ file, from }) => {
  expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
});
