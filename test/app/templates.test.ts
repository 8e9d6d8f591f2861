import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makePlan } from '../../graphs/plan.ts';
import { countPlan } from '../../graphs/known.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { templates } from '../../app/templates.ts';

const all = templates(nodeTypes);
const countOf = (title: string) => {
  const { graph } = all.find((template) => template.title === title)!;
  return countPlan(makePlan(graph, nodeTypes, 'test'), () => undefined);
};

describe.each(all)('the template "$title"', ({ graph, notes, picture, description }) => {
  it('is read without a note', () => {
    expect(notes).toEqual([]);
  });

  it('can be run as it is: no error, something to make, a photograph to begin with', () => {
    const plan = makePlan(graph, nodeTypes, 'test');
    expect(plan.errors).toEqual([]);
    expect(countPlan(plan, () => undefined).toPay).toBeGreaterThan(0);
    expect(picture).toMatch(/^[0-9a-f]{64}$/);
    expect(description).not.toBe('');
  });
});

it('offers every file of the templates folder', () => {
  expect(all).toHaveLength(readdirSync('graphs/templates').length);
});

it('begins with a sweep that is quickly made, its shared edit counted once', () => {
  expect(countOf(all[0]!.title)).toMatchObject({ edits: 7, toSave: 6 });
});

it('has as many edits as its words promise', () => {
  expect([countOf('One edit').edits, countOf('Chain of three').edits, countOf('Seed sweep').edits]).toEqual([1, 3, 4]);
  expect([countOf('Batch × prompts × seeds').edits, countOf('Rows of a table').edits]).toEqual([16, 3]);
});
