import { describe, expect, it } from 'vitest';
import { sheetOf } from '../../../app/exports/sheet.ts';
import { cellOf, gridOfThree } from '../../support/export-grid.ts';

const grid = gridOfThree({ rows: ['warm', 'cold'], columns: ['1', '2', '3'], sections: ['jpeg', 'png'] });

describe('a sheet', () => {
  it('has one section for each point of the axes that run neither down nor to the right', () => {
    const { sections, lines } = sheetOf(grid);
    expect(lines).toEqual(['Look · 12 pictures', 'Rows: Looks · Columns: Seeds · Sections: Format', '3 Feb 2031']);
    expect(sections.map(({ heading }) => heading)).toEqual(['Format: jpeg', 'Format: png']);
    expect(sections.map((section) => section.type === 'table' && [section.columns, section.rows.length])).toEqual([
      [['1', '2', '3'], 2],
      [['1', '2', '3'], 2],
    ]);
  });

  it('puts each cell where its values stand, whichever axis runs down', () => {
    const [section] = sheetOf({ ...grid, rows: 1, columns: 0 }).sections;
    const placed =
      section!.type === 'table' && section!.rows.map(({ label, cells }) => [label, cells.map((cell) => cell?.index)]);
    expect(placed).toEqual([
      ['1', [0, 6]],
      ['2', [2, 8]],
      ['3', [4, 10]],
    ]);
  });

  it('leaves out rows and columns of which nothing is exported, and keeps the gaps between', () => {
    const some = { ...grid, cells: grid.cells.filter(({ index }) => [0, 10].includes(index)) };
    const [section] = sheetOf(some).sections;
    expect(section!.type === 'table' && section!.columns).toEqual(['1', '3']);
    expect(section!.type === 'table' && section!.rows.map((row) => row.cells.map((cell) => cell?.index))).toEqual(
      [
        [0, undefined],
        [undefined, 10],
      ].map((row) => row.slice(0, 2)),
    );
  });

  it('sets a single axis as a row, each picture with its value below it', () => {
    const { sections } = sheetOf({
      ...grid,
      axes: [grid.axes[1]!],
      rows: null,
      columns: 0,
      cells: [1, 0].map((i) => cellOf(i, [i])),
    });
    expect(sections).toHaveLength(1);
    expect(sections[0]!.type === 'row' && sections[0]!.cells.map(({ caption }) => caption)).toEqual(['1', '2']);
  });

  it('counts what is there and what is not, in words', () => {
    const states = ['made', 'failed', 'struck', 'made'] as const;
    const { lines } = sheetOf({ ...grid, cells: states.map((state, i) => cellOf(i, [0, i % 3, 0], { state })) });
    expect(lines[0]).toBe('Look · 4 cells: 2 made, 1 failed, 1 struck out');
  });
});
