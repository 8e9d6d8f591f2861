import type { Artifact } from '../../../graphs/artifact.ts';
import { embed } from '../../embed/embed.ts';
import { strip } from '../../embed/strip.ts';
import { sheetOf } from '../../exports/sheet.ts';
import type {
  ExportCell,
  ExportGrid,
  ExportProgress,
  ExportRequest,
  SheetOptions,
  SheetRequest,
} from '../../exports/wire.ts';
import { safeName } from '../file-names.ts';
import { HttpError } from '../http-error.ts';
import type { PictureStore } from '../pictures.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { zipChunks } from '../zip.ts';
import { drawPdf } from './draw-pdf.ts';
import { drawPng } from './draw-png.ts';
import { openFonts, type Fonts } from './fonts.ts';
import { pageHtml } from './page-html.ts';
import { pagesOf, type Page } from './pages.ts';
import { createProgress } from './progress.ts';
import { bytesOf, checkZip, isShown } from './shown.ts';
import { createTypesetter } from './text.ts';
import { createZipEntries } from './zip-entries.ts';

export interface Made {
  /** The file's name, safe everywhere. */
  name: string;
  type: string;
  /** Signs that no font of ours has. */
  missing: string[];
  pages: number;
  chunks: AsyncGenerator<Uint8Array, void, void>;
}

export interface Exports {
  make: (request: Pick<ExportRequest, 'grid' | 'output'> & { id?: string }) => Promise<Made>;
  progress: (id: string) => ExportProgress | null;
  /** The file of a node that writes a sheet, whole; a PNG carries how it was made, as a saved picture does. */
  sheetFile: (request: SheetRequest) => Promise<Uint8Array>;
}

interface ExportsOptions {
  pictures: Pick<PictureStore, 'artifact' | 'read' | 'thumbnail'>;
  /** Never to appear in a file that may be given away. */
  secret: () => string | null;
  now: () => Date;
}

/** Beyond this a page has its pictures beside it: browsers are slow with a text of many megabytes. */
const mostInPage = 24_000_000;
const mostWhole = 1_500_000_000;
const mostSheet = 500_000_000;

