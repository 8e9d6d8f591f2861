import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../../../graphs/artifact.ts';
import { extract } from '../../../../app/embed/embed.ts';
import type { SavedOutput } from '../../../../app/wire.ts';
import { gridOfPrompts } from '../../../support/export-grid.ts';
import { makePicture } from '../../../support/pictures.ts';
import { openTestServer } from '../../../support/server.ts';

const id = '00000000-0000-4000-8000-000000000000';
const png = { format: 'png', cell: 'small' } as const;
const pdf = { format: 'pdf', cell: 'small', paper: 'letter', turned: true, pictures: 'print' } as const;

async function world() {
  const server = await openTestServer();
  const picture = (await server.json(server.upload(await makePicture('png')))) as Artifact;
  return { ...server, grid: gridOfPrompts(['a', 'b'], picture) };
}

describe('the server', () => {
  it('sends an export as a file to be kept, and says how far it is', async () => {
    const { ask, grid, json, send } = await world();
    const reply = await ask('POST', '/api/exports', { id, grid, output: { type: 'sheet', sheet: png } });
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('content-disposition')]).toEqual([
      200,
      'image/png',
      "attachment; filename*=UTF-8''Cats%20-%20Edit.png",
    ]);
    expect(reply.headers.get('content-security-policy')).toContain('sandbox');
    expect((await sharp(await reply.arrayBuffer()).metadata()).format).toBe('png');
    expect(await json(send(`/api/exports/${id}`))).toEqual({ done: 2, total: 2, error: null });
    expect((await send('/api/exports/other')).status).toBe(404);
  });

  it('refuses what is no export, more cells than it draws, and sheets beyond all measure', async () => {
    const { ask, grid } = await world();
    const post = async (changed: object) =>
      (await ask('POST', '/api/exports', { id, grid, output: { type: 'page' }, ...changed })).status;
    const many = Array.from({ length: 10_001 }, () => grid.cells[0]!);
    expect(await post({ output: { type: 'sheet', sheet: { format: 'bmp' } } })).toBe(400);
    expect(await post({ grid: { ...grid, cells: [] } })).toBe(400);
    expect(await post({ grid: { ...grid, cells: many } })).toBe(400);
    const wide = {
      ...grid,
      rows: 0,
      columns: 1,
      axes: [
        { title: 'a', values: ['x'] },
        { title: 'b', values: [] },
      ],
    };
    const cells = Array.from({ length: 500 }, (_, i) => ({ ...grid.cells[0]!, point: [0, i] }));
    expect(
      await post({ grid: { ...wide, cells }, output: { type: 'sheet', sheet: { format: 'png', cell: 'large' } } }),
    ).toBe(413);
  });

  it('writes the sheet of a node once per key, with how it was made in a PNG, and gives it back', async () => {
    const { ask, send, json, grid, folder } = await world();
    const key = '1'.repeat(64);
    const body = { key, name: 'sheets/all', grid, sheet: png, provenance: { steps: [] }, graph: { title: 'Cats' } };
    const saved = (await json(ask('POST', '/api/outputs/sheet', body))) as SavedOutput;
    expect(saved).toMatchObject({ key, file: 'sheets/all.png', url: '/api/outputs/sheets/all.png' });
    expect(await json(ask('POST', '/api/outputs/sheet', { ...body, name: 'other' }))).toEqual(saved);
    const written = await readFile(join(folder, 'outputs', saved.file));
    expect(extract(written)).toEqual({ editloom: 1, provenance: { steps: [] }, graph: { title: 'Cats' } });
    expect((await send(saved.url)).headers.get('content-type')).toBe('image/png');
    const small = await send(`${saved.url}?size=large`);
    const { format, width } = await sharp(await small.arrayBuffer()).metadata();
    expect([format, width! <= 640]).toEqual(['webp', true]);
  });

  it('gives a PDF that it wrote only to be kept, and none that others put there', async () => {
    const { ask, send, json, grid, folder } = await world();
    const body = { key: '2'.repeat(64), name: 'all', grid, sheet: pdf, provenance: null, graph: null };
    const { url } = (await json(ask('POST', '/api/outputs/sheet', body))) as SavedOutput;
    const reply = await send(url);
    expect([reply.headers.get('content-type'), reply.headers.get('content-disposition')]).toEqual([
      'application/pdf',
      "attachment; filename*=UTF-8''all.pdf",
    ]);
    const { copyFile } = await import('node:fs/promises');
    await copyFile(join(folder, 'outputs', 'all.pdf'), join(folder, 'outputs', 'mine.pdf'));
    expect((await send('/api/outputs/mine.pdf')).status).toBe(404);
    expect((await ask('POST', '/api/outputs/zip', { files: ['mine.pdf'] })).status).toBe(404);
    expect((await ask('POST', '/api/outputs/zip', { files: ['all.pdf'] })).status).toBe(200);
  });
});
