import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { guard } from '../../../app/server/guard.ts';

function guarded(port: number | null = 5174) {
  const app = new Hono();
  app.use(guard({ port }));
  app.all('*', (c) => c.text('answered'));
  return (path: string, headers: Record<string, string>, method = 'GET') =>
    app.request(path, { method, headers: { host: '127.0.0.1:5174', ...headers } });
}
const own = { 'x-editloom': '1' };

describe('the Host', () => {
  it.each([
    ['127.0.0.1:5174', 200],
    ['localhost:5174', 200],
    ['LOCALHOST:5174', 200],
    ['[::1]:5174', 200],
    ['127.0.0.1:5175', 403],
    ['127.0.0.1', 403],
    ['evil.example:5174', 403],
    ['127.0.0.1.evil.example:5174', 403],
    ['localhost.evil.example:5174', 403],
    ['evil.example@127.0.0.1:5174', 403],
    ['192.168.1.5:5174', 403],
    ['', 403],
  ])('%j gets %i, for the page, the API and the edit service alike', async (host, status) => {
    const ask = guarded();
    for (const path of ['/', '/api/settings', '/v1/models', '/offline-storage/x']) {
      expect((await ask(path, { host })).status).toBe(status);
    }
  });

  it('may have any port where something else listens for us, but still no other name', async () => {
    const ask = guarded(null);
    expect((await ask('/api/settings', { host: 'localhost:3000' })).status).toBe(200);
    expect((await ask('/api/settings', { host: 'evil.example:3000' })).status).toBe(403);
  });
});

describe('the API', () => {
  it.each([
    [
      'a call of our own page',
      'PUT',
      { ...own, origin: 'http://127.0.0.1:5174', 'sec-fetch-site': 'same-origin' },
      200,
    ],
    ['a command line with the header', 'PUT', own, 200],
    ['a form of a foreign page', 'POST', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['a foreign page that knows the header', 'POST', { ...own, origin: 'https://evil.example' }, 403],
    [
      'another program on this machine',
      'POST',
      { ...own, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
      403,
    ],
    ['a sandboxed frame', 'POST', { ...own, origin: 'null' }, 403],
    ['a request without the header', 'DELETE', {}, 403],
    ['a picture embedded in a foreign page', 'GET', { 'sec-fetch-site': 'cross-site' }, 403],
    ['an address typed by the user', 'GET', { 'sec-fetch-site': 'none' }, 200],
    ['our own event stream', 'GET', { 'sec-fetch-site': 'same-origin' }, 200],
  ])('answers %s (%s) with the right status', async (_, method, headers, status) => {
    expect((await guarded()('/api/settings', headers as Record<string, string>, method)).status).toBe(status);
  });

  it('lets programs call the edit service without our header', async () => {
    expect((await guarded()('/v1/models/x/y', {}, 'POST')).status).toBe(200);
  });
});

it('sends a policy that lets nothing foreign in and nobody frame us', async () => {
  const { headers } = await guarded()('/', {});
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});
