import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { galleryFacetsSchema, galleryPageSchema } from '../../../../app/gallery-wire.ts';
import type { Job } from '../../../../app/wire.ts';
import { writeGraphFile } from '../../../../graphs/file.ts';
import { hashText } from '../../../../graphs/key.ts';
import { keyOf } from '../../../support/job-world.ts';
import { offlineId, openTestServer, readEvents } from '../../../support/server.ts';
import { makePicture } from '../../../support/pictures.ts';
import { chain } from '../../../support/sketch.ts';

const made = (graph: string, index = 0) => ({
  graph,
  node: 'edit1',
  nodeTitle: 'Edit',
  index,
  point: [{ title: 'Seed sweep', value: '7' }],
});

/** The whole server with one picture made by the offline service. */
async function withPicture(prompt = 'make it black and white', folder?: string) {
  const server = await openTestServer({ ...(folder && { folder }) });
  const { ask, json, upload } = server;
  const events = readEvents(await server.send('/api/events'));
  const image = ((await json(upload(await makePicture()))) as { sha256: string }).sha256;
  const put = (graph: string, title: string, index = 0) =>
    json(
      ask('PUT', `/api/jobs/${keyOf(prompt)}`, {
        service: offlineId,
        madeFor: title,
        made: made(graph, index),
        input: {
          image,
          prompt,
          negative_prompt: '',
          seed: 7,
          enable_thinking_mode: false,
          enable_reflection_mode: false,
          output_format: 'png',
        },
      }),
    );
  await put('a'.repeat(64), 'Mugs');
  await events.nextJob(({ key, status }) => key === keyOf(prompt) && status === 'done');
  return { ...server, events, key: keyOf(prompt), put };
}

it('[L9] a picture keeps the record of whoever asked first, over a restart', async () => {
  const first = await withPicture();
  await first.put('b'.repeat(64), 'Cups', 3);
  await first.close();
  const again = await openTestServer({ folder: first.folder });
  const page = galleryPageSchema.parse(await again.json(again.ask('POST', '/api/gallery', {})));
  expect(page.entries).toMatchObject([{ key: first.key, title: 'Mugs', made: made('a'.repeat(64)), here: true }]);
  expect((await again.json(again.ask('GET', `/api/jobs/${first.key}`))) as Job).toMatchObject({ madeFor: 'Mugs' });
});

it('[L7] a rating is kept, told on the event stream and with every look at the key', async () => {
  const { ask, json, events, key, folder, close } = await withPicture();
  const reply = await ask('PUT', `/api/ratings/${key}`, { rating: 4 });
  expect(reply.status).toBe(200);
  expect(await events.nextJob((job) => job.key === key && job.rating === 4)).toMatchObject({ status: 'done' });
  await close();
  const again = await openTestServer({ folder });
  const found = (await json(again.ask('POST', '/api/lookup', { keys: [key], pictures: [] }))) as { jobs: Job[] };
  expect(found.jobs).toMatchObject([{ key, status: 'done', rating: 4 }]);
  expect((await again.ask('PUT', `/api/ratings/${key}`, { rating: 0 })).status).toBe(200);
  const facets = galleryFacetsSchema.parse(await again.json(again.ask('POST', '/api/gallery/facets', {})));
  expect(facets.ratings).toEqual([1, 0, 0, 0, 0, 0]);
});

it.each([
  [{ rating: 6 }, 400],
  [{ rating: 2.5 }, 400],
  [{ rating: -1 }, 400],
  [{}, 400],
])('[L7] %j is no rating', async (body, status) => {
  const { ask } = await openTestServer();
  expect((await ask('PUT', `/api/ratings/${'a'.repeat(64)}`, body)).status).toBe(status);
});

it('[L7] only what was made can be rated', async () => {
  const { ask } = await openTestServer();
  expect((await ask('PUT', `/api/ratings/${'a'.repeat(64)}`, { rating: 1 })).status).toBe(404);
  expect((await ask('PUT', '/api/ratings/nonsense', { rating: 1 })).status).toBe(400);
});

it('[L10] a graph is kept under the SHA-256 of its text, byte for byte, over a restart', async () => {
  const { send, folder, close } = await openTestServer();
  const text = writeGraphFile('Tassen 🍵', chain());
  const put = (name: string, body: string) =>
    send(`/api/graphs/${name}`, { method: 'PUT', headers: { 'x-editloom': '1' }, body });
  expect((await put(hashText(text), text)).status).toBe(204);
  expect((await put(hashText(text), text)).status).toBe(204);
  await close();
  const again = await openTestServer({ folder });
  const reply = await again.send(`/api/graphs/${hashText(text)}`);
  expect([reply.headers.get('content-type'), await reply.text()]).toEqual(['application/json; charset=utf-8', text]);
});

