import { expect, it } from 'vitest';
import { gatherSheet } from '../../app/exports/gather-sheet.ts';
import { execute } from '../../graphs/execute.ts';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf, fakeServices } from '../support/fake-services.ts';
import { picture, sketch } from '../support/sketch.ts';

/** Two photographs, two looks and two seeds; the sheet takes all but the photographs. */
const graph = sketch(
  {
    photos: ['image-batch', { pictures: [picture('a'), picture('b')] }, { title: 'Photos' }],
    looks: ['prompt-sweep', { prompts: 'warm\ncold' }, { title: 'Looks' }],
    seeds: ['seed-sweep', { first: 1, count: 2 }, { title: 'Seeds' }],
    edit: ['edit', {}, { title: 'Look' }],
    all: ['collect', { over: ['looks', 'seeds'] }],
    sheet: ['contact-sheet', { name: '{axis:Photos}', format: 'pdf' }],
  },
  'photos.image > edit.image',
  'looks.text > edit.prompt',
  'seeds.seed > edit.seed',
  'edit.image > all.image',
  'all.images > sheet.images',
);
const plan = makePlan(graph, nodeTypes, 'offline/1');

it('writes one sheet for each point that stays, of all pictures along the axes that are taken away', async () => {
  const { services, saved } = fakeServices({ immediate: true });
  const files: string[] = [];
  await execute({
    plan,
    services,
    lookup: () => undefined,
    emit: (event) =>
      event.type === 'done' && event.known.status === 'done' && event.known.file && files.push(event.known.file.file),
    signal: new AbortController().signal,
    limit: 4,
  });
  expect(plan.errors).toEqual([]);
  expect(saved).toHaveLength(2);
  expect(files).toEqual(['{axis:Photos} of 4.pdf', '{axis:Photos} of 4.pdf']);
});

it('labels them by their points, and says the rest once', () => {
  const [, task] = plan.nodes.get('sheet')!.tasks;
  const pictures = ['c', 'd', 'e', 'f'].map((digit) => artifactOf(digit.repeat(64)));
  const grid = gatherSheet({ plan, task: task!, pictures }, { title: 'Cats', graph }, 'today');
  expect([grid.title, grid.subject, grid.rows, grid.columns]).toEqual(['Cats', 'Look · Photos: b.png', 0, 1]);
  const axes = Object.fromEntries(grid.axes.map(({ title, values }) => [title, values]));
  expect(axes).toEqual({ Looks: ['warm', 'cold'], Seeds: ['1', '2'] });
  expect(grid.cells.map(({ point, picture: shown }) => [point.join(), shown!.sha256[0]])).toEqual([
    ['0,0', 'c'],
    ['0,1', 'd'],
    ['1,0', 'e'],
    ['1,1', 'f'],
  ]);
});

it('[P2] without an edge it says that a list is missing, and where one comes from', () => {
  const lonely = makePlan(sketch({ sheet: ['contact-sheet', {}] }), nodeTypes, 'offline/1');
  expect(lonely.errors.map(({ message }) => message)).toEqual([
    'A list of images is missing: collect pictures, and connect them here.',
  ]);
});
