import { expect, it } from 'vitest';
import { fillName } from '../../graphs/file-name.ts';
import { createPlanner, makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Parameters<typeof makePlan>[0]) => makePlan(graph, nodeTypes, 'offline/1/test');
type Plan = ReturnType<typeof planOf>;
const keysOf = (plan: Plan, node: string) => plan.nodes.get(node)!.tasks.map(({ key }) => key);
const photo = ['load-image', { picture: picture() }] as const;

it('[K3] a switch or a format gives the same key typed and along an edge', () => {
  const typed = [
    sketch({ photo, e: ['edit', { prompt: 'x', enable_thinking_mode: false }] }, 'photo.image > e.image'),
    sketch({ photo, e: ['edit', { prompt: 'x' }] }, 'photo.image > e.image'),
    sketch({ photo, e: ['edit', { prompt: 'x', output_format: 'png' }] }, 'photo.image > e.image'),
  ].map((graph) => keysOf(planOf(graph), 'e')[0]);
  const switched = sketch(
    { photo, both: ['switch-sweep', {}], e: ['edit', { prompt: 'x' }] },
    'photo.image > e.image',
    'both.on > e.enable_thinking_mode',
  );
  expect(keysOf(planOf(switched), 'e')).toEqual([typed[0], typed[1]]);
  const formats = sketch(
    { photo, both: ['format-sweep', {}], e: ['edit', { prompt: 'x' }] },
    'photo.image > e.image',
    'both.format > e.output_format',
  );
  expect(keysOf(planOf(formats), 'e')).toEqual([typed[1], typed[2]]);
});

it('[A1, K5] four photographs × two prompts × two seeds are 16 edits; a file name is in no key', () => {
  const batch = ['a', 'b', 'c', 'd'].map((digit) => picture(digit));
  const graph = (pictures: unknown) =>
    sketch(
      {
        batch: ['image-batch', { pictures }],
        prompts: ['prompt-sweep', { prompts: 'orange\nblue' }],
        seeds: ['seed-sweep', { first: 1, count: 2 }],
        e: ['edit', {}],
      },
      'batch.image > e.image',
      'prompts.text > e.prompt',
      'seeds.seed > e.seed',
    );
  const plan = planOf(graph(batch));
  expect(plan.errors).toEqual([]);
  expect(new Set(keysOf(plan, 'e')).size).toBe(16);
  expect(plan.nodes.get('e')!.axes.map(({ length }) => length)).toEqual([4, 2, 2]);
  const renamed = batch.map((each) => ({ ...each, name: `other ${each.name}` }));
  expect(keysOf(planOf(graph(renamed)), 'e')).toEqual(keysOf(plan, 'e'));
});

it('[K3, K4] a picture of a batch has the key that the same picture has alone', () => {
  const one = sketch({ photo, e: ['edit', { prompt: 'x' }] }, 'photo.image > e.image');
  const batch = sketch(
    { batch: ['image-batch', { pictures: [picture()] }], e: ['edit', { prompt: 'x' }] },
    'batch.image > e.image',
  );
  expect(keysOf(planOf(batch), 'e')).toEqual(keysOf(planOf(one), 'e'));
  expect(
    planOf(batch)
      .nodes.get('e')!
      .axes.map(({ length }) => length),
  ).toEqual([1]);
});

it('[N1] saved files are called by the picture of the batch, a switch and a row in words', () => {
  const graph = sketch(
    {
      photos: ['image-batch', { pictures: [{ ...picture(), name: 'shoes/1.final.JPG' }] }, { title: 'Photos' }],
      both: ['switch-sweep', {}, { title: 'Thinking' }],
      looks: ['table', { table: table([['orange', '', '7']]) }, { title: 'Looks' }],
      e: ['edit', {}],
      save: ['save', {}],
    },
    'photos.image > e.image',
    'both.on > e.enable_thinking_mode',
    'looks.c1 > e.prompt',
    'e.image > save.image',
  );
  const plan = planOf(graph);
  expect(
    plan.nodes
      .get('save')!
      .tasks.map((task) => fillName('{axis:Photos} {axis:Thinking} {axis:Looks}', { title: 'T', plan, task })),
  ).toEqual(['shoes-1.final off orange · 7', 'shoes-1.final on orange · 7']);
});

it('[A4] a picture that stands twice in a batch is two points and one edit', () => {
  const pictures = [picture('a'), { ...picture('a'), name: 'again.png' }];
  const graph = sketch({ batch: ['image-batch', { pictures }], e: ['edit', { prompt: 'x' }] }, 'batch.image > e.image');
  const keys = keysOf(planOf(graph), 'e');
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

const table = (rows: string[][]) => ({
  columns: [
    { id: 'c1', title: 'prompt', kind: 'auto' },
    { id: 'c2', title: 'without', kind: 'auto' },
    { id: 'c3', title: 'seed', kind: 'auto' },
  ],
  rows,
});
const fed = (rows: string[][]) =>
  sketch(
    { photo, table: ['table', { table: table(rows) }, { title: 'Looks' }], e: ['edit', {}] },
    'photo.image > e.image',
    'table.c1 > e.prompt',
    'table.c2 > e.negative_prompt',
    'table.c3 > e.seed',
  );

it('[A7] the columns of a table go in step: three rows are three edits', () => {
  const plan = planOf(
    fed([
      ['orange', 'blurry', '7'],
      ['blue', '', '8'],
      ['grey', 'noise', '9'],
    ]),
  );
  expect(plan.errors).toEqual([]);
  expect(plan.nodes.get('e')!.tasks.map(({ known }) => [known.prompt, known.negative_prompt, known.seed])).toEqual([
    ['orange', 'blurry', 7],
    ['blue', '', 8],
    ['grey', 'noise', 9],
  ]);
});

it('[P2] a cell that is missing is named with its row, at the node that needs it', () => {
  const [error] = planOf(
    fed([
      ['orange', '', '7'],
      ['', '', '8'],
    ]),
  ).errors;
  expect(error).toMatchObject({ node: 'e', port: 'prompt' });
  expect(error!.message).toBe('Prompt: Expected a text, got an empty one (at Looks = 8).');
});

it('[P2] a column that is no seed any more is told of where it is connected', () => {
  const [error] = planOf(fed([['orange', '', 'seven']])).errors;
  expect(error).toMatchObject({ node: 'e', port: 'seed', code: 'unknown-port' });
});

it('[P3] a thousand prompts are planned anew only where a line was changed', () => {
  const prompts = Array.from({ length: 1000 }, (_, i) => `make it look ${i}`);
  const graph = (lines: readonly string[]) =>
    sketch(
      {
        photo,
        prompts: ['prompt-sweep', { prompts: lines.join('\n') }],
        a: ['edit', {}],
        other: ['edit', { prompt: 'x' }],
      },
      'photo.image > a.image',
      'photo.image > other.image',
      'prompts.text > a.prompt',
    );
  const before = graph(prompts);
  const plan = createPlanner(nodeTypes, 'offline/1/test');
  const first = plan(before);
  expect(keysOf(first, 'a')).toHaveLength(1000);
  const node = before.nodes.prompts!;
  const changed = { ...node, params: { prompts: prompts.with(500, 'something else').join('\n') } };
  const next = plan({ ...before, nodes: { ...before.nodes, prompts: changed } });
  expect(next.nodes.get('other')).toBe(first.nodes.get('other'));
  const differing = keysOf(next, 'a').flatMap((key, i) => (key === keysOf(first, 'a')[i] ? [] : [i]));
  expect(differing).toEqual([500]);
});
