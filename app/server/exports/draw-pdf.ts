import type { Artifact } from '../../../graphs/artifact.ts';
import { loadSharp } from '../verify-picture.ts';
import type { DrawOptions } from './draw-png.ts';
import type { Page } from './pages.ts';

interface PdfOptions extends DrawOptions {
  title: string;
  /** `whole`: a JPEG stays as it is, byte for byte; `print`: all are scaled to 300 dots an inch. */
  fidelity: 'whole' | 'print';
  font: string;
}

const dotsPerPoint = 300 / 72;

/** Draws pages as a PDF with texts that can be selected, piece by piece. */
export async function* drawPdf(pages: readonly Page[], options: PdfOptions): AsyncGenerator<Uint8Array, void, void> {
  const { default: PdfDocument } = await import('pdfkit');
  const document = new PdfDocument({
    autoFirstPage: false,
    font: options.font,
    info: { Title: options.title, Creator: 'Editloom', Producer: 'Editloom' },
    // Read by readers for the blind: the order of the pages' texts is the order of reading.
    lang: 'en',
    displayTitle: true,
  });
  const fonts = new Map<string, string>();
  function* written(): Generator<Uint8Array> {
    for (let bytes = document.read() as Buffer | null; bytes; bytes = document.read() as Buffer | null) yield bytes;
  }

  for (const page of pages) {
    document.addPage({ size: [page.width, page.height], margin: 0 });
    for (const { y: top, block } of page.blocks) {
      for (const item of block.items) {
        const x = page.left + item.x;
        const y = top + item.y;
        if (item.type === 'fill') document.rect(x, y, item.width, item.height).fill(item.colour);
        else if (item.type === 'text') {
          for (const run of item.line.runs) {
            const name = fonts.get(run.font.file) ?? `f${fonts.size}`;
            if (!fonts.has(run.font.file)) document.registerFont(name, run.font.file);
            fonts.set(run.font.file, name);
            document
              .font(name)
              .fontSize(item.size)
              .fillColor(item.colour)
              .text(run.text, x + run.x * item.size, y, { lineBreak: false, baseline: 'alphabetic' });
          }
        } else {
          await placePicture(item.picture, { x, y, width: item.width, height: item.height });
          options.drawn();
          yield* written();
        }
      }
    }
    yield* written();
  }
  document.end();
  for await (const bytes of document as AsyncIterable<Buffer>) yield bytes;

  async function placePicture(picture: Artifact, box: { x: number; y: number; width: number; height: number }) {
    const bytes = await options.pictures.read(picture.sha256);
    if (!bytes) return;
    const ready = await embeddable(bytes, picture, options.fidelity, box);
    document.image(ready, box.x, box.y, { fit: [box.width, box.height], align: 'center', valign: 'center' });
  }
}

/** As a PDF can hold it: JPEG, or a PNG that needs no more work. */
async function embeddable(
  bytes: Uint8Array,
  { mediaType, width }: Artifact,
  fidelity: PdfOptions['fidelity'],
  box: { width: number; height: number },
): Promise<Buffer> {
  const dots = Math.ceil(box.width * dotsPerPoint);
  if (fidelity === 'whole' || (mediaType === 'image/jpeg' && width <= dots)) {
    if (mediaType === 'image/jpeg') return Buffer.from(bytes);
  }
  const sharp = await loadSharp();
  const drawn = sharp(bytes).autoOrient();
  if (fidelity === 'print')
    return drawn
      .resize(dots, Math.ceil(box.height * dotsPerPoint), { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
      .toBuffer();
  return drawn.flatten({ background: '#ffffff' }).toColourspace('srgb').png({ compressionLevel: 6 }).toBuffer();
}
