import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { dataUri, heldEngine, origin, smallPicture, startService } from '../../../support/offline-service.ts';

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
const model = '/v1/models/stepfun-ai/stepx-edit2';
const image_url = dataUri(await smallPicture());

describe('submit', () => {
  it('accepts an edit and answers where to follow it', async () => {
    const { call } = await startService();
    const reply = await call('POST', model, { prompt: 'black and white', image_url });
    const request = `${origin}/v1/requests/${String(reply.body.request_id)}`;
    expect(reply).toMatchObject({ status: 200 });
    expect(reply.body).toEqual({
      request_id: uuid,
      status_url: `${request}/status`,
      result_url: `${request}/result`,
      cancel_url: `${request}/cancel`,
    });
  });

  it.each([
    ['no prompt', { image_url }, 'prompt', 'missing'],
    ['an empty prompt', { prompt: ' ', image_url }, 'prompt', 'custom'],
    ['a prompt that is a number', { prompt: 1, image_url }, 'prompt', 'invalid_type'],
    ['a prompt without an end', { prompt: 'x'.repeat(8001), image_url }, 'prompt', 'too_big'],
    ['no picture', { prompt: 'x' }, 'image_url', 'missing'],
    ['a picture that is no address', { prompt: 'x', image_url: 'a.png' }, 'image_url', 'custom'],
    ['a picture from the file system', { prompt: 'x', image_url: 'file:///etc/passwd' }, 'image_url', 'custom'],
    [
      'a negative prompt that is null',
      { prompt: 'x', image_url, negative_prompt: null },
      'negative_prompt',
      'invalid_type',
    ],
    ['a seed that is a text', { prompt: 'x', image_url, seed: '1' }, 'seed', 'invalid_type'],
    ['a seed with a fraction', { prompt: 'x', image_url, seed: 1.5 }, 'seed', 'invalid_type'],
    ['a negative seed', { prompt: 'x', image_url, seed: -1 }, 'seed', 'too_small'],
    [
      'a mode that is a text',
      { prompt: 'x', image_url, enable_thinking_mode: 'yes' },
      'enable_thinking_mode',
      'invalid_type',
    ],
    [
      'a mode that is a number',
      { prompt: 'x', image_url, enable_reflection_mode: 1 },
      'enable_reflection_mode',
      'invalid_type',
    ],
    ['an unknown format', { prompt: 'x', image_url, output_format: 'webp' }, 'output_format', 'invalid_value'],
  ])('refuses %s, and names the field', async (_, input, field, type) => {
    const { call } = await startService();
    expect(await call('POST', model, input)).toMatchObject({
      status: 422,
      body: {
        error_code: 422001,
        error_message: expect.stringContaining(`${field}: Expected`) as string,
        detail: [{ loc: ['body', field], msg: expect.stringMatching(/\w/) as string, type }],
      },
    });
  });

  it('names every fault at once', async () => {
    const { call } = await startService();
    const { body } = await call('POST', model, { seed: -1 });
    const fields = (body.detail as { loc: string[] }[]).map(({ loc }) => loc[1]);
    expect(fields).toEqual(['prompt', 'image_url', 'seed']);
  });

  it.each(['', 'prompt=x', '{"prompt": ', '[]', '"text"', 'null', '7'])('refuses the body %j', async (body) => {
    const { call } = await startService();
    expect(await call('POST', model, body)).toMatchObject({ status: 422, body: { detail: [{ loc: ['body'] }] } });
  });

  it.each(['/v1/models/stepfun-ai/stepx-edit3', '/v1/models/stepx-edit2', `${model}/edit`])(
    'refuses the model of %s',
    async (path) => {
      const { call } = await startService();
      expect(await call('POST', path, { prompt: 'x', image_url })).toMatchObject({
        status: 400,
        body: { error_code: 400001, error_message: expect.stringContaining('stepfun-ai/stepx-edit2') as string },
      });
    },
  );

  it('refuses what is larger than 64 MiB, announced or not', async () => {
    const { app, call } = await startService();
    const tooLarge = { status: 413, body: { error_code: 413001 } };
    expect(await call('POST', model, 'x'.repeat(64 * 1024 * 1024 + 1))).toMatchObject(tooLarge);
    const announced = await app.request(model, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-length': String(64 * 1024 * 1024 + 1) },
      body: '{}',
    });
    expect(announced.status).toBe(413);
  });

  it('ignores fields of other clients, and says so with the result', async () => {
    const { submit, finished } = await startService();
    const id = await submit({ prompt: 'black and white', image_url, guidance_scale: 6, strength: 1 });
    expect(await finished(id)).toMatchObject({
      status: 'succeeded',
      note: expect.stringContaining(
        ' Not in the schema of stepfun-ai/stepx-edit2 and ignored: guidance_scale, strength.',
      ) as string,
    });
  });
});

