import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../app/embed/embed.ts';
import { strip } from '../../../app/embed/strip.ts';
import { answerErrors } from '../../../app/server/answer-errors.ts';
import { openOutputBook } from '../../../app/server/output-book.ts';
import { outputRoutes } from '../../../app/server/output-routes.ts';
import { createOutputs } from '../../../app/server/outputs.ts';
import { createPictureStore } from '../../../app/server/pictures.ts';
import { savedOutputSchema, type SavedOutput } from '../../../app/wire.ts';
import { makePicture, pixelsOf, temporaryFolder } from '../../support/pictures.ts';

const key = (digit: number) => String(digit).padStart(64, '0');

async function world({ secret = null as string | null } = {}) {
  const base = await temporaryFolder();
  const folder = join(base, 'outputs');
  await mkdir(folder);
  const pictures = createPictureStore(join(base, 'pictures'));
  const picture = await pictures.addResult(await makePicture('png'));
  const open = () => {
    const book = openOutputBook(join(base, 'outputs.sqlite'));
    const now = () => new Date(2031, 1, 3, 4, 5, 6);
    return { book, ...createOutputs({ folder, book, pictures, secret: () => secret, now }) };
  };
  const outputs = open();
  const save = (number: number, name: string, more: object = {}) =>
    outputs.save({
      key: key(number),
      picture: picture.sha256,
      name,
      provenance: { seed: number },
      graph: null,
      ...more,
    });
  const files = async () => {
    const names = await readdir(folder, { recursive: true });
    return names.filter((name) => name !== '.unfinished').sort();
  };
  return { base, folder, pictures, picture, outputs, open, save, files };
}

describe('a saved file', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('has the pixels of the %s and carries how it was made', async (format) => {
    const { pictures, folder, outputs } = await world();
    const bytes = await makePicture(format);
    const artifact = await pictures.addResult(bytes);
    const provenance = { steps: [{ values: { prompt: 'Größe 🟠' } }] };
    const graph = { nodes: { a: 1 } };
    const saved = await outputs.save({
      key: key(1),
      picture: artifact.sha256,
      name: 'cats/{date} tom',
      provenance,
      graph,
    });

    expect(savedOutputSchema.parse(saved)).toEqual(saved);
    const extension = { png: 'png', jpeg: 'jpg', webp: 'webp' }[format];
    expect(saved).toMatchObject({ file: `cats/2031-02-03 tom.${extension}`, artifact });
    const written = await readFile(join(folder, saved.file));
    expect(written.length).toBe(saved.bytes);
    expect(extract(written)).toEqual({ editloom: 1, provenance, graph });
    expect(await pixelsOf(written)).toEqual(await pixelsOf(bytes));
  });

  it('[N3] is never overwritten: the next one of that name gets a number', async () => {
    const { save, files, folder } = await world();
    await writeFile(join(folder, 'cat.png'), 'of the user');
    const saved = [await save(1, 'cat'), await save(2, 'cat.png'), await save(3, 'dog')];
    expect(saved.map(({ file }) => file)).toEqual(['cat-2.png', 'cat-3.png', 'dog.png']);
    expect(await files()).toEqual(['cat-2.png', 'cat-3.png', 'cat.png', 'dog.png']);
    expect(await readFile(join(folder, 'cat.png'), 'utf8')).toBe('of the user');
  });

  it('gets a name of its own when many are saved at the same moment', async () => {
    const { save, files } = await world();
    const saved = await Promise.all(Array.from({ length: 20 }, (_, index) => save(index, 'cat')));
    expect(new Set(saved.map(({ file }) => file)).size).toBe(20);
    expect((await files()).length).toBe(20);
  });

  it('is written once per key: asked again, also at the same moment or after a restart, the same file is told', async () => {
    const { save, files, outputs, open, picture } = await world();
    const [first, second] = await Promise.all([save(1, 'cat'), save(1, 'cat')]);
    expect(second).toEqual(first);
    outputs.book.close();
    const restarted = open();
    expect(await restarted.lookup([key(1), key(2)])).toEqual([first]);
    const request = { key: key(1), picture: picture.sha256, name: 'cat', provenance: null, graph: null };
    expect(await restarted.save(request)).toEqual(first);
    expect(await files()).toEqual(['cat.png']);
  });

  it('that was deleted is gone for the book too, and can be written again', async () => {
    const { save, outputs, folder, files } = await world();
    const { file } = await save(1, 'cat');
    await rm(join(folder, file));
    expect(await outputs.lookup([key(1)])).toEqual([]);
    await save(1, 'cat');
    expect(await files()).toEqual(['cat.png']);
  });

  it('[V4] holds neither the token nor an address that opens a private file', async () => {
    const { save, folder } = await world({ secret: 'rc-secret-1' });
    const signed = 'https://s3.example/mine/x.png?X-Amz-Signature=abc&X-Amz-Expires=86400';
    const { file } = await save(1, 'cat', {
      provenance: { note: `sent with rc-secret-1 to ${signed}`, plain: 'https://example.com/a?b=c' },
      graph: { nodes: [{ params: { text: 'rc-secret-1' } }] },
    });
    expect(extract(await readFile(join(folder, file)))).toEqual({
      editloom: 1,
      provenance: { note: 'sent with … to https://s3.example/mine/x.png', plain: 'https://example.com/a?b=c' },
      graph: { nodes: [{ params: { text: '…' } }] },
    });
  });

  it('[N2] cannot leave the folder, not even over a link in it', async () => {
    const { save, files, folder, base } = await world();
    expect((await save(1, '../../escaped')).file).toBe('escaped.png');
    await mkdir(join(base, 'elsewhere'));
    await symlink(join(base, 'elsewhere'), join(folder, 'link'));
    await expect(save(2, 'link/cat')).rejects.toMatchObject({ code: 'outside' });
    expect(await readdir(join(base, 'elsewhere'))).toEqual([]);
    expect(await files()).toEqual(['escaped.png', 'link']);
  });

  it('leaves nothing half-written where the folder cannot be made', async () => {
    const { save, files, folder } = await world();
    await writeFile(join(folder, 'taken'), 'a file, not a folder');
    await expect(save(1, 'taken/cat')).rejects.toMatchObject({ name: 'StorageError' });
    expect(await files()).toEqual(['taken']);
  });

  it('needs its picture', async () => {
    const { save } = await world();
    await expect(save(1, 'cat', { picture: key(9) })).rejects.toMatchObject({ code: 'no-such-picture' });
  });
});

