import { describe, expect, it } from 'vitest';
import { fetchPublic } from '../../../../app/server/public-fetch.ts';
import { createResultFetch } from '../../../../app/server/result-bytes.ts';
import { isResultHost, mayHoldResults } from '../../../../app/server/result-hosts.ts';
import { withoutEcho } from '../../../../app/server/without-echo.ts';

const base = 'https://model-api.runcomfy.net';

describe('a result', () => {
  it.each([
    ['https://storage.runcomfy.net/a.png', true],
    ['https://a.b.runcomfy.com/a.png', true],
    ['https://model-api.runcomfy.net/a.png', true],
    ['https://cdn.example/a.png', true],
    ['https://deep.cdn.example/a.png', true],
    ['https://other.example/a.png', true],
    ['https://x.other.example/a.png', false],
    ['http://storage.runcomfy.net/a.png', false],
    ['https://storage.runcomfy.net:8443/a.png', false],
    ['https://user@storage.runcomfy.net/a.png', false],
    ['https://runcomfy.net.evil.example/a.png', false],
    ['https://evilruncomfy.net/a.png', false],
    ['https://storage.runcomfy.net@evil.example/a.png', false],
    ['https://evil.example\\.runcomfy.net/a.png', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['a.png', false],
  ])('at %s: may be fetched is %s', (url, expected) => {
    expect(mayHoldResults(url, base, ['cdn.example', '*.cdn.example', 'other.example'])).toBe(expected);
  });

  const fetched: string[] = [];
  const own: string[] = [];
  const fetchResult = createResultFetch({
    send: async (request) => {
      own.push(request.url);
      return new Response('own');
    },
    maxBytes: 100,
    elsewhere: {
      ownOrigin: base,
      allowHost: (hostname) => isResultHost(hostname),
      fetchPublic: async (url, options) => {
        fetched.push(`${url} ${options.protocols?.join()} ${options.maxBytes} ${options.timeoutMs}`);
        const { hostname } = new URL(url);
        // The real fetch, over a name server that knows these names alone.
        const addresses: Record<string, string> = {
          'inner.runcomfy.net': '10.0.0.7',
          'mapped.runcomfy.net': '::ffff:7f00:1',
        };
        const address = addresses[hostname];
        if (address === undefined) return { bytes: new Uint8Array([1]), contentType: null, url };
        return fetchPublic(url, {
          ...options,
          lookup: async () => [{ address, family: address.includes(':') ? 6 : 4 }],
        });
      },
    },
  });
  const { signal } = new AbortController();

  it('of the configured service comes from there, everything else over the open internet alone', async () => {
    await fetchResult(`${base}/a.png`, signal);
    await fetchResult('https://storage.runcomfy.net/b.png', signal);
    expect(own).toEqual([`${base}/a.png`]);
    expect(fetched).toEqual(['https://storage.runcomfy.net/b.png https: 100 120000']);
  });

  it.each(['https://inner.runcomfy.net/a.png', 'https://mapped.runcomfy.net/a.png'])(
    'is not fetched where its name leads to an inner address: %s',
    async (url) => {
      await expect(fetchResult(url, signal)).rejects.toMatchObject({ code: 'result-host', meaning: 'refused' });
    },
  );
});

describe('an answer of the edit service', () => {
  const answering = (body: BodyInit) =>
    withoutEcho(
      async () => new Response(body),
      () => null,
    );

  it('without an end is left before it fills the memory', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000).fill(32));
      },
    });
    await expect(answering(endless)(new Request(base))).rejects.toMatchObject({
      code: 'service-error',
      meaning: 'unclear',
    });
    expect(sent).toBeLessThan(103_000_000);
  });

  it('that fits comes through whole', async () => {
    expect(await (await answering('{"é": "橙"}')(new Request(base))).text()).toBe('{"é": "橙"}');
  });
});
