import { describe, expect, it } from 'vitest';
import { gatherCells } from '../../../app/exports/gather.ts';
import type { Known } from '../../../graphs/known.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { artifactOf } from '../../support/fake-services.ts';
import { picture, sketch } from '../../support/sketch.ts';

const graph = sketch(
  {
    photo: ['load-image', { picture: picture() }],
    seeds: ['seed-sweep', { first: 5, count: 2 }, { title: 'Seeds' }],
    prompts: ['prompt-sweep', { prompts: 'make the {cat|dog} orange, please' }, { title: 'Looks' }],
    edit: ['edit', { negative_prompt: 'blurry' }],
    save: ['save', {}],
  },
  'photo.image > edit.image',
  'seeds.seed > edit.seed',
  'prompts.text > edit.prompt',
  'edit.image > save.image',
);
const plan = makePlan(graph, nodeTypes, 'offline/1');
const [first, second] = plan.nodes.get('edit')!.tasks;
const making = { service: 'offline/1', requestId: 'r1', submittedAt: 1000, finishedAt: 3000, price: 0.04 };
const known = new Map<string, Known>([
  [first!.key!, { status: 'done', outputs: { image: artifactOf(first!.key!) }, making }],
  [second!.key!, { status: 'failed', message: 'No cat in it.', again: 'new-take' }],
  [plan.nodes.get('save')!.tasks[0]!.key!, { status: 'done', outputs: {}, file: { file: 'T/1.png', url: '/1' } }],
]);
const gather = (some: Partial<Parameters<typeof gatherCells>[0]> = {}) =>
  gatherCells({
    title: 'Cats',
    node: 'edit',
    subject: 'Edit',
    plan,
    lookup: (key) => known.get(key),
    viewOf: (key) => known.get(key),
    nodeTypes,
    takes: { [first!.firstKey!]: 3 },
    which: 'all',
    rows: 'node prompts',
    columns: 'node seeds',
    date: 'today',
    ...some,
  });

describe('the cells of a node', () => {
  it('are all there, with what was asked for, how it ended, where it is and what it cost', () => {
    const { axes, cells, rows, columns } = gather();
    expect([axes.map(({ title }) => title), rows, columns]).toEqual([['Seeds', 'Looks'], 1, 0]);
    expect(cells.map(({ state, words, detail }) => [state, words, detail])).toEqual([
      ['made', 'Made', null],
      ['failed', 'Failed', 'No cat in it.'],
      ['not-made', 'Not made', null],
      ['not-made', 'Not made', null],
    ]);
    expect(cells[0]!.record).toEqual({
      node: 'Edit',
      key: first!.key,
      take: 3,
      parameters: {
        image: 'a'.repeat(64),
        prompt: 'make the cat orange, please',
        negative_prompt: 'blurry',
        seed: 5,
        enable_thinking_mode: true,
        enable_reflection_mode: true,
        output_format: 'jpeg',
      },
      files: ['T/1.png'],
      service: 'offline/1',
      model: null,
      requestId: 'r1',
      submittedAt: '1970-01-01T00:00:01.000Z',
      finishedAt: '1970-01-01T00:00:03.000Z',
      price: 0.04,
    });
  });

  it('have names that tell them apart by what differs', () => {
    expect(gather().cells.map(({ name }) => name)).toEqual([
      '1 - 5 - make the cat orange, please',
      '2 - 5 - make the dog orange, please',
      '3 - 6 - make the cat orange, please',
      '4 - 6 - make the dog orange, please',
    ]);
  });

  it('have names in which no file has its old ending in the middle', () => {
    const pictures = [{ ...picture('a'), name: 'shoes.final.JPG' }, picture('b')];
    const batch = sketch(
      {
        batch: ['image-batch', { pictures }],
        seeds: ['seed-sweep', { first: 5, count: 2 }],
        edit: ['edit', { prompt: 'x' }],
      },
      'batch.image > edit.image',
      'seeds.seed > edit.seed',
    );
    const { axes, cells } = gather({ plan: makePlan(batch, nodeTypes, 'offline/1'), takes: {} });
    expect(cells.map(({ name }) => name)).toEqual([
      '1 - shoes.final - 5',
      '2 - shoes.final - 6',
      '3 - b - 5',
      '4 - b - 6',
    ]);
    expect(axes[0]!.values).toEqual(['shoes.final.JPG', 'b.png']);
  });

  it('are only those that were made, or that were selected, on wish', () => {
    expect(gather({ which: 'made' }).cells.map(({ index }) => index)).toEqual([0]);
    expect(gather({ which: [3, 1, 99] }).cells.map(({ index }) => index)).toEqual([3, 1]);
  });

  it('are told as struck out where they are', () => {
    const struck = makePlan(
      { ...graph, nodes: { ...graph.nodes, seeds: { ...graph.nodes.seeds!, struck: ['number 6'] } } },
      nodeTypes,
      'offline/1',
    );
    expect(gather({ plan: struck }).cells.map(({ state }) => state)).toEqual(['made', 'failed', 'struck', 'struck']);
  });

  it('carry each step in words for a page, and as data for pictures, only where it is wanted', () => {
    expect([gather().cells[0]!.steps, gather().cells[0]!.provenance]).toEqual([undefined, undefined]);
    const [cell] = gather({ with: { steps: true, provenance: true } }).cells;
    expect(cell!.steps!.at(-1)!.facts).toContainEqual({ title: 'Prompt', text: 'make the cat orange, please' });
    expect(cell!.provenance).toMatchObject({ steps: [{ key: first!.key }] });
  });
});
