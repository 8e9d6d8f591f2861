import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../../../graphs/artifact.ts';
import type { SavedOutput } from '../../../../app/wire.ts';
import { pagePolicy } from '../../../../app/server/security-headers.ts';
import { makePicture, temporaryFolder } from '../../../support/pictures.ts';
import { openTestServer } from '../../../support/server.ts';

async function servedPage() {
  const pageFolder = await temporaryFolder();
  await writeFile(join(pageFolder, 'index.html'), '<meta property="csp-nonce" nonce="editloom-nonce"><p>page</p>');
  await writeFile(join(pageFolder, 'login.html'), '<p>login</p>');
  return openTestServer({ pageFolder });
}

const nonceOf = (text: string) => /'nonce-([^']+)'/.exec(text)?.[1];

describe('the page', () => {
  it('runs no script but its own files, no style without its nonce, and stands in no frame', async () => {
    const { send } = await servedPage();
    const { headers } = await send('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|\*|http:|script-src[^;]*(nonce|sha|data|blob)/);
    expect(policy).toContain("default-src 'self'; script-src 'self'; style-src 'self' 'nonce-");
    for (const none of ['object-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(policy).toContain(`${none} 'none'`);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=()');
  });

  it('has another nonce each time, the same in its policy and in its text', async () => {
    const { send } = await servedPage();
    const nonces: (string | undefined)[] = [];
    for (const path of ['/', '/', '/index.html']) {
      const reply = await send(path);
      const nonce = nonceOf(reply.headers.get('content-security-policy') ?? '');
      expect(await reply.text()).toContain(`nonce="${nonce}"`);
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(3);
    expect(Buffer.from(nonces[0] ?? '', 'base64')).toHaveLength(18);
  });

  it('lets in the one style that sonner makes, as it is installed', async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('sonner'));
    const source = await readFile(join(folder, 'index.mjs'), 'utf8');
    const [, literal = ''] = /\n__insertCSS\(("(?:[^"\\]|\\.)*")\);/.exec(source) ?? [];
    const style = JSON.parse(literal) as string;
    expect(style.length).toBeGreaterThan(10_000);
    expect(pagePolicy('x')).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });

  it('gives refusals and faults the same headers', async () => {
    const { send } = await servedPage();
    const refusals = [
      await send('/', { headers: { host: 'evil.example' } }),
      await send('/nothing'),
      await send('/api/nothing'),
      await send('/v1/nothing'),
      await send('/api/settings', { method: 'PUT', headers: { 'x-editloom': '1' }, body: 'x' }),
    ];
    for (const { status, headers } of refusals) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('pictures', () => {
  const key = '1'.repeat(64);

  async function withPicture() {
    const server = await openTestServer();
    const { sha256 } = (await server.json(server.upload(await makePicture()))) as Artifact;
    const save = { key, picture: sha256, name: 'cat', provenance: {}, graph: {} };
    const saved = (await server.json(server.ask('POST', '/api/outputs', save))) as SavedOutput;
    return { ...server, sha256, saved, outputs: join(server.folder, 'outputs') };
  }

  it('come with the type of their bytes, and may run and load nothing on a page of their own', async () => {
    const { send, sha256, saved } = await withPicture();
    for (const path of [`/api/pictures/${sha256}`, `/api/pictures/${sha256}?size=small`, saved.url]) {
      const { status, headers } = await send(path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers.get('content-type')).toBe(path.includes('size') ? 'image/webp' : 'image/png');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('are not given where something else lies in their place', async () => {
    const { send, sha256, saved, folder, outputs } = await withPicture();
    for (const bytes of [
      '<script>alert(1)</script>',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'GIF89a',
      '%PDF-1.7',
    ]) {
      await writeFile(join(outputs, saved.file), bytes);
      expect((await send(saved.url)).status).toBe(404);
      await writeFile(join(folder, 'pictures', sha256.slice(0, 2), sha256), bytes);
      expect((await send(`/api/pictures/${sha256}`)).status).toBe(404);
    }
  });

  it('are not given through a link that somebody has put there', async () => {
    const { send, ask, json, folder, outputs, upload } = await withPicture();
    const secret = join(folder, '..', 'secret.png');
    await writeFile(secret, await makePicture('png', { width: 7 }));
    await symlink(secret, join(outputs, 'link.png'));
    expect((await send('/api/outputs/link.png')).status).toBe(404);
    expect((await ask('POST', '/api/outputs/zip', { files: ['link.png'] })).status).toBe(404);
    const { sha256 } = (await json(upload(await makePicture('png', { width: 9 })))) as Artifact;
    const file = join(folder, 'pictures', 'aa', `aa${sha256.slice(2)}`);
    await mkdir(dirname(file), { recursive: true });
    await symlink(secret, file);
    expect((await send(`/api/pictures/aa${sha256.slice(2)}`)).status).toBe(404);
  });

  it('are saved through no link, and nothing is made behind one', async () => {
    const { ask, sha256, folder, outputs } = await withPicture();
    const elsewhere = join(folder, '..', 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, join(outputs, 'link'));
    const save = { key: '2'.repeat(64), picture: sha256, name: 'link/deeper/cat', provenance: {}, graph: {} };
    const reply = await ask('POST', '/api/outputs', save);
    expect([reply.status, await reply.json()]).toMatchObject([400, { error: { code: 'outside' } }]);
    await expect(readFile(join(elsewhere, 'deeper'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('alone are put into a zip, whatever else lies in the folder', async () => {
    const { ask, saved, outputs } = await withPicture();
    await writeFile(join(outputs, 'diary.txt'), 'private');
    expect((await ask('POST', '/api/outputs/zip', { files: [saved.file] })).status).toBe(200);
    for (const file of ['diary.txt', '../token', '../jobs.sqlite', '..\\token', '/etc/passwd', 'cat.png\0.txt'])
      expect([file, (await ask('POST', '/api/outputs/zip', { files: [file] })).status]).toEqual([file, 404]);
    for (const file of ['diary.txt', '..%2ftoken', '%2e%2e/jobs.sqlite', '..%5ctoken', '%2fetc%2fpasswd', 'cat.png%00'])
      expect([file, (await ask('GET', `/api/outputs/${file}`)).status]).toEqual([file, 404]);
  });

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'],
    [
      'an SVG behind a declaration',
      '<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    ],
    ['an SVG in another encoding', Buffer.from('\ufeff<svg xmlns="http://www.w3.org/2000/svg"/>', 'utf16le')],
    ['an SVG behind a picture’s first bytes', '\x89PNG<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a PDF', '%PDF-1.7\n1 0 obj'],
  ])('are never %s: not by upload, and not from an address', async (_, content) => {
    const bytes = new Uint8Array(Buffer.from(content as string));
    const { upload, ask } = await openTestServer({
      fetchPublic: async (url) => ({ bytes, contentType: 'image/png', url }),
    });
    expect((await upload(bytes, 'photo.png')).status).toBe(415);
    expect((await ask('POST', '/api/pictures/from-url', { url: 'https://a.example/photo.png' })).status).toBe(415);
  });
});