it.each([
  ['a text of another hash', 'x', hashText('y'), 400, 'other-hash'],
  ['what is no JSON', 'no graph', hashText('no graph'), 400, 'not-a-graph'],
  ['what is no graph', '{"a":1}', hashText('{"a":1}'), 400, 'not-a-graph'],
  [
    'what would change what every object has',
    '{"nodes":{},"__proto__":{}}',
    hashText('{"nodes":{},"__proto__":{}}'),
    400,
    'not-a-graph',
  ],
  ['a name that is no hash', '{}', 'x', 400, 'bad-name'],
])('[L10] refuses %s instead of a graph', async (_, text, name, status, code) => {
  const { send } = await openTestServer();
  const reply = await send(`/api/graphs/${name}`, { method: 'PUT', headers: { 'x-editloom': '1' }, body: text });
  expect([reply.status, await reply.json()]).toMatchObject([status, { error: { code } }]);
  expect((await send(`/api/graphs/${hashText(text)}`)).status).toBe(404);
});

it('[L10] refuses a graph file of more than 20 MB', async () => {
  const { send } = await openTestServer();
  const text = JSON.stringify({ nodes: {}, filling: 'x'.repeat(20_000_000) });
  const reply = await send(`/api/graphs/${hashText(text)}`, {
    method: 'PUT',
    headers: { 'x-editloom': '1' },
    body: text,
  });
  expect(reply.status).toBe(413);
  expect((await send(`/api/graphs/${hashText(text)}`)).status).toBe(404);
});

it.each([
  { limit: 501 },
  { offset: -1 },
  { from: 'yesterday' },
  { filter: { words: 'x'.repeat(401) } },
  { filter: { here: 'perhaps' } },
  { filter: { rating: 9 } },
])('[L3] %j is no question', async (body) => {
  const { ask } = await openTestServer();
  expect((await ask('POST', '/api/gallery', body)).status).toBe(400);
});

it('[L8] gives pictures as a zip under the names that were asked for, and says which are gone', async () => {
  const { ask, json } = await withPicture();
  const page = galleryPageSchema.parse(await json(ask('POST', '/api/gallery', {})));
  const { sha256, bytes } = page.entries[0]!;
  const zip = await ask('POST', '/api/gallery/zip', { files: [{ sha256, name: 'black and white.png' }] });
  expect(zip.headers.get('content-type')).toBe('application/zip');
  const content = Buffer.from(await zip.arrayBuffer());
  expect(content.includes('black and white.png')).toBe(true);
  expect(content.length).toBeGreaterThan(bytes);
  const gone = await ask('POST', '/api/gallery/zip', { files: [{ sha256: 'e'.repeat(64), name: 'x.png' }] });
  expect([gone.status, await gone.json()]).toMatchObject([404, { error: { code: 'picture-gone' } }]);
});

it.each(['../x.png', 'a/b.png', 'c:\\x.png', '.x.png', 'x.exe', ' x.png', 'x\u0000.png', `${'x'.repeat(200)}.png`])(
  '[L8] takes no file name like %j into a zip',
  async (name) => {
    const { ask } = await openTestServer();
    expect((await ask('POST', '/api/gallery/zip', { files: [{ sha256: 'e'.repeat(64), name }] })).status).toBe(400);
  },
);

it('[L4] what goes to the trash is gone from the gallery, and comes back with it', async () => {
  const { ask, json } = await withPicture();
  const look = async () => galleryPageSchema.parse(await json(ask('POST', '/api/gallery', {})));
  const { sha256 } = (await look()).entries[0]!;
  const { trash } = (await json(ask('POST', '/api/storage/clean', { pictures: [sha256] }))) as { trash: string };
  await until(async () => (await look()).total === 0);
  expect((await json(ask('POST', '/api/storage/restore', { trash }))) as unknown).toEqual({ pictures: 1 });
  await until(async () => (await look()).total === 1);
});

/** Fails with the test's timeout. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

it('no prompt, and no word that was looked for, gets into the log', async () => {
  const { ask, folder, close } = await withPicture();
  await ask('POST', '/api/gallery', { filter: { words: 'hiddenword' } });
  await close();
  const log = await readFile(`${folder}/logs/editloom.log`, 'utf8');
  expect(log).toContain('"job"');
  expect(log).not.toMatch(/hiddenword|black and white/);
});
