import { expect, it } from 'vitest';
import { agoWords, changeWords, fileTime, findVersions, versionTitle } from '../../../app/panels/version-words.ts';
import type { Version } from '../../../app/versions/version.ts';

const version = (more: Partial<Version>): Version => ({
  id: 'v',
  document: 'd',
  title: 'Shots',
  number: 1,
  at: 0,
  reason: 'run',
  name: null,
  words: [],
  first: false,
  nodes: 4,
  bytes: 1,
  pictures: [],
  ...more,
});

const now = new Date(2026, 4, 20, 9, 30).getTime();
const MINUTE = 60_000;

it.each([
  [-5, 'just now'],
  [0.9, 'just now'],
  [1, '1 minute ago'],
  [59.9, '59 minutes ago'],
  [60, '1 hour ago'],
  [23 * 60, '23 hours ago'],
  [24 * 60, 'yesterday'],
  [48 * 60, '2 days ago'],
  [40 * 24 * 60, 'April 10, 2026'],
])('%s minutes are “%s”', (minutes, words) => {
  expect(agoWords(now - minutes * MINUTE, now)).toBe(words);
});

it('a version is called by its name, else by why it was kept', () => {
  expect(versionTitle(version({ name: 'Best' }))).toBe('Best');
  expect(versionTitle(version({ reason: 'open' }))).toBe('Before another graph was opened');
});

it('what changed stands in one line', () => {
  expect(changeWords(version({ words: ['Added Save', 'Moved Edit'] }))).toBe('Added Save · Moved Edit');
  expect(changeWords(version({ first: true }))).toBe('The first one, with 4 nodes');
  expect(changeWords(version({}))).toBe('Nothing changed since the one before');
});

it('versions are found by name, title and what changed, by all words that were written', () => {
  const all = [
    version({ id: 'a', name: 'Best blue' }),
    version({ id: 'b', words: ['Prompt of Edit changed to “blue”'] }),
  ];
  expect(findVersions(all, 'BLUE').map(({ id }) => id)).toEqual(['a', 'b']);
  expect(findVersions(all, ' blue  prompt').map(({ id }) => id)).toEqual(['b']);
  expect(findVersions(all, 'shots best').map(({ id }) => id)).toEqual(['a']);
  expect(findVersions(all, ' ')).toBe(all);
});

it('a time can stand in the name of a file', () => {
  expect(fileTime(new Date(2026, 0, 2, 3, 4).getTime())).toBe('2026-01-02 03.04');
});
