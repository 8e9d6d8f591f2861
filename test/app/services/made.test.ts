import { expect, it } from 'vitest';
import { HttpError } from '../../../app/api.ts';
import { createMadeRecords } from '../../../app/services/made.ts';
import { madeSchema } from '../../../app/wire.ts';
import { writeGraphFile } from '../../../graphs/file.ts';
import { hashText } from '../../../graphs/key.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { picture, sketch } from '../../support/sketch.ts';

const graph = sketch(
  {
    photo: ['load-image', { picture: picture() }],
    seeds: ['seed-sweep', { first: 7, count: 3 }, { title: 'Dice' }],
    words: ['prompt-sweep', { prompts: 'make it red\nmake it blue' }],
    edit: ['edit', {}],
  },
  'photo.image > edit.image',
  'seeds.seed > edit.seed',
  'words.text > edit.prompt',
);
const plan = makePlan(graph, nodeTypes, 'test');
const tasks = plan.nodes.get('edit')!.tasks;
const document = { title: 'Mugs', graph };

function setUp(refuse: (put: number) => Error | null = () => null) {
  const kept: [string, string][] = [];
  let puts = 0;
  const recordOf = createMadeRecords({
    putGraph: async (sha256, text) => {
      const error = refuse(++puts);
      if (error) throw error;
      kept.push([sha256, text]);
    },
  });
  return { recordOf, kept, puts: () => puts };
}

it('[L9] says in which graph, at which node and point an edit is made', async () => {
  const { recordOf, kept } = setUp();
  const text = writeGraphFile('Mugs', graph);
  const made = await recordOf(document, plan, tasks[4]!);
  expect(made).toEqual({
    graph: hashText(text),
    node: 'edit',
    nodeTitle: 'Edit',
    index: 4,
    point: expect.arrayContaining([
      { title: 'Dice', value: expect.stringMatching(/^[789]$/) },
      { title: 'Prompt sweep', value: expect.stringMatching(/^make it/) },
    ]),
  });
  expect(made.point).toHaveLength(2);
  expect(kept).toEqual([[hashText(text), text]]);
});

it('[L9] the server is given a graph once, before the first of its edits', async () => {
  const { recordOf, kept, puts } = setUp();
  await Promise.all(tasks.map((task) => recordOf(document, plan, task)));
  expect(puts()).toBe(1);
  await recordOf({ ...document, title: 'Cups' }, plan, tasks[0]!);
  expect(kept.map(([, text]) => JSON.parse(text).title)).toEqual(['Mugs', 'Cups']);
});

it('a graph that could not be given is given with the next edit, and no edit waits for that', async () => {
  const away = setUp((put) => (put === 1 ? new HttpError('No server.', 0, 'no-server') : null));
  await away.recordOf(document, plan, tasks[0]!);
  expect(away.kept).toHaveLength(0);
  await away.recordOf(document, plan, tasks[1]!);
  expect(away.kept).toHaveLength(1);
});

it('a graph that is refused is not given again and again', async () => {
  const refused = setUp(() => new HttpError('Too large.', 413, 'too-large'));
  for (const task of tasks) await refused.recordOf(document, plan, task);
  expect(refused.puts()).toBe(1);
});

it('long titles and values are shortened to what the server takes', async () => {
  const long = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      words: ['prompt-sweep', { prompts: `${'🎈'.repeat(1000)}\nx` }, { title: 'ä'.repeat(200) }],
      edit: ['edit', {}],
    },
    'photo.image > edit.image',
    'words.text > edit.prompt',
  );
  const longPlan = makePlan(long, nodeTypes, 'test');
  const made = await setUp().recordOf({ title: 'x', graph: long }, longPlan, longPlan.nodes.get('edit')!.tasks[0]!);
  expect(madeSchema.safeParse(made).success).toBe(true);
  expect(made.point[0]!.value.endsWith('🎈…')).toBe(true);
});
