import { describe, expect, it } from 'vitest';
import type { Known } from '../../graphs/known.ts';
import { makePlan } from '../../graphs/plan.ts';
import { inputPictureOf, originalOf, pictureOf } from '../../graphs/task-picture.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture } from '../support/sketch.ts';

const plan = makePlan(chain(), nodeTypes, 'test');
const task = (node: string) => plan.nodes.get(node)!.tasks[0]!;
const made = picture('e');
const lookup = (key: string): Known | undefined =>
  key === task('a').key ? { status: 'done', outputs: { image: made } } : undefined;

describe('the picture of a task', () => {
  it.each([
    ['photo', picture()],
    ['a', made],
    ['b', null],
  ])('of "%s" is what it made', (node, expected) => {
    expect(pictureOf(plan, task(node), lookup)).toEqual(expected);
  });

  it('is what arrives, where the node gives no picture on', () => {
    const known = (key: string): Known | undefined =>
      key === task('b').key ? { status: 'done', outputs: { image: made } } : undefined;
    expect(pictureOf(plan, task('save'), known)).toEqual(made);
    expect(inputPictureOf(plan, task('save'), known)).toEqual(made);
  });
});

it('goes back to the photograph at the beginning, however long the chain', () => {
  expect(originalOf(plan, task('save'), lookup)).toEqual(picture());
  expect(originalOf(plan, task('photo'), lookup)).toBeNull();
});
