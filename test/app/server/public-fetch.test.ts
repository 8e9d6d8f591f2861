import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { fetchPublic, type PublicFetchOptions } from '../../../app/server/public-fetch.ts';

const limits = { maxBytes: 1000, timeoutMs: 10_000 };

/** Lets tests reach their own servers: every name is this machine, and this machine is allowed. */
const here: PublicFetchOptions = {
  ...limits,
  lookup: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  isAllowedAddress: (address) => address === '127.0.0.1',
};

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

it('brings the bytes, their type and the address', async () => {
  const port = await serve((request, response) => {
    response.setHeader('content-type', 'image/png').end(`bytes of ${request.url}`);
  });
  const reply = await fetchPublic(`http://pictures.example:${port}/a.png?x=1`, here);
  expect({ ...reply, bytes: new TextDecoder().decode(reply.bytes) }).toEqual({
    bytes: 'bytes of /a.png?x=1',
    contentType: 'image/png',
    url: `http://pictures.example:${port}/a.png?x=1`,
  });
});

it('sends neither cookies nor credentials', async () => {
  let headers: unknown;
  const port = await serve((request, response) => {
    headers = request.headers;
    response.end('x');
  });
  await fetchPublic(`http://pictures.example:${port}/`, here);
  expect(headers).toEqual({
    accept: '*/*',
    'accept-encoding': 'identity',
    connection: 'close',
    host: `pictures.example:${port}`,
    'user-agent': 'Editloom',
  });
});

it.each([
  'http://127.0.0.1:PORT/',
  'http://localhost:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://0:PORT/',
  'http://[::1]:PORT/',
  'https://localhost:PORT/',
  'https://127.0.0.1:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http:\\\\127.0.0.1:PORT\\',
])('never connects to this machine by itself: %s', async (address) => {
  let asked = 0;
  const port = await serve((_, response) => void response.end(String(++asked)));
  await expect(fetchPublic(address.replace('PORT', String(port)), limits)).rejects.toMatchObject({ code: 'private' });
  expect(asked).toBe(0);
});

it('looks a name up once, and connects to the very address that was judged', async () => {
  const port = await serve((_, response) => void response.end('here'));
  const judged: string[] = [];
  const lookups: string[] = [];
  await fetchPublic(`http://rebinding.example:${port}/`, {
    ...limits,
    // A name under a stranger's control answers the check with one address and the connection with another.
    lookup: (hostname) => {
      lookups.push(hostname);
      return Promise.resolve([{ address: lookups.length === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
    },
    isAllowedAddress: (address) => judged.push(address) > 0,
  });
  expect({ lookups, judged }).toEqual({ lookups: ['rebinding.example'], judged: ['127.0.0.1'] });
});

it('refuses a name with an inner address among its public ones', async () => {
  const lookup = () =>
    Promise.resolve([
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]);
  await expect(fetchPublic('http://mixed.example/', { ...limits, lookup })).rejects.toMatchObject({ code: 'private' });
});

it.each([
  ['no address', 'a.png', 'address'],
  ['a relative one', '/a.png', 'address'],
  ['user name and password', 'https://user:secret@pictures.example/', 'address'],
  ['a user name that looks like a host', 'https://pictures.example@127.0.0.1/', 'address'],
  ['a file', 'file:///etc/passwd', 'protocol'],
  ['a data URI', 'data:image/png;base64,AAAA', 'protocol'],
  ['ftp', 'ftp://pictures.example/a.png', 'protocol'],
])('refuses %s', async (_, address, code) => {
  await expect(fetchPublic(address, limits)).rejects.toMatchObject({ name: 'FetchRefused', code });
});

it('refuses protocols and hosts that the caller does not want', async () => {
  const httpsOnly: PublicFetchOptions = { ...here, protocols: ['https:'] };
  await expect(fetchPublic('http://pictures.example/', httpsOnly)).rejects.toMatchObject({ code: 'protocol' });
  const ours: PublicFetchOptions = { ...here, allowHost: (hostname) => hostname.endsWith('.runcomfy.net') };
  await expect(fetchPublic('https://runcomfy.net.example/', ours)).rejects.toMatchObject({ code: 'host' });
  await expect(fetchPublic('https://evil.example\\.runcomfy.net/', ours)).rejects.toMatchObject({ code: 'host' });
});

it('follows redirects, and says where it ended', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
    else response.end('there');
  });
  const reply = await fetchPublic(`http://pictures.example:${port}/a`, here);
  expect(reply.url).toBe(`http://pictures.example:${port}/b`);
});

