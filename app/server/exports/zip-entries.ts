import { embed } from '../../embed/embed.ts';
import { strip } from '../../embed/strip.ts';
import { manifestOf } from '../../exports/manifest.ts';
import type { ExportCell, ExportGrid, ExportRequest } from '../../exports/wire.ts';
import { HttpError } from '../http-error.ts';
import type { PictureStore } from '../pictures.ts';
import type { ZipEntry } from '../zip.ts';
import { pageHtml } from './page-html.ts';
import { fileNames } from './shown.ts';

interface EntriesOptions {
  pictures: Pick<PictureStore, 'read' | 'thumbnail'>;
  now: () => Date;
}

/** The files of a page with its pictures beside it, and of a zip of a grid, each made when its turn comes. */
export function createZipEntries({ pictures, now }: EntriesOptions) {
  function* pageEntries(grid: ExportGrid, drawn: () => void): Generator<ZipEntry> {
    const changedAt = now();
    const names = fileNames(grid);
    const beside = async (cell: ExportCell) => ({
      small: addressOf(`thumbnails/${cell.picture!.sha256}.webp`),
      whole: addressOf(`pictures/${names.get(cell)!}`),
    });
    yield {
      name: 'index.html',
      changedAt,
      file: async () => {
        const parts: string[] = [];
        for await (const part of pageHtml(grid, beside)) parts.push(part);
        return new TextEncoder().encode(parts.join(''));
      },
    };
    const given = new Set<string>();
    for (const [cell, name] of names) {
      const { sha256 } = cell.picture!;
      if (!given.has(sha256))
        yield {
          name: `thumbnails/${sha256}.webp`,
          changedAt,
          file: async () => present(await pictures.thumbnail(sha256, 'large')),
        };
      given.add(sha256);
      yield { name: `pictures/${name}`, changedAt, file: async () => strip(await read(sha256, drawn)) };
    }
  }

  function* zipEntries(grid: ExportGrid, output: ExportRequest['output'] & { type: 'zip' }, drawn: () => void) {
    const changedAt = now();
    const names = fileNames(grid);
    const text = (value: string) => async () => new TextEncoder().encode(value);
    const manifest = manifestOf(grid, changedAt, (cell) => (names.has(cell) ? `pictures/${names.get(cell)!}` : null));
    yield { name: 'manifest.json', changedAt, file: text(`${JSON.stringify(manifest, null, 2)}\n`) };
    if (output.table !== undefined) yield { name: 'cells.csv', changedAt, file: text(output.table) };
    for (const [cell, name] of names) {
      const file = async (): Promise<Uint8Array> => {
        const bytes = await read(cell.picture!.sha256, drawn);
        if (!output.details) return strip(bytes);
        return embed(bytes, { editloom: 1, provenance: cell.provenance ?? null, graph: grid.graph ?? null });
      };
      yield { name: `pictures/${name}`, changedAt, file };
    }
  }

  async function read(sha256: string, drawn: () => void): Promise<Uint8Array> {
    const bytes = present(await pictures.read(sha256));
    drawn();
    return bytes;
  }

  return { pageEntries, zipEntries };
}

const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

function present(bytes: Uint8Array | null): Uint8Array {
  if (bytes) return bytes;
  throw new HttpError(404, 'no-such-picture', 'A picture of this export was removed while it was made. Export again.');
}
