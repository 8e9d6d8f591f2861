import { describe, expect, it } from 'vitest';
import { nothingCounted, type Count } from '../../../graphs/known.ts';
import { progressWords, remainingWords } from '../../../app/panels/progress-words.ts';
import {
  countWords,
  interruptedWords,
  priceWords,
  retryWords,
  runOutlook,
  stoppingWords,
  takeRows,
} from '../../../app/panels/run-words.ts';

const count = (some: Partial<Count>): Count => ({ ...nothingCounted, ...some });

describe('the count before a run', () => {
  it('says how many edits there are, how many are made and how many are paid for', () => {
    expect(countWords(count({ edits: 12, made: 5, toPay: 7 }), 'remote').join(' · ')).toBe(
      '12 edits · 5 already made · 7 to pay',
    );
  });

  it('names what is underway, what is stuck and what will be saved', () => {
    expect(countWords(count({ edits: 4, underway: 2, stuck: 1, toPay: 1, toSave: 3 }), 'remote').join(' · ')).toBe(
      '4 edits · 1 to pay · 2 underway · 1 stuck · 3 files to save',
    );
  });

  it('tells what is stuck apart from what waits for it', () => {
    expect(countWords(count({ edits: 5, stuck: 1, forgotten: 1, blocked: 3 }), 'remote')).toEqual([
      '5 edits',
      '1 stuck',
      '1 forgotten',
      '3 blocked',
    ]);
  });

  it('does not speak of paying where nothing is paid for', () => {
    expect(countWords(count({ edits: 1, toPay: 1 }), 'offline')).toEqual(['1 edit', '1 to make']);
  });
});

describe('the price before a run', () => {
  it.each([
    [7, { kind: 'remote', price: 0.04 }, '7 × $0.04 = $0.28'],
    [3, { kind: 'remote', price: 0.0375 }, '3 × $0.0375 = $0.1125'],
    [1, { kind: 'remote', price: 0.04 }, '$0.04'],
    [7, { kind: 'remote', price: null }, 'price not known'],
    [7, { kind: 'offline', price: 0 }, 'free'],
    [0, { kind: 'remote', price: 0.04 }, null],
  ] as const)('of %i edits at %o is %s', (toPay, service, words) => {
    expect(priceWords(toPay, service)).toBe(words);
  });
});

it.each([
  [null, 'working out how long'],
  [300, 'almost there'],
  [4_200, 'about 5 s left'],
  [61_000, 'about 2 min left'],
  [3_600_000, 'about 1 h left'],
  [4_000_000, 'about 1 h 7 min left'],
])('tells a remaining time of %s ms as "%s"', (milliseconds, words) => {
  expect(remainingWords(milliseconds)).toBe(words);
});

describe('what Run would do', () => {
  const still = { connected: true, nodes: 3, problems: 0, counted: true, running: false };

  it.each([
    ['ready', { count: count({ edits: 2, toPay: 1, made: 1 }) }],
    ['ready', { count: count({ edits: 2, made: 2, toSave: 1 }) }],
    ['made', { count: count({ edits: 2, made: 2 }) }],
    ['stuck', { count: count({ edits: 2, made: 1, stuck: 1 }) }],
    ['stuck', { count: count({ edits: 2, made: 1, unknown: 1 }) }],
    ['ready', { count: count({ edits: 2, toPay: 1, unknown: 1 }) }],
    ['no-edits', { count: count({}) }],
    ['looking', { count: count({ edits: 2, toPay: 2 }), counted: false }],
    ['problems', { count: count({ edits: 2, toPay: 2 }), problems: 1 }],
    ['empty', { count: count({}), nodes: 0 }],
    ['connecting', { count: count({ edits: 2, toPay: 2 }), connected: false }],
    ['running', { count: count({ edits: 2, toPay: 2 }), running: true }],
  ])('is "%s" for %o', (type, state) => {
    expect(runOutlook({ ...still, ...state }).type).toBe(type);
  });
});

describe('after a stop', () => {
  it.each([
    [2, 0, 'Retry failed (2)'],
    [4, 4, 'Retry stopped (4)'],
    [4, 1, 'Retry failed and stopped (4)'],
  ])('of %i not made, %i stopped by the user: %s', (count, cancelled, words) => {
    expect(retryWords(count, cancelled)).toBe(words);
  });

  it('the bar tells what is awaited, which is not run again', () => {
    expect(stoppingWords(0)).toBe('Stopped');
    expect(stoppingWords(1)).toBe('Stopped. The one begun already arrives by itself');
    expect(stoppingWords(3)).toBe('Stopped. The 3 begun already arrive by themselves');
  });
});

it('[M9] what comes with new takes is named beside them', () => {
  expect(takeRows(1, 1)).toBe('1 edit');
  expect(takeRows(2, 1)).toBe('2 edits: this one, and 1 that comes with it');
  expect(takeRows(1200, 1000)).toBe('1,200 edits: these 1,000, and 200 that come with them');
  expect(takeRows(0, 2)).toContain('nothing');
});

describe('a run that a reload or a crash cut off', () => {
  it.each([
    [{ toPay: 2 }, 'The run was cut off: Run goes on with the rest'],
    [{ toSave: 7 }, 'The run was cut off: Run goes on with the rest'],
    [{ toPay: 1, underway: 1 }, 'The run was cut off: 1 arrives by itself, Run goes on with the rest'],
    [{ underway: 2 }, 'The run was cut off: 2 arrive by themselves'],
    [{ edits: 3, made: 3 }, null],
  ])('says of %o “%s”', (left, words) => {
    expect(interruptedWords(count(left), true)).toBe(words);
  });

  it('by a page that was closed is told by what goes on by itself', () => {
    expect(interruptedWords(count({ toPay: 2, underway: 3 }), false)).toBe(
      '3 arrive by themselves, Run goes on with the rest',
    );
    expect(interruptedWords(count({ toPay: 2, toSave: 1 }), false)).toBeNull();
  });
});

describe('how far a run is', () => {
  it.each([
    [{ edits: { total: 16, ended: 3 }, files: { total: 0, ended: 0 } }, '3 of 16 edits'],
    [{ edits: { total: 1, ended: 0 }, files: { total: 1, ended: 0 } }, '0 of 1 edit · 0 of 1 file'],
    [{ edits: { total: 0, ended: 0 }, files: { total: 1200, ended: 5 } }, '5 of 1,200 files'],
    [{ edits: { total: 0, ended: 0 }, files: { total: 0, ended: 0 } }, '0 of 0 edits'],
  ])('counts edits and files apart, as the count before it did', (progress, words) => {
    expect(progressWords(progress)).toBe(words);
  });
});
