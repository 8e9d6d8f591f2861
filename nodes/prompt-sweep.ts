import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';
import { duplicateWords } from '../graphs/duplicates.ts';
import { expandChoices, MOST_VARIANTS } from '../graphs/choices.ts';

export default defineNode({
  type: 'prompt-sweep',
  version: 1,
  title: 'Prompt sweep',
  category: 'Sweeps',
  description: 'One prompt per line as an axis. {red|green|blue} stands for one prompt with each word.',
  params: z.object({
    prompts: z.string().max(100_000).default('').meta({
      title: 'Prompts, one per line',
      control: 'textarea',
      rows: 4,
      placeholder: 'make the background {orange|sky blue}\nmake it black and white',
    }),
  }),
  inputs: {},
  outputs: { text: { kind: 'text', title: 'Text' } },
  check: ({ prompts }) => {
    const { values, overflow } = expandChoices(prompts);
    if (overflow) return `These choices make more than ${MOST_VARIANTS.toLocaleString('en')} prompts: use fewer.`;
    return values.length > 0 ? null : 'Write at least one prompt, one per line.';
  },
  note: ({ prompts }) => duplicateWords(expandChoices(prompts).values, ['prompt', 'prompts']),
  axis: ({ prompts }) => expandChoices(prompts).values,
  run: ({ at }) => ({ text: at as string }),
});
