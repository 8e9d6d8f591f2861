import { expect, it } from 'vitest';
import { nameOutlook } from '../../graphs/name-tokens.ts';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

/** Two photographs with two seeds each. */
const swept = sketch(
  {
    batch: ['image-batch', { pictures: [picture('a'), { ...picture('b'), name: 'cat.png' }] }],
    seeds: ['seed-sweep', { first: 7, count: 2 }, { title: 'Seeds' }],
    e: ['edit', { prompt: 'grey' }],
    save: ['save'],
  },
  'batch.image > e.image',
  'seeds.seed > e.seed',
  'e.image > save.image',
);
const outlookOf = (template: string, graph = swept, node = 'save') =>
  nameOutlook(template, { title: 'T', plan: makePlan(graph, nodeTypes, 'test'), node });

it('[N4] a name that no axis has is told before a run, and those that there are are on offer', () => {
  expect(outlookOf('{title}/{axis:Photographs}-s{seed}')).toEqual({
    tokens: ['{title}', '{index}', '{seed}', '{prompt}', '{axis:Image batch}', '{axis:Seeds}', '{date}'],
    unknown: ['{axis:Photographs}'],
    empty: [],
    first: 'T/{axis:Photographs}-s7',
    count: 4,
    alike: 4,
  });
});

it.each([
  ['{axis: image BATCH }-{axis:Seeds} {date} {index}', []],
  ['{Seed} {axis:} {prompt} {} {seed', ['{Seed}', '{axis:}', '{}']],
])('[N1, N4] what stays as it is in %j', (template, unknown) => {
  expect(outlookOf(template)?.unknown).toEqual(unknown);
});

it('[N3, N4] the first name is written out, and names that are alike are counted', () => {
  expect(outlookOf('{axis:Image batch}-{axis:Seeds}')).toMatchObject({ first: 'a-7', alike: 0, count: 4 });
  expect(outlookOf('{axis:Image batch}')).toMatchObject({ first: 'a', alike: 4 });
});

it('[N4] a seed where no edit comes before is said to be empty, and not offered', () => {
  const graph = sketch({ photo: ['load-image', { picture: picture() }], save: ['save'] }, 'photo.image > save.image');
  const outlook = outlookOf('{title}-{seed}', graph);
  expect(outlook).toMatchObject({ unknown: [], empty: ['{seed}'], first: 'T-' });
  expect(outlook?.tokens).toEqual(['{title}', '{index}', '{date}']);
});

it('[N4] where nothing arrives yet there is nothing to say', () => {
  expect(outlookOf('{axis:none}', sketch({ save: ['save'] }))).toBeNull();
});
