import { connect } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createAccess } from '../../../../app/server/access/access.ts';
import { networkOf } from '../../../../app/server/access/client-address.ts';
import { createLoginThrottle } from '../../../../app/server/access/login-throttle.ts';
import { createPasswordCheck } from '../../../../app/server/access/password.ts';
import { createSessions } from '../../../../app/server/access/sessions.ts';
import { openTestServer, readEvents, startTestServer } from '../../../support/server.ts';

const password = 'correct horse battery';
const guarded = { EDITLOOM_PASSWORD: password };
const own = { 'x-editloom': '1' };

type Send = (path: string, init?: RequestInit) => Promise<Response>;

const logIn = (send: Send, attempt = password, headers: Record<string, string> = {}) =>
  send('/api/session', {
    method: 'POST',
    headers: { ...own, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ password: attempt }),
  });

const cookieOf = (reply: Response) => reply.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('a server with a password', () => {
  it('answers nothing without a session, whatever is asked', async () => {
    const { send } = await openTestServer({ variables: guarded });
    const asked: [method: string, path: string][] = [
      ['GET', '/api/settings'],
      ['GET', '/api/health'],
      ['GET', '/api/report'],
      ['GET', '/api/storage'],
      ['GET', '/api/events'],
      ['GET', `/api/pictures/${'a'.repeat(64)}`],
      ['GET', '/api/outputs/a.png'],
      ['PUT', '/api/settings'],
      ['POST', '/api/pictures'],
      ['DELETE', '/api/token'],
      ['GET', '/v1/models'],
      ['POST', '/v1/models/stepfun-ai/stepx-edit2'],
      ['GET', '/offline-storage/x'],
      ['GET', '/assets/../api/settings'],
      ['GET', '/assets/%2e%2e/index.html'],
      ['GET', '/anything'],
      ['POST', '/'],
    ];
    for (const [method, path] of asked) {
      const reply = await send(path, { method, headers: { ...own, authorization: 'Bearer x' } });
      expect([method, path, reply.status]).toEqual([method, path, 401]);
    }
    expect((await send('/', { headers: { cookie: 'editloom-session=guessed' } })).status).toBe(401);
  });

  it('opens with the password, for this browser, until it is told to close', async () => {
    const { send } = await openTestServer({ variables: guarded });
    const wrong = await logIn(send, 'correct horse batterz');
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
    const right = await logIn(send);
    expect(right.status).toBe(204);
    const header = right.headers.get('set-cookie') ?? '';
    expect(header).toMatch(/^editloom-session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(right);
    const inside = { headers: { ...own, cookie } };
    expect((await send('/api/settings', inside)).status).toBe(200);
    expect((await send('/v1/models', { headers: { cookie, authorization: 'Bearer x' } })).status).toBe(200);
    const other = cookieOf(await logIn(send));
    expect((await send('/api/session', { ...inside, method: 'DELETE' })).status).toBe(204);
    expect((await send('/api/settings', inside)).status).toBe(401);
    expect((await send('/api/settings', { headers: { cookie: other } })).status).toBe(200);
  });

  it('ends the event stream of a browser that logs out', async () => {
    const { send } = await startTestServer({ variables: guarded });
    const headers = { ...own, cookie: cookieOf(await logIn(send)) };
    const events = readEvents(await send('/api/events', { headers }));
    expect((await events.next()).event).toBe('hello');
    await send('/api/session', { method: 'DELETE', headers });
    await expect(events.next()).rejects.toThrow('The event stream has ended');
  });

  it('lets nobody log in from a foreign page, or without the header', async () => {
    const { send } = await openTestServer({ variables: guarded });
    expect((await logIn(send, password, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await logIn(send, password, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const form = { method: 'POST', body: JSON.stringify({ password }), headers: { 'content-type': 'text/plain' } };
    expect((await send('/api/session', form)).status).toBe(403);
  });

  it('makes each wrong password wait longer, and says how long', async () => {
    let now = 1_000_000;
    const { send } = await openTestServer({ variables: guarded, now: () => now });
    for (let attempt = 1; attempt <= 4; attempt++) expect((await logIn(send, 'wrong')).status).toBe(401);
    const refused = await logIn(send, password);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await refused.json()).toEqual({
      error: { code: 'too-many-attempts', message: 'Too many wrong passwords. Try again in 2 seconds.' },
    });
    now += 2000;
    expect((await logIn(send, 'wrong')).status).toBe(401);
    expect((await logIn(send)).headers.get('retry-after')).toBe('4');
    now += 4000;
    expect((await logIn(send)).status).toBe(204);
  });

  it('answers under its names and under addresses alone, from pages of that very name', async () => {
    const { send } = await openTestServer({
      variables: { ...guarded, EDITLOOM_HOSTS: 'studio.example, b.example:81' },
    });
    const statusOf = async (host: string, headers: Record<string, string> = {}) =>
      (await send('/api/session', { method: 'DELETE', headers: { ...own, host, ...headers } })).status;
    expect(await statusOf('studio.example:5174')).toBe(204);
    expect(await statusOf('STUDIO.example')).toBe(204);
    expect(await statusOf('192.168.1.5:5174')).toBe(204);
    expect(await statusOf('[fe80::1]:5174')).toBe(204);
    expect(await statusOf('b.example:81')).toBe(204);
    for (const host of [
      'b.example:82',
      'evil.example',
      'studio.example.evil.example',
      'studio.example.',
      '192.168.1.5.nip.io',
    ])
      expect([host, await statusOf(host)]).toEqual([host, 403]);
    expect(await statusOf('studio.example', { origin: 'http://studio.example' })).toBe(204);
    expect(await statusOf('studio.example', { origin: 'https://studio.example' })).toBe(403);
    expect(await statusOf('studio.example', { origin: 'http://192.168.1.5' })).toBe(403);
  });

  it('believes what a proxy says of https and of the client only where there is one', async () => {
    const told = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7', host: 'studio.example' };
    const names = { ...guarded, EDITLOOM_HOSTS: 'studio.example' };
    const direct = await openTestServer({ variables: names });
    expect((await logIn(direct.send, password, told)).headers.get('set-cookie')).not.toMatch(/Secure/);
    expect((await logIn(direct.send, password, { ...told, origin: 'https://studio.example' })).status).toBe(403);
    const behind = await openTestServer({ variables: { ...names, EDITLOOM_PROXY: '1' } });
    const reply = await logIn(behind.send, password, { ...told, origin: 'https://studio.example' });
    expect(reply.headers.get('set-cookie')).toMatch(/; Secure/);
    for (let attempt = 1; attempt <= 4; attempt++) await logIn(behind.send, 'wrong', told);
    expect((await logIn(behind.send, password, told)).status).toBe(429);
    const other = { ...told, 'x-forwarded-for': '203.0.113.7, 198.51.100.9' };
    expect((await logIn(behind.send, password, other)).status).toBe(204);
  });

  it('is reached at other addresses of this machine, which one without a password is not', async () => {
    const open = await startTestServer({ variables: { ...guarded, HOST: '0.0.0.0' } });
    const closed = await startTestServer();
    expect(await canConnect('127.0.0.2', new URL(open.url).port)).toBe(true);
    expect(await canConnect('127.0.0.2', new URL(closed.url).port)).toBe(false);
  });
});

function canConnect(host: string, port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('the password', () => {
  it('is right in either spelling of its letters, and wrong when a sign differs', async () => {
    const check = await createPasswordCheck('Gr\u00f6\u00dfe zw\u00f6lf!');
    expect(await check('Gro\u0308\u00dfe zwo\u0308lf!')).toBe(true);
    for (const wrong of [
      '',
      'Gr\u00f6\u00dfe zw\u00f6lf',
      'gr\u00f6\u00dfe zw\u00f6lf!',
      'Gr\u00f6\u00dfe zw\u00f6lf! ',
    ]) {
      expect(await check(wrong)).toBe(false);
    }
  });
});

describe('attempts', () => {
  const minute = 60_000;

  it('wait up to a quarter of an hour at one address, and are forgotten after a day', () => {
    let now = 0;
    const throttle = createLoginThrottle(() => now);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 16; attempt++) {
      const wait = throttle.attempt('a');
      waits.push(wait);
      now += wait;
      if (wait > 0) throttle.attempt('a');
    }
    expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 2000, 4000, 8000, 16_000]);
    expect(Math.max(...waits)).toBe(15 * minute);
    expect(throttle.attempt('b')).toBe(0);
    now += 24 * 60 * minute;
    expect(throttle.attempt('a')).toBe(0);
  });

  it('wait no longer where the clock was wrong and is set back', () => {
    let now = 24 * 60 * minute;
    const throttle = createLoginThrottle(() => now);
    for (let attempt = 0; attempt < 40; attempt++) now += throttle.attempt('a');
    for (let address = 0; address < 100; address++) throttle.attempt(`stranger ${address}`);
    now = 0;
    expect(throttle.attempt('a')).toBe(0);
    now += minute;
    expect(throttle.attempt('b')).toBe(0);
  });

  it('from many addresses wait for each other, but not who was let in before', () => {
    let now = 0;
    const throttle = createLoginThrottle(() => now);
    throttle.attempt('known');
    throttle.succeeded('known');
    let taken = 0;
    for (let address = 0; address < 1000; address++) if (throttle.attempt(`stranger ${address}`) === 0) taken++;
    expect(taken).toBe(31);
    expect(throttle.attempt('known')).toBe(0);
    now += 60 * minute + 1;
    expect(throttle.attempt('another stranger')).toBe(0);
  });

  it('are counted by the network where one owner has endless addresses', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2::9'));
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(networkOf('2001:db8:1:2::')).not.toBe(networkOf('2001:db8:1:3::'));
  });

  it('cannot be made at once to get around the waiting', async () => {
    let now = 0;
    const { routes } = await createAccess({ password, port: 1, proxy: false, now: () => now++ });
    const app = new Hono().route('/api/session', routes);
    const send: Send = async (path, init) => app.request(path, init);
    const replies = await Promise.all(Array.from({ length: 50 }, () => logIn(send, 'wrong')));
    expect(replies.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(4);
  });
});

describe('a session', () => {
  it('is over a day after its last use, and two weeks after its beginning', () => {
    const hour = 60 * 60 * 1000;
    let now = 0;
    const sessions = createSessions(() => now);
    const unused = sessions.begin();
    const used = sessions.begin();
    for (let day = 0; day < 14; day++) {
      now += 23 * hour;
      expect(sessions.use(used)?.isAlive()).toBe(true);
    }
    expect(sessions.use(unused)).toBeNull();
    now = 14 * 24 * hour + 1;
    expect(sessions.use(used)).toBeNull();
    expect(sessions.use(used)).toBeNull();
  });

  it('has a secret of its own that nobody else can guess', () => {
    const sessions = createSessions(() => 0);
    const secrets = new Set(Array.from({ length: 100 }, sessions.begin));
    expect(secrets.size).toBe(100);
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(sessions.use('')).toBeNull();
    expect(sessions.use('__proto__')).toBeNull();
  });
});