describe('the token', () => {
  it.each([
    ['GET', '/v1/models'],
    ['GET', '/v1/models/categories'],
    ['GET', model],
    ['POST', model],
    ['GET', '/v1/requests/x/status'],
    ['GET', '/v1/requests/x/result'],
    ['POST', '/v1/requests/x/cancel'],
  ])('is needed for %s %s', async (method, path) => {
    const { call } = await startService();
    expect(await call(method, path, undefined, null)).toMatchObject({
      status: 400,
      body: { error_code: 400004, error_name: 'UserAccountError' },
    });
  });

  it.each(['Bearer', 'Bearer ', 'Basic abc', 'token'])('is missing in the header "%s"', async (authorization) => {
    const { app } = await startService();
    expect((await app.request('/v1/models', { headers: { authorization } })).status).toBe(400);
  });

  it('keeps the requests of one apart from those of another', async () => {
    const { submit, finished, call } = await startService();
    const id = await submit({ prompt: 'black and white', image_url }, 'mine');
    const denied = { status: 403, body: { error_code: 403001, error_name: 'PermissionDeniedError' } };
    for (const [method, what] of [
      ['GET', 'status'],
      ['GET', 'result'],
      ['POST', 'cancel'],
    ] as const) {
      expect(await call(method, `/v1/requests/${id}/${what}`, undefined, 'theirs')).toMatchObject(denied);
    }
    expect(await finished(id, 'mine')).toMatchObject({ status: 'succeeded' });
  });
});

describe('status and result', () => {
  it('lead from the queue to the result, in the order of submission', async () => {
    const { engine, began, release } = heldEngine();
    const { submit, status, result, finished } = await startService({ engine, concurrency: () => 1 });
    const ids: string[] = [];
    for (const prompt of ['one', 'two', 'three']) ids.push(await submit({ prompt, image_url }));
    const [one = '', two = '', three = ''] = ids;
    await began('one');
    expect(await status(one)).toEqual({
      request_id: one,
      status: 'in_progress',
      status_url: `${origin}/v1/requests/${one}/status`,
      result_url: `${origin}/v1/requests/${one}/result`,
    });
    expect(await status(two)).toMatchObject({ status: 'in_queue', queue_position: 1 });
    expect(await status(three)).toMatchObject({ status: 'in_queue', queue_position: 2 });
    expect(await result(three)).toMatchObject({ request_id: three, status: 'in_queue', queue_position: 2 });
    expect(await result(one)).not.toHaveProperty('output');

    release('one');
    await began('two');
    // The next one begins while the picture is still being stored.
    await expect.poll(() => result(one)).toMatchObject({ status: 'succeeded' });
    expect(await status(one)).toMatchObject({ status: 'completed' });
    expect(await status(three)).toMatchObject({ status: 'in_queue', queue_position: 1 });
    release('two');
    await began('three');
    release('three');
    await finished(three);
    expect(await status(three)).not.toHaveProperty('queue_position');
  });

  it('tell about the picture what RunComfy tells', async () => {
    const { submit, finished, file } = await startService();
    const id = await submit({ prompt: 'black and white', image_url, seed: 1, output_format: 'png' });
    const result = await finished(id);
    const picture = expect.stringMatching(
      /^http:\/\/127\.0\.0\.1:5174\/offline-storage\/[0-9a-f]{16}\/[0-9a-f]{32}\/output\/edit\.png$/,
    ) as string;
    expect(result).toEqual({
      request_id: id,
      status: 'succeeded',
      status_url: `${origin}/v1/requests/${id}/status`,
      result_url: `${origin}/v1/requests/${id}/result`,
      model_id: 'stepfun-ai/stepx-edit2',
      input: {
        prompt: 'black and white',
        image_url: `data:image/png;base64,… (${image_url.length} characters)`,
        negative_prompt: '',
        seed: 1,
        enable_thinking_mode: true,
        enable_reflection_mode: true,
        output_format: 'png',
      },
      output: { image: picture, images: [picture] },
      seed: 1,
      created_at: time,
      finished_at: time,
      service: 'editloom-offline',
      note: expect.stringMatching(/^Offline engine .+black and white/) as string,
    });

    const response = await file((result.output as { image: string }).image);
    const bytes = await response.arrayBuffer();
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-length': String(bytes.byteLength),
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
    });
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 48, height: 32 });
  });

  it('say completed of a failure too; only the result tells', async () => {
    const { submit, finished, status } = await startService();
    const id = await submit({ prompt: 'bake a cake', image_url });
    const result = await finished(id);
    expect(result).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('did not understand "bake a cake"') as string,
    });
    expect(result).not.toHaveProperty('output');
    expect(await status(id)).toMatchObject({ status: 'completed' });
  });

  it('tell the cost where asked: nothing', async () => {
    const { submit, finished, call } = await startService();
    const id = await submit({ prompt: 'black and white', image_url });
    expect(await finished(id)).not.toHaveProperty('cost');
    expect((await call('GET', `/v1/requests/${id}/result?include_cost=true`)).body).toMatchObject({ cost: 0 });
  });

  it('name the seed that was drawn in place of 0', async () => {
    const { submit, finished } = await startService();
    const results = await Promise.all(
      [1, 2, 3].map(async () => finished(await submit({ prompt: 'black and white', image_url }))),
    );
    const seeds = results.map(({ seed }) => Number(seed));
    expect(seeds.every((seed) => seed > 0 && seed < 2 ** 31)).toBe(true);
    expect(new Set(seeds).size).toBe(3);
    expect(results[0]).toMatchObject({ input: { seed: 0 } });
  });

  it('are not there for ids that nobody was given', async () => {
    const { call } = await startService();
    const unknown = { status: 404, body: { error_code: 404001, error_name: 'ResourceNotFound' } };
    expect(await call('GET', '/v1/requests/req_unknown/status')).toMatchObject(unknown);
    expect(await call('GET', '/v1/requests/req_unknown/result')).toMatchObject(unknown);
    expect(await call('POST', '/v1/requests/req_unknown/cancel')).toMatchObject(unknown);
  });
});