it.each([
  ['an inner address', 'http://169.254.169.254/latest/meta-data/', 'private'],
  ['a file', 'file:///etc/passwd', 'protocol'],
  ['credentials', 'http://user@pictures.example/', 'address'],
  ['another host than allowed', 'http://elsewhere.example/', 'host'],
])('refuses a redirect to %s', async (_, location, code) => {
  const port = await serve((__, response) => void response.writeHead(301, { location }).end());
  const allowHost = (hostname: string) => hostname !== 'elsewhere.example';
  await expect(fetchPublic(`http://pictures.example:${port}/`, { ...here, allowHost })).rejects.toMatchObject({ code });
});

it('gives up on redirects without an end', async () => {
  let asked = 0;
  const port = await serve((_, response) => {
    asked++;
    response.writeHead(307, { location: '/again' }).end();
  });
  await expect(fetchPublic(`http://pictures.example:${port}/`, { ...here, maxRedirects: 2 })).rejects.toMatchObject({
    code: 'redirect',
  });
  expect(asked).toBe(3);
});

it('refuses what is announced as too large before reading it', async () => {
  const port = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '1001' }).flushHeaders();
  });
  await expect(fetchPublic(`http://pictures.example:${port}/`, here)).rejects.toMatchObject({ code: 'size' });
});

it('stops reading where more comes than announced', async () => {
  const port = await serve((_, response) => {
    const more = () => void (response.write('x'.repeat(400)) ? setImmediate(more) : response.once('drain', more));
    more();
  });
  await expect(fetchPublic(`http://pictures.example:${port}/`, here)).rejects.toMatchObject({ code: 'size' });
});

it('takes exactly as much as is allowed', async () => {
  const port = await serve((_, response) => void response.end('x'.repeat(1000)));
  expect((await fetchPublic(`http://pictures.example:${port}/`, here)).bytes.length).toBe(1000);
});

it('keeps the status of a refusal', async () => {
  const port = await serve((_, response) => void response.writeHead(404).end('x'.repeat(100_000)));
  await expect(fetchPublic(`http://pictures.example:${port}/`, here)).rejects.toMatchObject({
    code: 'status',
    status: 404,
  });
});

it('ends when the time is up: in the look-up, before the answer and in the middle of it', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/middle') response.write('x');
  });
  const soon = { ...here, timeoutMs: 20 };
  const never = () => new Promise<never>(() => {});
  await Promise.all([
    expect(fetchPublic('http://slow.example/', { ...soon, lookup: never })).rejects.toMatchObject({ code: 'timeout' }),
    expect(fetchPublic(`http://slow.example:${port}/`, soon)).rejects.toMatchObject({ code: 'timeout' }),
    expect(fetchPublic(`http://slow.example:${port}/middle`, soon)).rejects.toMatchObject({ code: 'timeout' }),
  ]);
});

it('ends when the caller stops it, with the reason of the caller', async () => {
  const stop = new AbortController();
  const port = await serve(() => stop.abort(new Error('the user left')));
  const waiting = fetchPublic(`http://pictures.example:${port}/`, { ...here, signal: stop.signal });
  await expect(waiting).rejects.toThrow('the user left');
});

it('says when the connection fails: cut, refused, unknown name', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x', () => response.destroy());
    }
  });
  const closed = await closedPort();
  const unknown = () => Promise.reject(new Error('getaddrinfo ENOTFOUND'));
  await expect(fetchPublic(`http://a.example:${port}/cut`, here)).rejects.toMatchObject({ code: 'network' });
  await expect(fetchPublic(`http://a.example:${closed}/`, here)).rejects.toMatchObject({ code: 'network' });
  await expect(fetchPublic('http://a.example/', { ...here, lookup: unknown })).rejects.toThrow(
    'The connection failed: getaddrinfo ENOTFOUND.',
  );
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
