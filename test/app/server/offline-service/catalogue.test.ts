import { expect, it } from 'vitest';
import { startService } from '../../../support/offline-service.ts';

it('describes the seven fields of the model, and that it costs nothing', async () => {
  const { call } = await startService();
  const { status, body } = await call('GET', '/v1/models/stepfun-ai/stepx-edit2');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    model_id: 'stepfun-ai/stepx-edit2',
    categories: ['image-to-image'],
    base_price_usd: 0,
    price_unit: 'image',
    service: 'editloom-offline',
    input_schema: {
      type: 'object',
      required: ['prompt', 'image_url'],
      properties: {
        prompt: { type: 'string' },
        image_url: { type: 'string', format: 'image_uri' },
        negative_prompt: { type: 'string', default: '' },
        seed: { type: 'integer', minimum: 0, default: 0 },
        enable_thinking_mode: { type: 'boolean', default: true },
        enable_reflection_mode: { type: 'boolean', default: true },
        output_format: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg' },
      },
    },
  });
});

it.each([
  ['', 1, 1],
  ['?search=STEPX', 1, 1],
  ['?search=step1x+offline', 1, 1],
  ['?search=flux', 0, 0],
  ['?category=image-to-image&search=edit', 1, 1],
  ['?category=image-to-video', 0, 0],
  ['?limit=1&offset=1', 0, 1],
])('lists the models for "%s"', async (query, shown, total) => {
  const { call } = await startService();
  const { body } = await call('GET', `/v1/models${query}`);
  expect({ shown: (body.models as unknown[]).length, total: body.total }).toEqual({ shown, total });
});

it('shows schemas in the list only where asked', async () => {
  const { call } = await startService();
  const [plain] = (await call('GET', '/v1/models')).body.models as object[];
  const [whole] = (await call('GET', '/v1/models?include_schema=true')).body.models as object[];
  expect(plain).not.toHaveProperty('input_schema');
  expect(whole).toHaveProperty('input_schema.properties.prompt');
});

it('lists the categories', async () => {
  const { call } = await startService();
  expect((await call('GET', '/v1/models/categories')).body).toEqual({ categories: ['image-to-image'] });
});

it('refuses what it cannot answer', async () => {
  const { call } = await startService();
  expect(await call('GET', '/v1/models/flux/dev')).toMatchObject({ status: 404, body: { error_code: 404001 } });
  expect(await call('GET', '/v1/models?limit=none')).toMatchObject({
    status: 422,
    body: { error_code: 422001, detail: [{ loc: ['query', 'limit'] }] },
  });
});
