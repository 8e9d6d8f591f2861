import { describe, expect, it } from 'vitest';
import { nodeTypes } from '../../../nodes/index.ts';
import { kindsOf, paletteGroups, pictureParam } from '../../../app/panels/palette-items.ts';

describe('the palette', () => {
  it('lists every node type under its category', () => {
    const listed = paletteGroups(nodeTypes, '').flatMap(({ category, types }) =>
      types.map((type) => [category, type.type]),
    );
    expect(listed).toHaveLength(nodeTypes.size);
    expect(listed).toEqual([...nodeTypes.values()].map((type) => [type.category, type.type]));
  });

  it('finds by any words of title, category and description, in any case', () => {
    const titles = (search: string) =>
      paletteGroups(nodeTypes, search).flatMap(({ types }) => types.map((t) => t.title));
    expect(titles('SWEEP seeds')).toEqual(['Seed sweep']);
    expect(titles('folder written by nobody')).toEqual([]);
  });

  it('shows each kind of port once', () => {
    const edit = [...nodeTypes.values()].find(({ uses }) => uses === 'edits')!;
    expect(kindsOf(edit)).toEqual({ inputs: ['image', 'text', 'seed', 'switch', 'format'], outputs: ['image'] });
  });
});

it('knows which node a photograph becomes by what its type declares', () => {
  const { type, param } = pictureParam(nodeTypes)!;
  expect(nodeTypes.get(type)!.outputs).toEqual({ image: expect.objectContaining({ kind: 'image' }) });
  expect(nodeTypes.get(type)!.params.shape).toHaveProperty(param);
});
