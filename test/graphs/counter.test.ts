import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCounter } from '../../graphs/counter.ts';
import { countPlan, type Known } from '../../graphs/known.ts';
import { makePlan, type Plan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

const outcomes: readonly (Known | undefined)[] = [
  undefined,
  { status: 'done', outputs: {} },
  { status: 'underway' },
  { status: 'failed', message: '', again: 'same' },
  { status: 'failed', message: '', again: 'fetch' },
  { status: 'failed', message: '', again: 'new-take' },
  { status: 'cancelled', message: '', again: 'new-take' },
  { status: 'unknown', message: '' },
];

/** Two edits in a row over a sweep, and a file of each. */
function plan(): Plan {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { count: 3 }],
      a: ['edit', { prompt: 'a' }],
      b: ['edit', { prompt: 'b' }],
      out: ['save', {}],
    },
    'photo.image > a.image',
    'seeds.seed > a.seed',
    'a.image > b.image',
    'b.image > out.image',
  );
  return makePlan(graph, nodeTypes, 'test');
}

it('[P5] what was counted piece by piece is what is counted at once, whatever becomes known in which order', () => {
  const today = plan();
  const keys = [...today.nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ key }) => key ?? []));
  const piece = fc.array(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...outcomes)), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const known = new Map<string, Known | undefined>();
      const counter = createCounter(today, (key) => known.get(key));
      for (const news of pieces) {
        for (const [key, outcome] of news) known.set(key, outcome);
        const counted = counter.learn(news.map(([key]) => key));
        expect(counted).toEqual(countPlan(today, (key) => known.get(key)));
      }
    }),
  );
});

it('does not look at the whole plan again for an edit that was made', () => {
  let looks = 0;
  const known = new Map<string, Known>();
  const today = plan();
  const counter = createCounter(today, (key) => (looks++, known.get(key)));
  const [first] = today.nodes.get('a')!.tasks;
  known.set(first!.key!, { status: 'done', outputs: {} });
  looks = 0;
  expect(counter.learn([first!.key!])).toMatchObject({ edits: 6, made: 1, toPay: 5, toSave: 3 });
  expect(looks).toBe(1);
});
