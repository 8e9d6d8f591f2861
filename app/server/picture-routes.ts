import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { sha256Schema } from '../../graphs/artifact.ts';
import { HttpError, limitBody, parseBody } from './http-error.ts';
import { limitAtOnce } from './limits.ts';
import type { PictureStore } from './pictures.ts';
import type { PublicFetch } from './public-fetch.ts';
import { picturePolicy } from './security-headers.ts';
import { sniff } from './sniff.ts';
import { isStorable, maxPictureBytes, PictureRefused } from './verify-picture.ts';

interface PictureRouteOptions {
  pictures: PictureStore;
  fetchPublic: PublicFetch;
}

export function pictureRoutes({ pictures, fetchPublic }: PictureRouteOptions): Hono {
  const app = new Hono();
  // Each may take some hundred megabytes while it is decoded.
  const few = limitAtOnce({ atOnce: 4, waiting: 1000 });

  const tooLarge = (c: Context) => `${fileName(c)} was not taken: a picture may have at most 50 MB.`;
  app.post('/', few, limitBody(maxPictureBytes, tooLarge), async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await add(pictures, bytes, fileName(c)), 201);
  });

  app.post('/from-url', few, limitBody(100_000), async (c) => {
    const { url } = await parseBody(c, z.object({ url: z.string().max(20_000) }));
    const { bytes } = await fetchPublic(url, { maxBytes: maxPictureBytes, timeoutMs: 30_000 });
    return c.json(await add(pictures, bytes, nameInUrl(url)), 201);
  });

  app.get('/:sha256', async (c) => {
    const sha256 = c.req.param('sha256');
    const size = c.req.query('size');
    if (!sha256Schema.safeParse(sha256).success) throw noSuchPicture();
    if (size !== undefined && size !== 'small' && size !== 'large') {
      throw new HttpError(400, 'bad-request', 'Expected ?size=small or ?size=large.');
    }
    const etag = `"${sha256}${size ? `-${size}` : ''}"`;
    const headers = {
      etag,
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': picturePolicy,
    };
    const artifact = await pictures.artifact(sha256);
    if (!artifact) throw noSuchPicture();
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
    const bytes = size ? await pictures.thumbnail(sha256, size) : await pictures.read(sha256);
    // What lies there now counts, not what lay there once.
    const type = bytes && sniff(bytes);
    if (!bytes || !type || !isStorable(type)) throw noSuchPicture();
    return c.body(new Uint8Array(bytes), 200, { ...headers, 'content-type': type });
  });

  return app;
}

async function add(pictures: PictureStore, bytes: Uint8Array, name: string) {
  try {
    return await pictures.addUpload(bytes);
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
    const status = error.code === 'too-large' ? 413 : 415;
    throw new HttpError(status, error.code, `${name} was not taken: ${error.message}`);
  }
}

/** The name goes into messages only, never onto the disk. */
function fileName(c: Context): string {
  const header = c.req.header('x-file-name') ?? '';
  let name = header;
  try {
    name = decodeURIComponent(header);
  } catch {
    // Not percent-encoded: take it as it came.
  }
  return name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, 200) || 'The picture';
}

function nameInUrl(url: string): string {
  const { hostname, pathname } = new URL(url);
  return decodeURIComponentOr(pathname.split('/').at(-1) ?? '') || hostname;
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const noSuchPicture = () => new HttpError(404, 'no-such-picture', 'This server has no picture of that name.');