describe('the routes', () => {
  async function routed() {
    const made = await world();
    const opened: string[] = [];
    const app = outputRoutes({ outputs: made.outputs, openFolder: async (folder) => void opened.push(folder) });
    app.onError(answerErrors((error) => expect.unreachable(String(error))));
    const post = (path: string, body?: unknown) =>
      app.request(path, { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { ...made, app, opened, post };
  }

  it('answer with a saved picture under the address that was told', async () => {
    const { app, post, picture, folder } = await routed();
    const request = { key: key(1), picture: picture.sha256, name: 'größe/50% "off"', provenance: null, graph: null };
    const reply = await post('/', request);
    expect(reply.status).toBe(201);
    const saved = (await reply.json()) as SavedOutput;
    expect(saved.url).toBe('/api/outputs/gr%C3%B6%C3%9Fe/50%25%20-off-.png');
    const served = await app.request(saved.url.replace('/api/outputs', ''));
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(served.headers.get('content-disposition')).toBeNull();
    expect(Buffer.from(await served.arrayBuffer())).toEqual(await readFile(join(folder, saved.file)));
    const download = await app.request(`${saved.url.replace('/api/outputs', '')}?download`);
    expect(download.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''50%25%20-off-.png");
  });

  it.each(['/%2e%2e%2foutputs.sqlite', '/..%2f..%2fetc%2fpasswd', '/%00', '/nothing.png', '/notes.txt', '/%ff'])(
    'have nothing at %s',
    async (path) => {
      const { app, folder } = await routed();
      await writeFile(join(folder, 'notes.txt'), 'private');
      const reply = await app.request(path);
      expect(reply.status).toBe(404);
      expect(await reply.text()).not.toMatch(/private|SQLite/);
    },
  );

  it('zip the chosen files, each once, under their own names', async () => {
    const { post, save, folder } = await routed();
    const files = [await save(1, 'a/größe'), await save(2, 'b/größe'), await save(3, 'c')].map(({ file }) => file);
    const reply = await post('/zip', { files: [...files, ...files] });
    expect(reply.headers.get('content-type')).toBe('application/zip');
    const unzipped = unzipSync(new Uint8Array(await reply.arrayBuffer()));
    expect(Object.keys(unzipped)).toEqual(files);
    for (const file of files) expect(Buffer.from(unzipped[file] ?? [])).toEqual(await readFile(join(folder, file)));
  });

  it('open the folder', async () => {
    const { post, opened, folder } = await routed();
    expect((await post('/open')).status).toBe(204);
    expect(opened).toEqual([folder]);
  });
});

describe('a copy to be downloaded', () => {
  it('[V2, V4] carries what a saved file carries, and not the token', async () => {
    const { outputs, picture, pictures } = await world({ secret: 'token-of-mine' });
    const provenance = { prompt: 'with token-of-mine in it' };
    const { mediaType, bytes } = await outputs.copy({ picture: picture.sha256, provenance, graph: { nodes: {} } });
    expect(mediaType).toBe('image/png');
    expect(extract(bytes)).toMatchObject({ editloom: 1, graph: { nodes: {} } });
    expect(JSON.stringify(extract(bytes))).not.toContain('token-of-mine');
    expect(await pixelsOf(bytes)).toEqual(await pixelsOf((await pictures.read(picture.sha256))!));
  });

  it('[V7] carries nothing on wish, and neither does a saved file', async () => {
    const { outputs, picture, pictures, folder, save } = await world();
    const plain = strip((await pictures.read(picture.sha256))!);
    const { bytes } = await outputs.copy({ picture: picture.sha256, plain: true, provenance: 1, graph: 2 });
    expect(bytes).toEqual(plain);
    const { file } = await save(1, 'plain', { plain: true });
    expect(new Uint8Array(await readFile(join(folder, file)))).toEqual(plain);
  });

  it('is not given of a picture that is gone', async () => {
    const { outputs } = await world();
    await expect(outputs.copy({ picture: key(9), provenance: null, graph: null })).rejects.toMatchObject({
      status: 404,
    });
  });
});
