import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { limitBody, parseBody, refusal } from '../http-error.ts';
import { clientAddress } from './client-address.ts';
import { createLoginThrottle } from './login-throttle.ts';
import { createPasswordCheck } from './password.ts';
import { createSessions, longestSessionMs, type Session } from './sessions.ts';

interface AccessOptions {
  password: string;
  port: number | null;
  proxy: boolean;
  now: () => number;
}

export interface Access {
  /** Lets nobody past without a session, except to log in. `loginPage` is what a person sees instead. */
  requireSession: (loginPage: (c: Context) => Promise<Response>) => MiddlewareHandler;
  /** POST logs in, DELETE logs out. */
  routes: Hono;
}

/**
 * What the login page itself needs, and the program of the page, which is the same for everybody: an open page whose
 * session has ended still loads its parts.
 */
const open = /^\/(login\.(html|js|css)|theme\.js|boot\.css|icon\.svg|assets\/[\w.-]+)$/;
const mostChecksAtOnce = 4;

/** The door where others can reach the server: one password for everything, asked for once per browser. */
export async function createAccess({ password, port, proxy, now }: AccessOptions): Promise<Access> {
  const check = await createPasswordCheck(password);
  const sessions = createSessions(now);
  const throttle = createLoginThrottle(now);
  // Cookies know no ports, and two Editlooms may run on one machine.
  const cookie = `editloom-${port ?? 'session'}`;
  let checks = 0;

  const sessionOf = (c: Context): Session | null => {
    const secret = getCookie(c, cookie);
    return secret === undefined ? null : sessions.use(secret);
  };
  const tryLater = (c: Context, waitMs: number): Response => {
    const seconds = Math.ceil(waitMs / 1000);
    c.header('retry-after', String(seconds));
    return refusal(c, 429, 'too-many-attempts', `Too many wrong passwords. Try again in ${inWords(seconds)}.`);
  };

  const routes = new Hono();
  routes.post('/', limitBody(10_000), async (c) => {
    const attempt = await parseBody(c, z.object({ password: z.string().max(1000) }));
    const address = clientAddress(c, { proxy });
    if (checks >= mostChecksAtOnce) return tryLater(c, 1000);
    const waitMs = throttle.attempt(address);
    if (waitMs > 0) return tryLater(c, waitMs);
    checks++;
    const isRight = await check(attempt.password).finally(() => checks--);
    if (!isRight) return refusal(c, 401, 'wrong-password', 'This is not the password.');
    throttle.succeeded(address);
    setCookie(c, cookie, sessions.begin(), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: longestSessionMs / 1000,
      secure: proxy && c.req.header('x-forwarded-proto') === 'https',
    });
    return c.body(null, 204);
  });
  routes.delete('/', (c) => {
    const secret = getCookie(c, cookie);
    if (secret !== undefined) sessions.end(secret);
    deleteCookie(c, cookie, { path: '/' });
    return c.body(null, 204);
  });

  return {
    routes,
    requireSession: (loginPage) => async (c, next) => {
      const { method, path } = c.req;
      const isReading = method === 'GET' || method === 'HEAD';
      if (path === '/api/session' || (isReading && open.test(path))) return next();
      const session = sessionOf(c);
      if (session) {
        c.set('session', session);
        return next();
      }
      if (isReading && (path === '/' || path === '/index.html')) return loginPage(c);
      return refusal(c, 401, 'login-needed', 'The password of this Editloom is needed. Log in, then go on.');
    },
  };
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
