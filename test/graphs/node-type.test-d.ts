import { z } from 'zod';
import { defineNode } from '../../graphs/node-type.ts';

/** What `defineNode` promises about types; the type checker is the test. */
const base = { version: 1, title: 'T', category: 'Sources', description: 'D.' } as const;
const params = z.object({ text: z.string().default(''), count: z.number().default(1) });

defineNode({
  ...base,
  type: 'pure',
  params,
  inputs: { image: { kind: 'image', required: true }, seed: { kind: 'seed' } },
  outputs: { text: { kind: 'text' } },
  run({ values }) {
    values.image.sha256 satisfies string;
    values.seed satisfies number | undefined;
    values.count satisfies number;
    // @ts-expect-error an optional port may be empty
    values.seed satisfies number;
    // @ts-expect-error there is no such value
    void values.other;
    return { text: values.text };
  },
});

defineNode({
  ...base,
  type: 'wrong-output',
  params,
  inputs: {},
  outputs: { seed: { kind: 'seed' } },
  // @ts-expect-error a seed is a number
  run: () => ({ seed: 'one' }),
});

defineNode({
  ...base,
  type: 'pure-without-services',
  params,
  inputs: {},
  outputs: {},
  // @ts-expect-error a pure node type gets no service
  run: ({ edits }) => ({ x: edits }),
});

defineNode({
  ...base,
  type: 'uses-edits',
  params,
  inputs: { image: { kind: 'image', required: true } },
  outputs: { image: { kind: 'image' } },
  uses: 'edits',
  // @ts-expect-error it gets the service that it names, and no other
  run: async ({ values, outputs }) => ({ image: await outputs.save(values.image, '') }),
});

defineNode({
  ...base,
  type: 'sync-edits',
  params,
  inputs: { image: { kind: 'image', required: true } },
  outputs: { image: { kind: 'image' } },
  uses: 'edits',
  // @ts-expect-error whoever uses a service gives a promise
  run: ({ values }) => ({ image: values.image }),
});

defineNode({
  ...base,
  type: 'axis',
  params,
  inputs: {},
  outputs: { seed: { kind: 'seed' } },
  axis: ({ count }) => [count, count + 1],
  run: ({ at }) => ({ seed: at }),
});
