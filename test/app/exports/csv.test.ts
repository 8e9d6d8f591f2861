import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../app/exports/csv.ts';
import { draftOf, looksLikeNames, readCells } from '../../../app/table/read-table.ts';
import { gridOfPrompts } from '../../support/export-grid.ts';

const read = (text: string) =>
  Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true });

const hostile = ['=HYPERLINK("http://x")', '+1', '-2', '@SUM(A1)', 'two\nlines, a comma and a "quote"', '普通 🟠'];

describe('the CSV of cells', () => {
  it('is read back by a parser as it was, line breaks, quotes and signs of all kinds included', () => {
    const { data, errors } = read(csvOf(gridOfPrompts(hostile), { mark: true, safe: false }));
    expect(errors).toEqual([]);
    expect(data.map(({ prompt, seed, state }) => [prompt, seed, state])).toEqual(
      hostile.map((prompt, i) => [prompt, String(i + 1), 'made']),
    );
  });

  it('begins no cell as a formula, and ends each line as RFC 4180 wants it', () => {
    const text = csvOf(gridOfPrompts(hostile), { mark: false, safe: true });
    const { data } = read(text);
    expect(data.map(({ prompt }) => prompt)).toEqual([
      '\'=HYPERLINK("http://x")',
      "'+1",
      "'-2",
      "'@SUM(A1)",
      'two\nlines, a comma and a "quote"',
      '普通 🟠',
    ]);
    for (const row of data) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.split('\r\n')).toHaveLength(1 + hostile.length + 1);
  });

  it('begins with the mark of UTF-8 on wish', () => {
    const grid = gridOfPrompts(['a']);
    expect(csvOf(grid, { mark: true, safe: true }).startsWith('\ufeffindex,')).toBe(true);
    expect(csvOf(grid, { mark: false, safe: true }).startsWith('index,')).toBe(true);
  });

  it('becomes a table again: prompts, negative prompts, seeds and switches in their columns, whatever stood before them', () => {
    const cells = readCells(csvOf(gridOfPrompts(hostile), { mark: true, safe: true }));
    expect(looksLikeNames(cells.rows)).toBe(true);
    const { table, fault } = draftOf(cells.rows, true);
    expect(fault).toBe(null);
    const column = (title: string) => table.columns.findIndex((one) => one.title === title);
    const texts = (title: string) => table.rows.map((row) => row[column(title)]);
    expect(texts('prompt')).toEqual(hostile);
    expect(texts('seed')).toEqual(hostile.map((_, i) => String(i + 1)));
    expect(new Set(texts('negative_prompt'))).toEqual(new Set(['blurry']));
    expect(new Set(texts('enable_thinking_mode'))).toEqual(new Set(['on']));
  });
});
