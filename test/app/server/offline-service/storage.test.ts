import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dataUri, origin, smallPicture, startService } from '../../../support/offline-service.ts';

const image_url = dataUri(await smallPicture());

it.each([
  ['png', 'image/png'],
  ['jpeg', 'image/jpeg'],
])('gives a %s file to everybody who knows its name, but to no foreign page', async (output_format, type) => {
  const { submit, finished, app } = await startService();
  const { output } = await finished(await submit({ prompt: 'black and white', image_url, output_format }));
  const { image } = output as { image: string };
  const response = await app.request(image, { headers: { origin: 'https://elsewhere.example' } });
  expect(image.endsWith(`/edit.${output_format}`)).toBe(true);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('names files so that they cannot be guessed', async () => {
  const { submit, finished } = await startService();
  const images: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { output } = await finished(await submit({ prompt: 'black and white', image_url, seed: 1 }));
    images.push((output as { image: string }).image);
  }
  expect(new Set(images).size).toBe(3);
});

it.each([
  '/offline-storage/',
  '/offline-storage/requests.sqlite',
  '/offline-storage/../requests.sqlite',
  '/offline-storage/%2e%2e/requests.sqlite',
  '/offline-storage/..%2frequests.sqlite',
  '/offline-storage/..%5crequests.sqlite',
  '/offline-storage/PLACE/../../../requests.sqlite',
  '/offline-storage/PLACE/output/..%2f..%2f..%2f..%2frequests.sqlite',
  '/offline-storage/PLACE/output/edit.png%00.txt',
  '/offline-storage/PLACE/output/secret.txt',
  '/offline-storage/PLACE/output/',
  '/offline-storage//etc/passwd',
  '/offline-storage/%E0%A4%A',
])('gives nothing for %s', async (address) => {
  const { submit, finished, app, folder } = await startService();
  const { output } = await finished(await submit({ prompt: 'black and white', image_url, output_format: 'png' }));
  const { image } = output as { image: string };
  const place = image.slice(`${origin}/offline-storage/`.length, -'/output/edit.png'.length);
  await writeFile(path.join(folder, 'results', place, 'output', 'secret.txt'), 'secret');
  const response = await app.request(`${origin}${address.replace('PLACE', place)}`);
  expect(response.status).toBe(404);
});
