import { describe, expect, it } from 'vitest';
import { provenanceAsJson, provenanceAsText } from '../../../app/provenance/as-text.ts';
import { differenceWords, inOneLine } from '../../../app/provenance/difference-words.ts';
import { jobFacts, sentFields } from '../../../app/provenance/job-words.ts';
import type { Job } from '../../../app/wire.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { provenanceOf } from '../../../graphs/provenance.ts';
import type { Difference } from '../../../graphs/what-differs.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain, picture } from '../../support/sketch.ts';

const plan = makePlan(chain(), nodeTypes, 'api.example/model');
const provenance = provenanceOf(plan, plan.nodes.get('b')!.tasks[0]!, () => undefined);
const [first, second] = [provenance.steps[0]!, provenance.steps[1]!];

const job: Job = {
  key: second.key,
  service: 'api.example/stepfun-ai/stepx-edit2',
  model: 'stepfun-ai/stepx-edit2',
  input: {
    image: 'c'.repeat(64),
    prompt: 'make it “sepia”\n',
    negative_prompt: '',
    seed: 2,
    enable_thinking_mode: true,
    enable_reflection_mode: false,
    output_format: 'png',
  },
  status: 'done',
  accepted: true,
  requestId: 'req-7',
  remoteStatus: null,
  queuePosition: null,
  artifacts: [{ ...picture('d'), width: 640, height: 480, bytes: 1_234_567 }],
  resultUrls: ['https://api.example/secret?sig=1'],
  note: null,
  error: null,
  price: 0.05,
  createdAt: Date.UTC(2031, 0, 2, 3, 4, 5),
  submittedAt: Date.UTC(2031, 0, 2, 3, 4, 8),
  finishedAt: Date.UTC(2031, 0, 2, 3, 4, 50),
  seq: 1,
};

describe('a request', () => {
  it('stands with the very fields that were sent, the picture named by its bytes', () => {
    expect(sentFields(job)).toEqual([
      { name: 'prompt', text: '"make it “sepia”\\n"' },
      { name: 'negative_prompt', text: '""' },
      { name: 'seed', text: '2' },
      { name: 'enable_thinking_mode', text: 'true' },
      { name: 'enable_reflection_mode', text: 'false' },
      { name: 'output_format', text: '"png"' },
      { name: 'image_url', text: 'the picture cccccccccccc…', sha256: 'c'.repeat(64) },
    ]);
  });

  it('tells who made it, how long it took and waited, what it cost, and what it gave', () => {
    const facts = Object.fromEntries(jobFacts(job).map(({ title, text }) => [title, text]));
    expect(facts).toMatchObject({
      Service: 'api.example',
      Model: 'Step1X-Edit v1.2',
      Request: 'req-7',
      Took: '42 s, after 3.0 s in our queue',
      Price: '$0.05',
      Result: '640 × 480 · PNG · 1.2 MB',
    });
    expect(Object.keys(facts)).toEqual(expect.arrayContaining(['Queued', 'Submitted', 'Finished']));
    expect(jobFacts({ ...job, price: null }).find(({ title }) => title === 'Price')?.text).toBe('not told');
  });
});

describe('how it was made, copied', () => {
  const copied = { provenance, jobs: new Map([[job.key, job]]), nodeTypes };

  it('is a paragraph for each step as text', () => {
    const [one, two] = provenanceAsText(copied).split('\n\n');
    expect(one).toMatch(/^1\. Edit\n {3}Image: 8 × 8\n {3}Prompt: change background to orange\n {3}Seed: 1\n/);
    expect(two).toMatch(/^2\. Edit\n {3}Image: the picture of step 1\n/);
    expect(two).toContain('   Request: req-7\n');
  });

  it('has every request as JSON, with no address of a result', () => {
    const text = provenanceAsJson(copied);
    expect(JSON.parse(text)).toMatchObject({
      steps: [{ key: first.key }, { key: second.key }],
      requests: [
        {
          key: job.key,
          requestId: 'req-7',
          request: { seed: 2, image_url: `sha256:${'c'.repeat(64)}` },
          submitted: '2031-01-02T03:04:08.000Z',
          tookSeconds: 42,
          priceUsd: 0.05,
        },
      ],
    });
    expect(text).not.toContain('secret');
  });
});

describe('[V5] a difference in words', () => {
  const value = (name: string, was: unknown, now: unknown): Difference => ({
    type: 'value',
    step: second,
    name,
    was: { type: 'value', value: was },
    now: { type: 'value', value: now },
  });
  const words = (difference: Difference) => differenceWords(difference, provenance, nodeTypes);

  it('names the field of the form and the step of the chain', () => {
    expect(words(value('enable_thinking_mode', true, false))).toEqual({
      title: 'Thinking of step 2',
      was: { text: 'on' },
      now: { text: 'off' },
      pieces: null,
    });
    const by: Difference = {
      type: 'value',
      step: second,
      name: 'image',
      was: { type: 'made', by: 'Edit' },
      now: { type: 'value', value: picture('c') },
    };
    expect(words(by)).toMatchObject({
      title: 'Image of step 2',
      was: { text: 'what Edit made' },
      now: { text: 'c.png', sha256: 'c'.repeat(64) },
    });
  });

  it('tells a text word by word where enough is the same, else whole', () => {
    expect(words(value('prompt', 'make it very warm', 'make it very cold')).pieces).toEqual([
      { text: 'make it very ', only: null },
      { text: 'warm', only: 'was' },
      { text: 'cold', only: 'now' },
    ]);
    expect(words(value('prompt', 'sepia', 'a gradient from blue to pink')).pieces).toBeNull();
  });

  it('stands in one line in lists, shortened', () => {
    const many = Array.from({ length: 6 }, (_, i) => words(value('seed', i + 1, 99)));
    expect(inOneLine(many)).toBe('Seed of step 2: 1 · Seed of step 2: 2 · Seed of step 2: 3 · and 3 more');
    expect(inOneLine([words(value('prompt', 'x'.repeat(200), 'y'))]).length).toBeLessThan(120);
    const [before, after] = [`${'a word '.repeat(20)}and warm`, `${'a word '.repeat(20)}and cold`];
    expect(inOneLine([words(value('prompt', before, after))])).toBe('Prompt of step 2: … warm …');
    expect(inOneLine([words(value('prompt', before, `${before} light`))])).toBe('Prompt of step 2: without “light”');
    expect(inOneLine([])).toBe('');
  });
});
