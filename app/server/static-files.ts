import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Context } from 'hono';
import { pagePolicy } from './security-headers.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** The built page. Files in assets/ have their hash in the name and never change; index.html is asked for every time. */
export async function answerStatic(c: Context, folder: string): Promise<Response> {
  const path = decodePath(c.req.path);
  const file = path === null ? null : await fileBelow(folder, path.endsWith('/') ? `${path}index.html` : path);
  const bytes = file && (await readFile(file).catch(() => null));
  if (!file || !bytes) return c.text('There is no such page.', 404);
  const headers = {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': path?.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (extname(file) === '.html') return answerPage(c, bytes.toString('utf8'), headers);
  return c.body(new Uint8Array(bytes), 200, headers);
}

/** vite.config.ts writes this word wherever a page needs its nonce. */
const noncePlace = /editloom-nonce/g;

function answerPage(c: Context, html: string, headers: Record<string, string>): Response {
  const nonce = randomBytes(18).toString('base64');
  return c.body(html.replace(noncePlace, nonce), 200, { ...headers, 'content-security-policy': pagePolicy(nonce) });
}

/** What is shown in place of the page to whoever has not logged in. */
export async function answerLogin(c: Context, folder: string | null): Promise<Response> {
  const file = folder && (await fileBelow(folder, 'login.html'));
  const html = file && (await readFile(file, 'utf8').catch(() => null));
  if (!html) return c.text('The password of this Editloom is needed, but its login page is not here.', 401);
  return c.body(html, 401, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
}

/** The real path of an existing file below the folder; null for what isn't there or would lead out of it. */
export async function fileBelow(folder: string, path: string): Promise<string | null> {
  if (path.includes('\0')) return null;
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    return file.startsWith(root + sep) ? file : null;
  } catch {
    return null;
  }
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
