import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FetchRefused, fetchPublic, type PublicFetch } from '../../../../app/server/public-fetch.ts';
import { dataUri, engine, smallPicture, startService } from '../../../support/offline-service.ts';

const picture = await smallPicture();
const sha256 = createHash('sha256').update(picture).digest('hex');
const ofOurs = { readPicture: (name: string) => Promise.resolve(name === sha256 ? picture : null) };

type Service = Awaited<ReturnType<typeof startService>>;
const edit = async ({ submit, finished }: Service, image_url: string) =>
  finished(await submit({ prompt: 'black and white', image_url }));

describe('a picture of our own server', () => {
  it.each([
    'http://127.0.0.1:5174',
    'http://localhost:5174',
    'http://LOCALHOST:5174',
    'http://editloom.localhost:5174',
    'http://[::1]:5174',
    'http://[::ffff:127.0.0.1]:5174',
    'http://127.0.0.2:5174',
    'http://2130706433:5174',
  ])('is read under the name %s, without HTTP', async (own) => {
    const service = await startService(ofOurs);
    expect(await edit(service, `${own}/api/pictures/${sha256}`)).toMatchObject({
      status: 'succeeded',
      input: { image_url: `${own}/api/pictures/${sha256}` },
    });
  });

  it('is read under the name that the server gives itself', async () => {
    const service = await startService({ ...ofOurs, origin: () => 'https://edits.example' });
    expect(await edit(service, `https://edits.example/api/pictures/${sha256}`)).toMatchObject({ status: 'succeeded' });
  });

  it('can be the result of the edit before', async () => {
    const service = await startService();
    const { output } = await edit(service, dataUri(picture));
    expect(await edit(service, (output as { image: string }).image)).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    ['an unknown picture', `/api/pictures/${'0'.repeat(64)}`],
    ['a thumbnail', `/api/pictures/${sha256}?size=small`],
    ['another route', '/api/settings'],
    ['a way out of the storage', '/offline-storage/%2e%2e/%2e%2e/etc/passwd'],
  ])('is not %s', async (_, path) => {
    const service = await startService(ofOurs);
    expect(await edit(service, `http://127.0.0.1:5174${path}`)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('image_url: this server has no picture at /') as string,
    });
  });
});

describe('an inner address', () => {
  it.each([
    'http://127.0.0.1:8080/a.png',
    'https://127.0.0.1:5174/a.png',
    'https://localhost/a.png',
    'https://10.0.0.1/a.png',
    'https://169.254.169.254/latest/meta-data/',
    'https://[fd00:ec2::254]/',
    'https://[::ffff:10.0.0.1]/',
  ])('is accepted and fails: %s', async (address) => {
    const service = await startService({ ...ofOurs, fetchPublic });
    expect(await edit(service, address)).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(
        /^image_url: could not fetch the picture\. .+ Expected a publicly reachable https address of a picture, or a data URI\.$/,
      ) as string,
    });
    expect(service.bugs).toEqual([]);
  });
});

describe('a public address', () => {
  it('is fetched over https alone, with limits', async () => {
    const asked: unknown[] = [];
    const serve: PublicFetch = (url, options) => {
      asked.push([url, options.protocols, options.maxBytes, options.isAllowedAddress]);
      return Promise.resolve({ bytes: picture, contentType: 'application/octet-stream', url });
    };
    const service = await startService({ fetchPublic: serve });
    const result = await edit(service, 'https://pictures.example/a.png');
    expect(result).toMatchObject({ status: 'succeeded', input: { image_url: 'https://pictures.example/a.png' } });
    expect(asked).toEqual([['https://pictures.example/a.png', ['https:'], 50_000_000, undefined]]);
  });

  it('fails with the reason when nothing can be had', async () => {
    const gone: PublicFetch = () =>
      Promise.reject(new FetchRefused('status', 'pictures.example answered with HTTP 404.', { status: 404 }));
    const service = await startService({ fetchPublic: gone });
    expect(await edit(service, 'https://pictures.example/a.png')).toMatchObject({
      status: 'failed',
      error:
        'image_url: could not fetch the picture. pictures.example answered with HTTP 404. ' +
        'Expected a publicly reachable https address of a picture, or a data URI.',
    });
  });

  it('fails when it answers with a page instead of a picture', async () => {
    const page: PublicFetch = (url) =>
      Promise.resolve({ bytes: new TextEncoder().encode('<html>'), contentType: 'image/png', url });
    const service = await startService({ fetchPublic: page });
    expect(await edit(service, 'https://pictures.example/a.png')).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('image_url: this picture cannot be edited: ') as string,
    });
  });
});

describe('a data URI', () => {
  const base64 = Buffer.from(picture).toString('base64');

  it.each([
    ['with parameters', `data:image/png;name=a.png;base64,${base64}`],
    ['with another type than it is', `data:application/octet-stream;base64,${base64}`],
    ['with escaped base64', `data:image/png;base64,${encodeURIComponent(base64)}`],
    ['with line ends', `data:image/png;base64,${base64.replace(/.{76}/g, '$&\r\n')}`],
  ])('is read %s', async (_, address) => {
    expect(await edit(await startService(), address)).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    ['without data', 'data:'],
    ['that is no base64', 'data:image/png,abc'],
    ['that is empty', 'data:image/png;base64,'],
    ['that is no picture', `data:image/png;base64,${Buffer.from('hello').toString('base64')}`],
    ['that is an SVG', `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="…"/>').toString('base64')}`],
    ['that is cut off', dataUri(picture.subarray(0, picture.length - 40))],
  ])('fails %s', async (_, address) => {
    const service = await startService();
    expect(await edit(service, address)).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^image_url: .+\.$/) as string,
    });
    expect(service.bugs).toEqual([]);
  });
});

it('reaches the engine as it was sent', async () => {
  const seen: unknown[] = [];
  const service = await startService({
    ...ofOurs,
    engine: {
      edit: (bytes, input, signal) => {
        seen.push([createHash('sha256').update(bytes).digest('hex'), input]);
        return engine.edit(bytes, input, signal);
      },
    },
  });
  const id = await service.submit({
    prompt: 'black and white',
    image_url: `http://127.0.0.1:5174/api/pictures/${sha256}`,
    negative_prompt: 'noise',
    seed: 7,
    enable_thinking_mode: false,
    output_format: 'png',
  });
  const { output } = await service.finished(id);
  expect(seen).toEqual([
    [
      sha256,
      {
        prompt: 'black and white',
        negative_prompt: 'noise',
        seed: 7,
        enable_thinking_mode: false,
        enable_reflection_mode: true,
        output_format: 'png',
      },
    ],
  ]);
  const made = await service.file((output as { image: string }).image);
  expect(await sharp(await made.arrayBuffer()).metadata()).toMatchObject({ width: 48, height: 32 });
});
