import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from './environment.ts';
import { refusal } from './http-error.ts';

interface GuardOptions {
  /** Our own port; null where something else listens for us (Vite in development, tests without a socket). */
  port: number | null;
}

/**
 * Lets only our own page call the API. A name that an attacker points at 127.0.0.1 has the wrong Host (DNS rebinding);
 * a foreign page has the wrong Origin and Sec-Fetch-Site, and cannot send X-Editloom without a preflight that we never grant.
 */
export function guard({ port }: GuardOptions): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (!isOwnHost(host, port)) {
      return refusal(c, 403, 'foreign-host', 'Editloom answers only as 127.0.0.1 or localhost. Check the address.');
    }
    if (c.req.path.startsWith('/api/')) {
      const site = c.req.header('sec-fetch-site');
      const origin = c.req.header('origin');
      const foreignOrigin = origin !== undefined && origin !== `http://${host}`;
      if (foreignOrigin || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
        return refusal(c, 403, 'foreign-origin', 'Only pages of Editloom itself may call its API.');
      }
      if (!['GET', 'HEAD'].includes(c.req.method) && c.req.header('x-editloom') === undefined) {
        return refusal(
          c,
          403,
          'missing-header',
          'Expected the header X-Editloom: 1, which only our own page can send.',
        );
      }
    }
    await next();
    setSecurityHeaders(c);
  };
}

function isOwnHost(host: string, port: number | null): boolean {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host);
  if (!parts || !isLoopback(parts[1] ?? '')) return false;
  return port === null || Number(parts[2] ?? 80) === port;
}

// Radix and sonner put their styles into the page as <style> elements, so inline styles have to be let in; scripts are not.
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function setSecurityHeaders(c: Context): void {
  const headers = c.res.headers;
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurityPolicy);
  if (c.req.path.startsWith('/api/') && !headers.has('cache-control')) headers.set('cache-control', 'no-store');
}