/** Contact sheets, pages and zips of a grid, each made while it is sent. */
export function createExports({ pictures, secret, now }: ExportsOptions): Exports {
  const { pageEntries, zipEntries } = createZipEntries({ pictures, now });
  const progress = createProgress(() => now().getTime());
  let opened: Fonts | null = null;

  /** The page says which pictures; what they are, and whether they are still here, is for the store to say. */
  async function withOwnPictures(grid: ExportGrid): Promise<ExportGrid> {
    const names = [...new Set(grid.cells.flatMap(({ picture }) => picture?.sha256 ?? []))];
    const known = new Map<string, Artifact | null>();
    for (let at = 0; at < names.length; at += 16)
      await Promise.all(names.slice(at, at + 16).map(async (name) => known.set(name, await pictures.artifact(name))));
    const cells = grid.cells.map((cell): ExportCell => {
      if (!cell.picture) return cell;
      const picture = known.get(cell.picture.sha256) ?? null;
      if (picture) return { ...cell, picture };
      return {
        ...cell,
        picture: null,
        state: 'not-made',
        words: 'Picture gone',
        detail: 'It is not on this server any more.',
      };
    });
    return { ...grid, cells };
  }

  /** What a sheet shows of a grid; how each picture was made is not on it. */
  function drawable({ graph: _, cells, ...grid }: ExportGrid): ExportGrid {
    const shown = cells.map(({ steps: _s, record: _r, provenance: _p, ...cell }): ExportCell => cell);
    return withoutSecrets({ ...grid, cells: shown }, secret());
  }

  async function makeSheet(grid: ExportGrid, options: SheetOptions, drawn: () => void): Promise<Omit<Made, 'name'>> {
    opened ??= openFonts();
    const setter = createTypesetter(opened);
    const sheet = sheetOf(grid);
    const pages = pagesOf(sheet, setter, options);
    const about = { missing: setter.missing(), pages: pages.length };
    if (options.format === 'png')
      return { ...about, type: 'image/png', chunks: drawPng(pages[0]!, 1, { pictures, drawn }) };
    if (options.pictures === 'whole' && bytesOf(grid) > mostWhole)
      throw new HttpError(
        413,
        'too-large',
        'These pictures have more than 1.5 GB in all, too much for one PDF. Choose “For print”.',
      );
    const font = opened.usual('regular').file;
    const title = `${sheet.title} - ${grid.subject}`;
    const chunks = drawPdf(pages, { pictures, drawn, title, fidelity: options.pictures, font });
    return { ...about, type: 'application/pdf', chunks };
  }

  async function makePreview(grid: ExportGrid, options: SheetOptions): Promise<Omit<Made, 'name'>> {
    opened ??= openFonts();
    const setter = createTypesetter(opened);
    const pages = pagesOf(sheetOf(grid), setter, options);
    const first = topOf(pages[0]!);
    const chunks = drawPng(first, Math.min(1, 900 / first.width), { pictures, drawn: () => {} });
    return { type: 'image/png', missing: setter.missing(), pages: pages.length, chunks };
  }

  async function makePage(grid: ExportGrid, drawn: () => void): Promise<Omit<Made, 'name'>> {
    const about = { missing: [], pages: 1 };
    const clean = withoutSecrets(grid, secret());
    if (bytesOf(clean) * (4 / 3) <= mostInPage) {
      const inside = async ({ picture }: ExportCell) => {
        const bytes = await pictures.read(picture!.sha256);
        drawn();
        if (!bytes) return null;
        const address = `data:${picture!.mediaType};base64,${Buffer.from(strip(bytes)).toString('base64')}`;
        return { small: address, whole: address };
      };
      return { ...about, type: 'text/html; charset=utf-8', chunks: encoded(pageHtml(clean, inside)) };
    }
    checkZip(clean);
    return { ...about, type: 'application/zip', chunks: zipChunks(pageEntries(clean, drawn)) };
  }

  async function makeZip(grid: ExportGrid, output: ExportRequest['output'] & { type: 'zip' }, drawn: () => void) {
    checkZip(grid);
    const clean = withoutSecrets({ grid, output }, secret());
    const chunks = zipChunks(zipEntries(clean.grid, clean.output, drawn));
    return { type: 'application/zip', missing: [], pages: 1, chunks };
  }

  async function sheetFile(request: SheetRequest): Promise<Uint8Array> {
    const { provenance, graph } = withoutSecrets({ provenance: request.provenance, graph: request.graph }, secret());
    const { chunks } = await makeSheet(drawable(await withOwnPictures(request.grid)), request.sheet, () => {});
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of chunks) {
      size += part.length;
      if (size > mostSheet)
        throw new HttpError(413, 'too-large', 'This sheet has more than 500 MB. Choose smaller cells.');
      parts.push(part);
    }
    const bytes = Buffer.concat(parts);
    if (request.sheet.format === 'pdf') return bytes;
    return embed(bytes, { editloom: 1, provenance: provenance ?? null, graph: graph ?? null });
  }

  return {
    sheetFile,
    progress: (id) => progress.get(id),
    async make({ id, grid: asked, output }) {
      const grid = await withOwnPictures(asked);
      const drawn = id === undefined ? () => {} : progress.begin(id, grid.cells.filter(isShown).length);
      const made =
        output.type === 'sheet'
          ? await makeSheet(drawable(grid), output.sheet, drawn)
          : output.type === 'preview'
            ? await makePreview(drawable(grid), output.sheet)
            : output.type === 'page'
              ? await makePage(grid, drawn)
              : await makeZip(grid, output, drawn);
      const stem = safeName(withoutSecrets(`${grid.title} - ${grid.subject}`, secret()).slice(0, 120)) || 'export';
      const chunks = id === undefined ? made.chunks : progress.follow(id, made.chunks);
      return { ...made, chunks, name: `${stem}.${endingOf(made.type)}` };
    },
  };
}

const endingOf = (type: string): string =>
  type === 'application/pdf' ? 'pdf' : type === 'image/png' ? 'png' : type === 'application/zip' ? 'zip' : 'html';

/** What is seen of a page without scrolling far. */
function topOf(page: Page): Page {
  const height = Math.min(page.height, page.width * 1.5);
  return { ...page, height, blocks: page.blocks.filter(({ y }) => y < height) };
}

async function* encoded(parts: AsyncGenerator<string, void, void>): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(part);
}
