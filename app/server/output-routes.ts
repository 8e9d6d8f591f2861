import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Hono } from 'hono';
import { z } from 'zod';
import { copyRequestSchema, saveRequestSchema } from '../wire.ts';
import { HttpError, limitBody, parseBody } from './http-error.ts';
import { outputSize, type Outputs } from './outputs.ts';
import { readOwnFile } from './read-file.ts';
import { picturePolicy } from './security-headers.ts';
import { sniff } from './sniff.ts';
import { isStorable, loadSharp } from './verify-picture.ts';
import { maxZipBytes, maxZipFiles, zipStream } from './zip.ts';

interface OutputRouteOptions {
  outputs: Outputs;
  openFolder: (folder: string) => Promise<void>;
}

const zipRequestSchema = z.object({ files: z.array(z.string().max(2000)).min(1).max(maxZipFiles) });

export function outputRoutes({ outputs, openFolder }: OutputRouteOptions): Hono {
  const app = new Hono();

  app.post('/', limitBody(20_000_000), async (c) =>
    c.json(await outputs.save(await parseBody(c, saveRequestSchema)), 201),
  );

  app.post('/copy', limitBody(20_000_000), async (c) => {
    const { mediaType, bytes } = await outputs.copy(await parseBody(c, copyRequestSchema));
    return c.body(new Uint8Array(bytes), 200, { 'content-type': mediaType, 'content-security-policy': picturePolicy });
  });

  app.post('/zip', limitBody(10_000_000), async (c) => {
    const { files } = await parseBody(c, zipRequestSchema);
    const entries = await Promise.all(
      [...new Set(files)].map(async (name) => {
        const file = await outputs.find(name);
        // Other files may lie in that folder too; only pictures are ours to give.
        if (!file || !((await beginsAsPicture(file)) || isOwnPdf(name, outputs)))
          throw new HttpError(404, 'no-such-output', `${name} is not in the outputs folder any more.`);
        return { name, file, ...(await outputSize(file)) };
      }),
    );
    if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > maxZipBytes) {
      throw new HttpError(
        413,
        'too-large',
        'These files have more than 4 GB in all, more than a zip takes. Choose fewer.',
      );
    }
    return c.body(zipStream(entries), 200, {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="editloom-outputs.zip"',
    });
  });

  app.post('/open', async (c) => {
    await openFolder(outputs.folder);
    return c.body(null, 204);
  });

  app.get('/:file{.+}', async (c) => {
    const file = await outputs.find(c.req.param('file'));
    const bytes = file && (await readOwnFile(file).catch(() => null));
    const isPdf = bytes ? isOwnPdf(c.req.param('file'), outputs) && beginsAsPdf(bytes) : false;
    const type = bytes && (isPdf ? 'application/pdf' : sniff(bytes));
    if (!file || !bytes || !type || !(isPdf || isStorable(type as ReturnType<typeof sniff>))) {
      throw new HttpError(404, 'no-such-output', 'There is no such picture in the outputs folder any more.');
    }
    if (!isPdf && c.req.query('size') === 'large')
      return c.body(new Uint8Array(await smaller(bytes)), 200, {
        'content-type': 'image/webp',
        'cache-control': 'private, max-age=600',
        'content-security-policy': picturePolicy,
      });
    // A PDF on a page of its own is the browser’s to run; it is only given to be kept.
    const attachment = isPdf || c.req.query('download') !== undefined;
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': type,
      'cache-control': 'no-cache',
      'content-security-policy': picturePolicy,
      ...(attachment && {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(file)).replace(/['()]/g, escape)}`,
      }),
    });
  });

  return app;
}

/** To look at on a card: a sheet may have hundreds of megapixels. */
async function smaller(bytes: Buffer): Promise<Buffer> {
  const sharp = await loadSharp();
  try {
    return await sharp(bytes, { limitInputPixels: mostPixels, sequentialRead: true })
      .resize(mostSide, mostSide, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82, effort: 2 })
      .toBuffer();
  } catch {
    throw new HttpError(404, 'no-such-output', 'This file in the outputs folder cannot be read as a picture.');
  }
}

const mostSide = 640;
/** As large as a sheet may be, and a little. */
const mostPixels = 420e6;

/** A contact sheet that was written here. */
const isOwnPdf = (name: string, outputs: Outputs): boolean => name.endsWith('.pdf') && outputs.wrote(name);

const beginsAsPdf = (bytes: Buffer): boolean => bytes.subarray(0, 5).toString('latin1') === '%PDF-';

async function beginsAsPicture(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return isStorable(sniff(buffer.subarray(0, bytesRead)));
  } finally {
    await handle.close();
  }
}
