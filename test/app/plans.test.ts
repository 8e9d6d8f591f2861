import { expect, it } from 'vitest';
import { createDocument } from '../../app/document.ts';
import { createPlans } from '../../app/plans.ts';
import type { Known } from '../../graphs/known.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf } from '../support/fake-services.ts';
import { chain } from '../support/sketch.ts';

/** Plans whose cache knows what is in `book`, and what was asked of it. */
async function plansOf(book: Map<string, Known>) {
  const document = createDocument({ get: async () => null, set: async () => {} }, nodeTypes);
  document.open({ title: 'Chain', graph: chain() });
  const questions: string[][] = [];
  const plans = createPlans({
    document,
    nodeTypes,
    cache: {
      lookUp: async (keys) => {
        questions.push([...keys]);
        return new Map([...book].filter(([key]) => keys.includes(key)));
      },
    },
    schedule: (work) => work(),
    onError: (error) => {
      throw error;
    },
  });
  plans.setService('test');
  await settled();
  return { document, plans, questions };
}

/** Until all that was answered is taken in. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const typed = (document: Awaited<ReturnType<typeof plansOf>>['document'], text: string) =>
  document.change({ type: 'setParam', node: 'a', name: 'prompt', value: text });

it('an answer that nothing is known of new keys wakes nobody who shows what is known', async () => {
  const { document, plans, questions } = await plansOf(new Map());
  const before = plans.get().knownVersion;
  typed(document, 'orange');
  expect(plans.get().counted).toBe(false);
  await settled();
  expect(questions).toHaveLength(2);
  expect(plans.get()).toMatchObject({ counted: true, knownVersion: before, count: { edits: 2, toPay: 2 } });
});

it('what is found, and what is there no longer, is news', async () => {
  const book = new Map<string, Known>();
  const { document, plans } = await plansOf(book);
  const [key] = plans
    .get()
    .plan.nodes.get('a')!
    .tasks.map((task) => task.key!);
  book.set(key!, { status: 'done', outputs: { image: artifactOf(key!) } });
  const before = plans.get().knownVersion;
  await plans.refresh();
  expect(plans.get().knownVersion).toBeGreaterThan(before);
  expect(plans.get()).toMatchObject({ count: { made: 1, toPay: 1 } });
  const found = plans.get().knownVersion;
  book.clear();
  await plans.refresh();
  expect(plans.get().knownVersion).toBeGreaterThan(found);
  expect(plans.get()).toMatchObject({ count: { made: 0, toPay: 2 } });
  expect(document.get().graph.nodes.a!.params.prompt).toBe('change background to orange');
});
