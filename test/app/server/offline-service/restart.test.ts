import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dataUri, heldEngine, smallPicture, startService, temporaryFolder } from '../../../support/offline-service.ts';

const image_url = dataUri(await smallPicture());
const day = 24 * 60 * 60 * 1000;

async function bytesOf({ file }: Awaited<ReturnType<typeof startService>>, result: Record<string, unknown>) {
  return Buffer.from(await (await file((result.output as { image: string }).image)).arrayBuffer());
}

it('answers after a restart as before', async () => {
  const before = await startService();
  const { folder, submit, finished, close } = before;
  const made = await submit({ prompt: 'black and white', image_url });
  const failed = await submit({ prompt: 'bake a cake', image_url });
  const results = [await finished(made), await finished(failed)];
  const picture = await bytesOf(before, results[0] ?? {});
  await close();

  const after = await startService({ folder });
  expect([await after.result(made), await after.result(failed)]).toEqual(results);
  expect(await bytesOf(after, results[0] ?? {})).toEqual(picture);
});

it('takes up what was being made and what was waiting, in the old order and with the old seeds', async () => {
  const { engine, began } = heldEngine();
  const { folder, submit, cancel, close, status } = await startService({ engine, concurrency: () => 1 });
  const ids: string[] = [];
  for (const prompt of ['one', 'two', 'three']) ids.push(await submit({ prompt, image_url, seed: 0 }));
  const [one = '', two = '', three = ''] = ids;
  await began('one');
  await cancel(two);
  await close();

  const again = heldEngine();
  const after = await startService({ folder, engine: again.engine, concurrency: () => 1 });
  expect(await after.status(one)).toMatchObject({ status: 'in_progress' });
  expect(await after.status(two)).toMatchObject({ status: 'cancelled' });
  expect(await after.status(three)).toMatchObject({ status: 'in_queue', queue_position: 1 });
  await again.began('one');
  again.release('one');
  await again.began('three');
  again.release('three');
  await after.finished(three);
  const results = [await after.finished(one), await after.finished(three)];
  expect(results).toMatchObject([{ status: 'succeeded' }, { status: 'succeeded' }]);
  expect(again.begun).toEqual(['one', 'three']);
  expect((await status(one)).error_code).toBe(503001);
});

it('gives up on an edit that has brought the server down three times', async () => {
  const folder = await temporaryFolder();
  const ids: string[] = [];
  for (let crash = 0; crash < 3; crash++) {
    const { engine, began } = heldEngine();
    // Left as it is, like a server that was killed.
    const { submit } = await startService({ folder, engine });
    if (crash === 0) ids.push(await submit({ prompt: 'one', image_url }));
    await began('one');
  }
  const { result } = await startService({ folder });
  expect(await result(ids[0] ?? '')).toMatchObject({
    status: 'failed',
    error:
      'The server went down 3 times while it worked on this edit, so it is not begun again. Try it with a smaller picture.',
  });
});

it('begins again as often as the server is stopped in good order', async () => {
  const folder = await temporaryFolder();
  const ids: string[] = [];
  for (let stop = 0; stop < 4; stop++) {
    const { engine, began } = heldEngine();
    const { submit, close } = await startService({ folder, engine });
    if (stop === 0) ids.push(await submit({ prompt: 'black and white', image_url }));
    await began('black and white');
    await close();
  }
  const { finished } = await startService({ folder });
  expect(await finished(ids[0] ?? '')).toMatchObject({ status: 'succeeded' });
});

it('makes the same picture when it begins again', async () => {
  const held = heldEngine();
  const { folder, submit, close } = await startService({ engine: held.engine });
  const id = await submit({ prompt: 'black and white', image_url, seed: 3 });
  await held.began('black and white');
  await close();
  const after = await startService({ folder });
  const uninterrupted = await after.submit({ prompt: 'black and white', image_url, seed: 3 });
  const pictures = [await after.finished(id), await after.finished(uninterrupted)];
  expect(await bytesOf(after, pictures[0] ?? {})).toEqual(await bytesOf(after, pictures[1] ?? {}));
});

it('keeps no token, and no sent picture once it is done', async () => {
  const { folder, submit, finished, close } = await startService();
  await finished(await submit({ prompt: 'black and white', image_url }, 'secret-token-4711'), 'secret-token-4711');
  await close();
  expect(await readdir(path.join(folder, 'inputs'))).toEqual([]);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(path.join(file.parentPath, file.name), 'latin1')),
  );
  expect(contents.length).toBeGreaterThan(1);
  expect(contents.join('\n')).toContain('black and white');
  expect(contents.join('\n')).not.toContain('4711');
});

it('forgets requests and their pictures after a week', async () => {
  let time = Date.UTC(2026, 0, 1);
  const { folder, submit, finished, call, file } = await startService({ now: () => time });
  const old = await submit({ prompt: 'black and white', image_url });
  const picture = ((await finished(old)).output as { image: string }).image;
  time += 6 * day;
  const young = await submit({ prompt: 'black and white', image_url });
  await finished(young);
  expect(await call('GET', `/v1/requests/${old}/result`)).toMatchObject({ status: 200 });

  time += 2 * day;
  const expired = { status: 404, body: { error_code: 404001 } };
  expect(await call('GET', `/v1/requests/${old}/result`)).toMatchObject(expired);
  await finished(await submit({ prompt: 'black and white', image_url }));
  expect((await file(picture)).status).toBe(404);
  expect(await call('GET', `/v1/requests/${young}/result`)).toMatchObject({ status: 200 });
  const [account = ''] = await readdir(path.join(folder, 'results'));
  expect((await readdir(path.join(folder, 'results', account))).length).toBe(2);
});

it('removes inputs that no request needs', async () => {
  const folder = await temporaryFolder();
  const { submit, finished, close } = await startService({ folder });
  await finished(await submit({ prompt: 'black and white', image_url }));
  await close();
  await mkdir(path.join(folder, 'inputs'), { recursive: true });
  await writeFile(path.join(folder, 'inputs', 'left-over.txt'), image_url);
  await (await startService({ folder })).close();
  expect(await readdir(path.join(folder, 'inputs'))).toEqual([]);
});
