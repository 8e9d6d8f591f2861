import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mutations } from './security/mutations.js';

/** The rows of the table in SECURITY.md: threat, defence, and the test as `file`: `title`. */
const rows = readFileSync('SECURITY.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, threat = '', defence = '', test = '']) => {
    const [, file = '', title = ''] = /^`([^`]+)`: `([^`]+)`$/.exec(test) ?? [];
    return { threat, defence, file, title };
  });

it('has a defence and a test for each threat', () => {
  expect(rows.length).toBeGreaterThan(60);
  for (const row of rows) for (const cell of Object.values(row)) expect([row, cell !== '']).toEqual([row, true]);
  expect(new Set(rows.map(({ threat }) => threat)).size).toBe(rows.length);
});

it.each(rows)('$threat: the test is there', ({ file, title }) => {
  const source = readFileSync(file, 'utf8');
  // A title stands where a test begins, after it( or the brackets of its table.
  const at = source.indexOf(`'${title.replaceAll("'", "\\'")}'`);
  expect([title, at > 0]).toEqual([title, true]);
  expect(source.slice(0, at)).toMatch(/(\bit|\btest|\]|\))\(\s*$/);
});

it.each(rows)('$threat: what takes its defence away is known, and fits the code', ({ threat, file, title }) => {
  const mutation = mutations.find((one) => one.threat === threat);
  expect(mutation?.test).toEqual([file, title]);
  const source = readFileSync(mutation?.file ?? '', 'utf8');
  expect(source.split(mutation?.text ?? '').length).toBe(2);
  expect(mutation?.into).not.toBe(mutation?.text);
});

it('knows of nothing that stands in no row', () => {
  expect(mutations.map(({ threat }) => threat)).toEqual(rows.map(({ threat }) => threat));
});
