import type { Artifact } from '../../graphs/artifact.ts';
import type { ExportCell, ExportGrid } from '../../app/exports/wire.ts';

export const anyPicture: Artifact = {
  sha256: 'a'.repeat(64),
  width: 60,
  height: 40,
  mediaType: 'image/png',
  bytes: 900,
};

export const cellOf = (index: number, point: number[], some: Partial<ExportCell> = {}): ExportCell => ({
  index,
  point,
  state: 'made',
  words: 'Made',
  detail: null,
  picture: anyPicture,
  caption: null,
  name: `${index + 1}`,
  ...some,
});

/** One axis of prompts, each with a seed of its own. */
export function gridOfPrompts(prompts: readonly string[], picture: Artifact = anyPicture): ExportGrid {
  return {
    title: 'Cats',
    subject: 'Edit',
    date: '3 Feb 2031',
    axes: [{ title: 'Prompts', values: [...prompts] }],
    rows: null,
    columns: 0,
    cells: prompts.map((prompt, i) =>
      cellOf(i, [i], {
        picture,
        record: {
          node: 'Edit',
          key: String(i).padStart(64, '0'),
          take: 1,
          parameters: { prompt, negative_prompt: 'blurry', seed: i + 1, enable_thinking_mode: true },
          files: ['a.png', 'b.png'],
          service: 'offline/1',
          price: 0.04,
        },
      }),
    ),
  };
}

/** Looks down, seeds to the right, and formats as sections; what `change` says of a cell counts. */
export function gridOfThree(
  { rows, columns, sections }: { rows: readonly string[]; columns: readonly string[]; sections: readonly string[] },
  change: (index: number) => Partial<ExportCell> = () => ({}),
): ExportGrid {
  const cells: ExportCell[] = [];
  for (const [row] of rows.entries())
    for (const [column] of columns.entries())
      for (const [section] of sections.entries())
        cells.push(cellOf(cells.length, [row, column, section], change(cells.length)));
  return {
    title: 'Cats',
    subject: 'Look',
    date: '3 Feb 2031',
    axes: [
      { title: 'Looks', values: [...rows] },
      { title: 'Seeds', values: [...columns] },
      { title: 'Format', values: [...sections] },
    ],
    rows: 0,
    columns: 1,
    cells,
  };
}