describe('cancel', () => {
  it('takes a waiting request out of the queue for good', async () => {
    const { engine, begun, began, release } = heldEngine();
    const { submit, status, result, call, cancel, finished } = await startService({ engine, concurrency: () => 1 });
    const one = await submit({ prompt: 'one', image_url });
    const two = await submit({ prompt: 'two', image_url });
    const three = await submit({ prompt: 'three', image_url });
    await began('one');
    expect(await call('POST', `/v1/requests/${two}/cancel`)).toMatchObject({
      status: 202,
      body: { request_id: two, status: 'cancelled', outcome: 'cancelled' },
    });
    expect(await status(two)).toMatchObject({ status: 'cancelled' });
    expect(await result(two)).toMatchObject({ status: 'cancelled', finished_at: time });
    expect(await status(three)).toMatchObject({ queue_position: 1 });
    expect(await cancel(two)).toMatchObject({ outcome: 'cancelled' });
    release('one');
    await began('three');
    release('three');
    await finished(three);
    expect([await finished(one), begun]).toMatchObject([{ status: 'succeeded' }, ['one', 'three']]);
  });

  it('comes too late for what is being made, and changes nothing', async () => {
    const { engine, began, release } = heldEngine();
    const { submit, call, cancel, finished } = await startService({ engine });
    const id = await submit({ prompt: 'one', image_url });
    await began('one');
    expect(await call('POST', `/v1/requests/${id}/cancel`)).toMatchObject({
      status: 202,
      body: { request_id: id, status: 'in_progress', outcome: 'not_cancellable' },
    });
    release('one');
    expect(await finished(id)).toMatchObject({ status: 'succeeded' });
    expect(await cancel(id)).toMatchObject({ status: 'completed', outcome: 'not_cancellable' });
  });
});

it('answers unknown routes in JSON', async () => {
  const { call } = await startService();
  const nothing = { status: 404, body: { error_code: 404001 } };
  expect(await call('GET', '/v1/nothing')).toMatchObject(nothing);
  expect(await call('DELETE', '/v1/requests/x')).toMatchObject(nothing);
  expect(await call('GET', '/v1/requests/x/cancel')).toMatchObject(nothing);
  expect(await call('PUT', '/offline-storage/x')).toMatchObject(nothing);
});
