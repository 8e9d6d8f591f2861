import { expect, it } from 'vitest';
import { captionsOf, choose, nextOpen, pickRowsOf, type PickRow } from '../../app/pick/pick-rows.ts';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

const id = (digit: string) => digit.repeat(64);
/** Three pictures, the first one twice. */
const graphOf = (params: Record<string, unknown>) =>
  sketch(
    {
      batch: ['image-batch', { pictures: ['a', 'b', 'a', 'c'].map(picture) }],
      prompts: ['prompt-sweep', { prompts: 'red\nblue' }],
      edit: ['edit'],
      pick: ['pick', params],
    },
    'batch.image > edit.image',
    'prompts.text > edit.prompt',
    params.known ? 'batch.image > pick.image' : 'edit.image > pick.image',
  );
const rowsOf = (params: Record<string, unknown>): PickRow[] => {
  const graph = graphOf(params);
  return pickRowsOf(makePlan(graph, nodeTypes, 'test'), graph.nodes.pick!);
};

it('there is a row for each point of the axes that stay; the same picture twice is one to choose', () => {
  const rows = rowsOf({ over: ['batch'], count: 5 });
  expect(rows.map(({ title, name, wanted }) => [title, name, wanted])).toEqual([
    ['Prompt sweep: red', 'string red', 3],
    ['Prompt sweep: blue', 'string blue', 3],
  ]);
  expect(rows[0]!.candidates.map(({ label }) => label)).toEqual(['a.png', 'b.png', 'c.png']);
});

it('a stored choice counts as far as its pictures come in', () => {
  const [row] = rowsOf({ known: true, count: 2, choices: { all: { picked: [id('b'), id('e')], at: 7 } } });
  expect(row).toMatchObject({ title: '', picked: [id('b')], gone: 1, wanted: 2, at: 7 });
});

it('one takes the place of the other; of several, no more than wanted are taken, and each can be put back', () => {
  const [one] = rowsOf({
    known: true,
    choices: { all: { picked: [id('b')], at: 7 }, later: { picked: [id('c')], at: 1 } },
  });
  const later = { picked: [id('c')], at: 1 };
  const before = { all: { picked: [id('b')], at: 7 }, later };
  expect(choose(before, one!, id('a'), 9)).toEqual({ later, all: { picked: [id('a')], at: 9 } });
  expect(choose(before, one!, id('b'), 9)).toEqual({ later });

  const [two] = rowsOf({ known: true, count: 2, choices: { all: { picked: [id('b'), id('c')], at: 7 } } });
  expect(choose({}, two!, id('a'), 9)).toBeNull();
  expect(choose({}, two!, id('b'), 9)).toEqual({ all: { picked: [id('c')], at: 9 } });
});

it('the next open row comes after this one, and then from the top', () => {
  const rows = [1, 0, 1, 0].map((open) => ({ picked: open ? [] : ['x'], wanted: 1 }) as unknown as PickRow);
  expect([0, 1, 2, 3].map((from) => nextOpen(rows, from))).toEqual([2, 2, 0, 0]);
  expect(nextOpen(rows.slice(1, 2), 0)).toBe(-1);
});

it('captions have a line for each axis, and of long values what tells them apart', () => {
  const parts = (prompt: string, format: string) => ({ parts: [`make the whole picture ${prompt}`, format] });
  expect(captionsOf([parts('warm', 'jpeg'), parts('warm', 'png'), parts('cold', 'png')])).toEqual([
    ['… warm', 'jpeg'],
    ['… warm', 'png'],
    ['… cold', 'png'],
  ]);
  expect(captionsOf([{ parts: ['red'] }, { parts: [] }])).toEqual([['red'], []]);
  // A name that has room stays.
  expect(captionsOf([{ parts: ['Seed sweep: 1'] }, { parts: ['Seed sweep: 2'] }])).toEqual([
    ['Seed sweep: 1'],
    ['Seed sweep: 2'],
  ]);
});
