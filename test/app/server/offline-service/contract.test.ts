import sharp from 'sharp';
import { expect, it } from 'vitest';
import { dataUri, origin, smallPicture, startService } from '../../../support/offline-service.ts';

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;

it('accepts an edit and answers where to follow it', async () => {
  const { call } = await startService();
  const reply = await call('POST', '/v1/models/stepfun-ai/stepx-edit2', {
    prompt: 'black and white',
    image_url: dataUri(await smallPicture()),
  });
  const request = `${origin}/v1/requests/${String(reply.body.request_id)}`;
  expect(reply).toMatchObject({
    status: 200,
    body: {
      request_id: uuid,
      status_url: `${request}/status`,
      result_url: `${request}/result`,
      cancel_url: `${request}/cancel`,
    },
  });
});

it('makes the picture, and tells about it what RunComfy tells', async () => {
  const { submit, finished, status, file } = await startService();
  const image_url = dataUri(await smallPicture());
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
    note: 'Grey.',
  });
  expect(await status(id)).toMatchObject({ request_id: id, status: 'completed' });

  const response = await file((result.output as { image: string }).image);
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-length': expect.stringMatching(/^\d+$/) as string,
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
  });
  const metadata = await sharp(await response.arrayBuffer()).metadata();
  expect(metadata).toMatchObject({ format: 'png', width: 32, height: 48 });
});
