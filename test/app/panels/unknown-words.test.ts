import { expect, it } from 'vitest';
import {
  firstKeysOf,
  foundWords,
  newTakeWords,
  placeWords,
  requestIdFault,
  sentWords,
} from '../../../app/panels/unknown-words.ts';
import { applyChange } from '../../../graphs/changes.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain } from '../../support/sketch.ts';

it('the time of sending has its day where that is not today', () => {
  const sent = new Date(2026, 4, 3, 9, 5, 7).getTime();
  expect(sentWords({ submittedAt: sent, createdAt: 0 }, sent + 60_000)).toBe('09:05:07');
  expect(sentWords({ submittedAt: null, createdAt: sent }, sent + 86_400_000)).toBe('May 3, 09:05:07');
});

it.each([
  ['model-api.runcomfy.net/stepfun-ai/stepx-edit2', 'RunComfy'],
  ['127.0.0.1:4000/stepfun-ai/stepx-edit2', '127.0.0.1:4000'],
  ['offline/1/stepfun-ai/stepx-edit2', 'the offline service'],
])('the service %s is called %s', (service, words) => {
  expect(placeWords(service)).toBe(words);
});

it.each([
  ['req_1', true],
  ['  0a1b-2c  ', true],
  ['', false],
  ['https://elsewhere.example/req_1', false],
  ['x'.repeat(129), false],
])('"%s" may be a request id: %s', (text, may) => {
  expect(requestIdFault(text)).toBe(may ? null : 'Expected a request id: 1 to 128 letters, digits, "-" and "_".');
});

it('what came of an edit is told as soon as it is more than before', () => {
  expect(foundWords(undefined)).toBe(null);
  expect(foundWords({ status: 'unknown', message: 'Lost.' })).toBe(null);
  expect(foundWords({ status: 'underway', word: 'collecting' })).toContain('being fetched');
  expect(foundWords({ status: 'done', outputs: {} })).toContain('its picture is here');
  expect(foundWords({ status: 'failed', message: 'No nudity.', again: 'new-take' })).toBe('No nudity.');
});

it('the price of new takes is said before they are asked for, and an unknown one never as nothing', () => {
  expect(newTakeWords(1, 1, { kind: 'remote', price: 0.05 })).toContain('1 edit to pay, $0.05.');
  expect(newTakeWords(2, 2, { kind: 'remote', price: null })).toContain('2 edits to pay, price not known.');
  expect(newTakeWords(2, 2, { kind: 'offline', price: 0 })).toContain('2 edits to make, free.');
  expect(newTakeWords(1, 3, { kind: 'remote', price: 0.05 })).toContain(
    '3 edits to pay (2 of them with it), 3 × $0.05 = $0.15.',
  );
  expect(newTakeWords(1, null, { kind: 'remote', price: 0.05 })).not.toContain('$');
  expect(newTakeWords(0, 0, { kind: 'remote', price: 1 })).not.toContain('pay');
});

it('[K6] a new take is asked for by the key of take 1, and only of edits that are in the graph', () => {
  const graph = chain();
  const first = makePlan(graph, nodeTypes, 'test').nodes.get('a')!.tasks[0]!.key!;
  const second = makePlan(applyChange(graph, { type: 'newTake', firstKeys: [first] }).graph, nodeTypes, 'test');
  const key = second.nodes.get('a')!.tasks[0]!.key!;
  expect(firstKeysOf(second, new Set([key, 'f'.repeat(64)]))).toEqual(new Map([[key, first]]));
});
