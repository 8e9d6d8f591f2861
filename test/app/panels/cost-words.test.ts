import { describe, expect, it } from 'vitest';
import { changeTip } from '../../../app/canvas/change-tip.ts';
import { costWords, dayWords } from '../../../app/panels/cost-words.ts';
import { howLong, lengthWords } from '../../../app/panels/how-long.ts';
import { priceWords, shortCount } from '../../../app/panels/run-words.ts';
import { nothingCounted } from '../../../graphs/known.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { artifactOf } from '../../support/fake-services.ts';
import { chain, picture, sketch } from '../../support/sketch.ts';

const remote = { kind: 'remote', price: 0.04 } as const;
const unknown = { kind: 'remote', price: null } as const;
const offline = { kind: 'offline', price: 0 } as const;

describe('a cost in words', () => {
  it.each([
    [{ edits: 0, dollars: 0, untold: 0 }, 'nothing'],
    [{ edits: 12, dollars: 0.48, untold: 0 }, '12 edits · $0.48'],
    [{ edits: 3, dollars: 0.08, untold: 1 }, '2 edits · $0.08 and 1 edit whose price is not known'],
    [{ edits: 2, dollars: 0, untold: 2 }, '2 edits · price not known'],
  ])('%o is “%s”: what nobody told is never counted as nothing', (cost, words) => {
    expect(costWords(cost)).toBe(words);
  });

  it('names a day as the calendar does', () => {
    expect(dayWords('2026-03-10')).toBe('Tue 10 Mar');
  });
});

describe('a menu entry', () => {
  it.each([
    [{ toPay: 3 }, remote, '3 to pay · $0.12'],
    [{ toPay: 3 }, unknown, '3 to pay · price not known'],
    [{ toPay: 3 }, offline, '3 to make · free'],
    [{ underway: 2 }, remote, '2 underway'],
    [{ toSave: 1 }, remote, '1 file to save'],
    [{ made: 5 }, remote, 'made already'],
  ])('says of %o “%s”', (some, service, words) => {
    expect(shortCount({ ...nothingCounted, ...some }, service)).toBe(words);
  });

  it('tells a price that counts by something else than pictures, and reckons nothing with it', () => {
    expect(priceWords(3, { ...unknown, otherPrice: { dollars: 0.01, unit: 'second' } })).toBe('$0.01 per second');
  });
});

describe('how long it will take', () => {
  it('goes by what the edits of this graph took, so many at once', () => {
    const plan = makePlan(chain(), nodeTypes, 'test');
    const [first] = plan.nodes.get('a')!.tasks;
    const made = (seconds: number, service = 'test') =>
      ({
        status: 'done',
        outputs: { image: artifactOf('x') },
        making: { service, submittedAt: 1000, finishedAt: 1000 + seconds * 1000 },
      }) as const;
    const before = [
      ['before', made(10)],
      ['of another service', made(90, 'other')],
    ] as const;
    expect(howLong(plan, new Map([...before, [first!.key!, made(30)]]), 9, 4)).toBe(90_000);
    // All texts are new: then by what was made before them.
    expect(howLong(plan, new Map(before), 9, 4)).toBe(30_000);
    expect(howLong(plan, new Map([before[1]]), 9, 4)).toBeNull();
  });

  it.each([
    [null, 'not known yet: the first pictures will tell'],
    [8_200, 'about 9 s, with 4 at once'],
    [90_000, 'about 2 min, with 4 at once'],
    [3_600_000, 'about 1 h, with 4 at once'],
    [5_000_000, 'about 1 h 24 min, with 4 at once'],
  ])('says %o as “%s”', (milliseconds, words) => {
    expect(lengthWords(milliseconds, 4)).toBe(words);
  });
});

it('the tip at a parameter tells what a change makes anew; of a sweep, what a single value makes', () => {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      prompts: ['prompt-sweep', { prompts: 'one\ntwo\nthree' }],
      a: ['edit', { seed: 1 }],
      save: ['save', { name: 'x' }],
    },
    'photo.image > a.image',
    'prompts.text > a.prompt',
    'a.image > save.image',
  );
  const plan = makePlan(graph, nodeTypes, 'test');
  expect(changeTip(plan, graph, 'a', offline)).toBe('Changing this makes 3 new edits');
  expect(changeTip(plan, graph, 'a', remote)).toBe('Changing this makes 3 new edits · $0.12');
  expect(changeTip(plan, graph, 'prompts', offline)).toBe('Changing one value makes 1 new edit, changing all 3');
  expect(changeTip(plan, graph, 'save', remote)).toBeNull();
});
