import { describe, expect, it } from 'vitest';
import type { ProvenanceStep } from '../../../graphs/provenance.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { factsOf, makingFacts, tookWords } from '../../../app/panels/provenance-words.ts';

const photo = { sha256: 'a'.repeat(64), width: 600, height: 400, mediaType: 'image/png', bytes: 9 };
const edit = [...nodeTypes.values()].find(({ uses }) => uses === 'edits')!;
const step = (some: Partial<ProvenanceStep>): ProvenanceStep => ({
  key: 'b'.repeat(64),
  type: edit.type,
  version: 1,
  title: edit.title,
  values: {},
  inputs: {},
  point: [],
  making: null,
  ...some,
});

describe('what a step was given', () => {
  it('stands in the words of the form, without what was left empty', () => {
    const first = step({
      values: { image: photo, prompt: 'make it red', negative_prompt: '', enable_thinking_mode: true },
    });
    expect(factsOf(first, { steps: [first] }, nodeTypes)).toEqual([
      { title: 'Image', text: '600 × 400', picture: photo },
      { title: 'Prompt', text: 'make it red' },
      { title: 'Thinking', text: 'on' },
    ]);
  });

  it('names the step whose picture it took', () => {
    const first = step({});
    const second = step({ key: 'c'.repeat(64), inputs: { image: { key: first.key, port: 'image' } } });
    expect(factsOf(second, { steps: [first, second] }, nodeTypes)).toEqual([
      { title: 'Image', text: 'the picture of step 1' },
    ]);
  });

  it('keeps what it does not know as it is', () => {
    const odd = step({ type: 'of-tomorrow', values: { depth: 3 } });
    expect(factsOf(odd, { steps: [odd] }, nodeTypes)).toEqual([{ title: 'depth', text: '3' }]);
  });
});

describe('the price of a picture', () => {
  const priceOf = (making: object) => makingFacts(making).find(({ title }) => title === 'Price')?.text;

  it('is told as the service told it, and never guessed', () => {
    expect(priceOf({ service: 'model-api.runcomfy.net/x', price: 0.04 })).toBe('$0.04');
    expect(priceOf({ service: 'model-api.runcomfy.net/x', price: null })).toBe('not told');
    expect(priceOf({ service: 'offline/1/x', price: null })).toBe('free');
  });
});

it.each([
  [420, '0.4 s'],
  [12_300, '12 s'],
  [83_000, '1 min 23 s'],
])('tells %i ms as %s', (milliseconds, words) => expect(tookWords(milliseconds)).toBe(words));
