import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';

/** What was asked and how it was answered; never bodies, queries or file names. Ordinary reading is for debugging only. */
export function logRequests(logger: Logger, now: () => number): MiddlewareHandler {
  return async (c, next) => {
    const began = now();
    await next();
    const { method, path } = c.req;
    const { status } = c.res;
    const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : isNews(method, path) ? 'info' : 'debug';
    logger[level]({ method, path: placeOf(path), status, ms: now() - began }, 'request');
  };
}

/** The jobs' own lines say more than the requests for them. */
const isNews = (method: string, path: string): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  path.startsWith('/api/') &&
  !/^\/api\/(jobs|lookup|pictures|gallery)\b/.test(path);

function placeOf(path: string): string {
  if (!/^\/(api|v1)\//.test(path)) return path === '/' ? '/' : '/…';
  return path
    .replace(/^(\/api\/outputs\/)(?!zip$|open$).+/, '$1…')
    .replace(/\b([0-9a-f]{8})[0-9a-f]{56}\b/g, '$1')
    .slice(0, 120);
}
