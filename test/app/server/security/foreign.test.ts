import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { socketLimits } from '../../../../app/server/serve.ts';
import { openTestServer, startTestServer } from '../../../support/server.ts';

/** Sends bytes as they are and answers with everything that came back until the connection ended. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
    socket.once('close', () => resolve(heard));
    socket.once('error', (error) => (heard ? resolve(heard) : reject(error)));
  });
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

describe('a real socket', () => {
  it('refuses a request without Host, with a foreign one, and a foreign address in the request line', async () => {
    const { url } = await startTestServer();
    const port = Number(new URL(url).port);
    const ask = async (lines: string[]) =>
      statusOf(await exchange(port, [...lines, 'Connection: close', '', ''].join('\r\n')));
    expect(await ask(['GET /api/health HTTP/1.1', `Host: 127.0.0.1:${port}`])).toBe(200);
    expect(await ask(['GET /api/health HTTP/1.1'])).toBe(400);
    expect(await ask(['GET /api/health HTTP/1.0'])).toBe(400);
    expect(await ask(['GET /api/health HTTP/1.1', 'Host: '])).toBe(400);
    expect(await ask(['GET /api/health HTTP/1.1', `Host: evil.example:${port}`])).toBe(403);
    expect(await ask(['GET /api/health HTTP/1.1', `Host: 127.0.0.1:${port}.`])).toBeGreaterThanOrEqual(400);
    expect(await ask([`GET http://127.0.0.1:${port}/api/health HTTP/1.1`, 'Host: evil.example'])).toBe(403);
  });

  it('hangs up on whoever sends a request letter by letter, and refuses headers without an end', async () => {
    const hasty = { ...socketLimits, headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
    const { url } = await startTestServer({ limits: hasty });
    const port = Number(new URL(url).port);
    expect(statusOf(await exchange(port, 'GET / HTTP/1.1\r\nHost: 127'))).toBe(408);
    const body = `POST /api/lookup HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Editloom: 1\r\nContent-Length: 10\r\n\r\n{`;
    expect(await exchange(port, body)).not.toMatch(/^HTTP\/1\.1 200/);
    const long = `GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(statusOf(await exchange(port, long))).toBe(431);
  });

  it('has limits for all of that when nobody chooses any', () => {
    expect(socketLimits).toEqual({
      headersTimeout: 20_000,
      requestTimeout: 300_000,
      connectionsCheckingInterval: 10_000,
      maxHeaderSize: 16_384,
      maxConnections: 1000,
    });
  });
});

describe('a page of a stranger', () => {
  const host = '127.0.0.1:5174';
  const path = '/v1/models/stepfun-ai/stepx-edit2';
  const authorization = 'Bearer x';
  const body = JSON.stringify({ prompt: 'black and white', image_url: 'https://example.com/a.png' });

  it('cannot use the offline edit service: no form fits, and no preflight is answered', async () => {
    const { send } = await openTestServer();
    // What a form or a fetch without preflight can send: no Authorization.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const reply = await send(path, { method: 'POST', headers: { host, 'content-type': type }, body });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(await reply.text()).toContain('Authorization');
    }
    const foreign = { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const preflight = await send(path, {
      method: 'OPTIONS',
      headers: {
        ...foreign,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(403);
    expect((await send(path, { method: 'POST', headers: { ...foreign, authorization }, body })).status).toBe(403);
    expect((await send('/v1/models', { headers: { host, authorization, origin: 'null' } })).status).toBe(403);
    // A program on this machine may.
    expect((await send('/v1/models', { headers: { host, authorization } })).status).toBe(200);
  });

  it('gets no permission to read any answer, of whatever route', async () => {
    const { send } = await openTestServer();
    const paths = [
      '/',
      '/api/health',
      '/api/settings',
      '/api/events',
      '/api/nothing',
      '/v1/models',
      '/offline-storage/x',
    ];
    const origins = ['https://evil.example', `http://${host}`];
    for (const headers of [{ host }, ...origins.map((origin) => ({ host, origin }))] as Record<string, string>[]) {
      for (const asked of paths) {
        const reply = await send(asked, { headers });
        await reply.body?.cancel();
        const names = [...reply.headers.keys()].filter((name) => name.startsWith('access-control'));
        expect([asked, names]).toEqual([asked, []]);
        expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      }
    }
  });

  it('cannot change anything, on any route that there is', async () => {
    const { app, send } = await openTestServer();
    const changing = new Set(
      app.routes
        .filter(({ method, path: route }) => !['GET', 'ALL'].includes(method) && route.startsWith('/api/'))
        .map(({ method, path: route }) => `${method} ${route.replace(/:\w+(\{[^}]*\})?/g, 'x')}`),
    );
    expect(changing.size).toBeGreaterThan(10);
    for (const route of changing) {
      const [method = '', asked = ''] = route.split(' ');
      const form = await send(asked, { method, headers: { host, 'content-type': 'text/plain' }, body: '{}' });
      expect([route, form.status, (await form.json()) as unknown]).toMatchObject([
        route,
        403,
        { error: { code: 'missing-header' } },
      ]);
      const foreign = { host, 'x-editloom': '1', origin: 'https://evil.example' };
      const scripted = await send(asked, { method, headers: foreign, body: '{}' });
      expect([route, scripted.status, (await scripted.json()) as unknown]).toMatchObject([
        route,
        403,
        { error: { code: 'foreign-origin' } },
      ]);
    }
  });
});
