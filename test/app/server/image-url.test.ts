import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../../graphs/artifact.ts';
import { createImageUrl } from '../../../app/server/image-url.ts';
import { createResultAddresses } from '../../../app/server/result-addresses.ts';
import type { Job } from '../../../app/wire.ts';

const bucket = { endpoint: 'https://s3.example', bucket: 'mine', accessKey: 'AK', secretKey: 'SK', region: 'eu-1' };
const address = 'https://playgrounds-storage-public.runcomfy.net/a/output/x.png';

function world(bytes: Uint8Array, options: Partial<Parameters<typeof createImageUrl>[0]> = {}) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const artifact: Artifact = { sha256, width: 1, height: 1, mediaType: 'image/png', bytes: bytes.length };
  const asked: string[] = [];
  const imageUrl = createImageUrl({
    pictures: { artifact: async (sha) => (sha === sha256 ? artifact : null), read: async () => bytes },
    resultAddress: () => null,
    bucket: null,
    mayHoldResults: (url) => new URL(url).hostname.endsWith('.runcomfy.net'),
    ...options,
    async send(request) {
      asked.push(`${request.method} ${request.url}`);
      if (!options.send) throw new TypeError('This test sends nothing');
      return options.send(request);
    },
  });
  return { asked, sha256, imageUrl: (sha = sha256) => imageUrl(sha, new AbortController().signal) };
}
const small = new Uint8Array([1, 2, 3]);
const large = new Uint8Array(6 * 1024 * 1024 + 1);

describe('how the edit service gets a picture', () => {
  it('inside of the request, up to 6 MiB', async () => {
    expect(await world(small).imageUrl()).toBe('data:image/png;base64,AQID');
    expect(await world(large.subarray(1)).imageUrl()).toMatch(/^data:image\/png;base64,AAAA/);
  });

  it('from where it put the picture itself, while that is alive', async () => {
    const alive = async () => new Response(null, { status: 200, headers: { 'content-length': '3' } });
    const { imageUrl, asked } = world(small, { resultAddress: () => address, send: alive });
    expect(await imageUrl()).toBe(address);
    expect(asked).toEqual([`HEAD ${address}`]);
  });

  it.each([
    ['expired', address, async () => new Response(null, { status: 404 })],
    ['another file by now', address, async () => new Response(null, { headers: { 'content-length': '4' } })],
    ['unreachable', address, async () => Promise.reject(new TypeError('no network'))],
    ['of a foreign host', 'https://evil.example/x.png', async () => new Response(null)],
    ['not encrypted', 'http://files.runcomfy.net/x.png', async () => new Response(null)],
  ])('inside of the request again when that address is %s', async (_, url, send) => {
    expect(await world(small, { resultAddress: () => url, send }).imageUrl()).toMatch(/^data:/);
  });

  it('not at all when it is too large and there is no bucket: the sentence says what to configure', async () => {
    await expect(world(large).imageUrl()).rejects.toMatchObject({
      code: 'input-too-large',
      meaning: 'refused',
      message: expect.stringMatching(/6\.3 MB.*EDITLOOM_S3_ENDPOINT/),
    });
  });

  it('not at all when it is gone', async () => {
    await expect(world(small).imageUrl('ab'.repeat(32))).rejects.toMatchObject({ code: 'no-picture' });
  });
});

describe('the bucket of the user', () => {
  it('gets the picture once, and answers with a link that is signed for a day', async () => {
    const stored = new Map<string, Uint8Array>();
    const send = async (request: Request) => {
      expect(request.headers.get('authorization')).toMatch(/^AWS4-HMAC-SHA256 Credential=AK\/\d{8}\/eu-1\/s3\//);
      if (request.method === 'PUT') stored.set(request.url, new Uint8Array(await request.arrayBuffer()));
      return new Response(null, { status: stored.has(request.url) ? 200 : 404 });
    };
    const { imageUrl, sha256, asked } = world(large, { bucket, send });
    const link = new URL(await imageUrl());
    const object = `https://s3.example/mine/editloom/${sha256}.png`;
    expect(link.origin + link.pathname).toBe(object);
    expect(link.searchParams.get('X-Amz-Expires')).toBe('86400');
    expect(link.searchParams.get('X-Amz-Signature')).toBe(signatureOf(link));
    expect(stored.get(object)?.length).toBe(large.length);
    await imageUrl();
    expect(asked).toEqual([`HEAD ${object}`, `PUT ${object}`, `HEAD ${object}`]);
  });

  it('that refuses is named, without its keys', async () => {
    const { imageUrl } = world(large, { bucket, send: async () => new Response(null, { status: 403 }) });
    const refused: unknown = await imageUrl().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'bucket', message: expect.stringContaining('mine') });
    expect(String(refused)).not.toMatch(/SK|AK/);
  });
});

describe('where results were put', () => {
  it('is known for some hours, for the service that made them only', () => {
    let time = 0;
    const addresses = createResultAddresses(() => time);
    const done = {
      status: 'done',
      service: 'a',
      artifacts: [{ sha256: 's' }],
      resultUrls: [address],
    } as unknown as Job;
    addresses.remember(done);
    addresses.remember({ ...done, artifacts: [{ sha256: 't' }], status: 'collecting' } as unknown as Job);
    expect(addresses.find('a', 's')).toBe(address);
    expect(addresses.find('b', 's')).toBeNull();
    expect(addresses.find('a', 't')).toBeNull();
    time = 6 * 60 * 60 * 1000 + 1;
    expect(addresses.find('a', 's')).toBeNull();
  });
});

/** AWS Signature Version 4 for a presigned GET, worked out here by the book: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function signatureOf(link: URL): string {
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const signed = [...link.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const query = signed.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  const canonical = `GET\n${link.pathname}\n${query}\nhost:${link.host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const time = link.searchParams.get('X-Amz-Date') ?? '';
  const scope = `${time.slice(0, 8)}/eu-1/s3/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
  const key = [time.slice(0, 8), 'eu-1', 's3', 'aws4_request'].reduce<string | Buffer>(
    (made, part) => hmac(made, part),
    'AWS4SK',
  );
  return hmac(key as Buffer, text).toString('hex');
}
