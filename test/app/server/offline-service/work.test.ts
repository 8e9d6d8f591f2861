import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { usualSeconds } from '../../../../app/server/offline/work.ts';
import { dataUri, engine, heldEngine, smallPicture, startService } from '../../../support/offline-service.ts';

const image_url = dataUri(await smallPicture());
const greyEdit = { prompt: 'black and white', image_url };

it('works on two at once, and on the next when one is done', async () => {
  const { engine, begun, began, release } = heldEngine();
  const { submit, finished, status } = await startService({ engine });
  const ids: string[] = [];
  for (const prompt of ['one', 'two', 'three']) ids.push(await submit({ prompt, image_url }));
  await began('one', 'two');
  expect(await status(ids[2] ?? '')).toMatchObject({ status: 'in_queue', queue_position: 1 });
  release('two');
  await began('three');
  expect(begun).toEqual(['one', 'two', 'three']);
  release('one');
  release('three');
  for (const id of ids) expect(await finished(id)).toMatchObject({ status: 'succeeded' });
});

it('obeys a change of how many at once', async () => {
  const { engine, began, release } = heldEngine();
  let concurrency = 1;
  const { submit, status } = await startService({ engine, concurrency: () => concurrency });
  await submit({ prompt: 'one', image_url });
  const two = await submit({ prompt: 'two', image_url });
  await began('one');
  expect(await status(two)).toMatchObject({ status: 'in_queue' });
  concurrency = 3;
  await submit({ prompt: 'three', image_url });
  await began('two', 'three');
  for (const prompt of ['one', 'two', 'three']) release(prompt);
});

it('turns a mistake of the engine into a failed result, and goes on', async () => {
  const { submit, finished, bugs } = await startService({
    concurrency: () => 1,
    engine: {
      edit: (picture, input, signal) => {
        if (input.prompt === 'throw') throw new TypeError('x is not a function');
        return input.prompt === 'reject' ? Promise.reject(new Error('no')) : engine.edit(picture, input, signal);
      },
    },
  });
  const thrown = await submit({ prompt: 'throw', image_url });
  const rejected = await submit({ prompt: 'reject', image_url });
  const good = await submit(greyEdit);
  expect(await finished(good)).toMatchObject({ status: 'succeeded' });
  expect(await finished(rejected)).toMatchObject({ status: 'failed' });
  expect(await finished(thrown)).toMatchObject({
    status: 'failed',
    error:
      'The offline edit service made a mistake of its own (x is not a function). ' +
      'The picture and the prompt may be all right; please report it.',
  });
  expect(bugs).toEqual([new TypeError('x is not a function'), new Error('no')]);
});

it('says why when the disk does not take the picture, and goes on', async () => {
  const { submit, finished, folder } = await startService();
  await writeFile(path.join(folder, 'results'), 'in the way');
  expect(await finished(await submit(greyEdit))).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('could not be written') as string,
  });
  await rm(path.join(folder, 'results'));
  expect(await finished(await submit(greyEdit))).toMatchObject({ status: 'succeeded' });
});

it('answers with an error, and takes nothing down, when the disk does not take the request', async () => {
  const { call, folder } = await startService();
  await writeFile(path.join(folder, 'inputs'), 'in the way');
  expect(await call('POST', '/v1/models/stepfun-ai/stepx-edit2', greyEdit)).toMatchObject({
    status: 500,
    body: { error_code: 500001, error_message: expect.stringContaining('could not be written') as string },
  });
});

it('takes as long as it is told to', async () => {
  const slept: number[] = [];
  let delay = 0;
  const { submit, finished } = await startService({
    delay: () => delay,
    now: () => 1_000_000,
    sleep: (ms) => Promise.resolve(void slept.push(ms)),
  });
  const id = await submit(greyEdit);
  await finished(id);
  expect(slept).toEqual([]);
  delay = 0.5;
  const slow = await submit(greyEdit);
  const { input } = (await finished(slow)) as { input: Parameters<typeof usualSeconds>[0]['input'] };
  expect(slept).toEqual([usualSeconds({ id: slow, input }) * 500]);
});

it.each([
  [true, true, 30, 120],
  [false, true, 25, 110],
  [true, false, 12, 28],
  [false, false, 8, 20],
])('with thinking %s and reflection %s the real model takes %i to %i seconds', (thinking, reflection, least, most) => {
  const input = { enable_thinking_mode: thinking, enable_reflection_mode: reflection };
  const seconds = Array.from({ length: 1000 }, (_, i) => {
    return usualSeconds({ id: `request ${i}`, input: { ...fields, ...input } });
  });
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...seconds)).toBeLessThan(most);
  const middle = seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  expect(Math.abs(middle - (least + most) / 2)).toBeLessThan((most - least) / 20);
});

const fields = { prompt: 'x', image_url, negative_prompt: '', seed: 1, output_format: 'png' as const };

it('stops at once when closed, in the middle of a slow edit', async () => {
  const sleeping = vi.fn<() => void>();
  const { submit, close, bugs } = await startService({
    delay: () => 1,
    sleep: (_, signal) =>
      new Promise((_resolve, reject) => {
        sleeping();
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  });
  await submit(greyEdit);
  await vi.waitFor(() => expect(sleeping).toHaveBeenCalled(), { timeout: 30_000 });
  await close();
  expect(bugs).toEqual([]);
});
