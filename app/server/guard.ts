import type { Context, MiddlewareHandler } from 'hono';
import { createHostCheck } from './access/hosts.ts';
import { refusal } from './http-error.ts';
import { setSecurityHeaders } from './security-headers.ts';

interface GuardOptions {
  /** Our own port; null where something else listens for us (Vite in development, tests without a socket). */
  port: number | null;
  /** Names besides those of this machine; null = nobody beyond this machine may ask. */
  names?: readonly string[] | null;
  /** A proxy of ours says in X-Forwarded-Proto whether the page was asked for by https. */
  proxy?: boolean;
}

/** All but the page and its files: what can do something, or tell something. */
const inner = /^\/(api|v1|offline-storage)(\/|$)/;

/**
 * Lets only our own page call the API. A name that an attacker points at our address has the wrong Host (DNS rebinding);
 * a foreign page has the wrong Origin and Sec-Fetch-Site, and cannot send X-Editloom without a preflight that we never
 * grant. Other programs may use the edit service at /v1; foreign pages may not.
 */
export function guard({ port, names = null, proxy = false }: GuardOptions): MiddlewareHandler {
  const isOwnHost = createHostCheck({ port, names });

  function refuseForeign(c: Context): Response | null {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (!isOwnHost(host)) {
      const known = names === null ? 'only as 127.0.0.1 or localhost' : 'only under the names in EDITLOOM_HOSTS';
      return refusal(c, 403, 'foreign-host', `Editloom answers ${known}. Check the address.`);
    }
    if (!inner.test(c.req.path)) return null;
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const scheme = proxy && c.req.header('x-forwarded-proto') === 'https' ? 'https' : 'http';
    const isForeign = origin !== undefined && origin.toLowerCase() !== `${scheme}://${host.toLowerCase()}`;
    if (isForeign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
      const behindProxy = names === null ? '' : ' Behind a proxy, EDITLOOM_PROXY=1 has to be set.';
      return refusal(c, 403, 'foreign-origin', `Only pages of Editloom itself may call its API.${behindProxy}`);
    }
    const isChange = !['GET', 'HEAD'].includes(c.req.method) && c.req.path.startsWith('/api');
    if (isChange && c.req.header('x-editloom') === undefined) {
      return refusal(c, 403, 'missing-header', 'Expected the header X-Editloom: 1, which only our own page can send.');
    }
    return null;
  }

  return async (c, next) => {
    const refused = refuseForeign(c);
    if (refused) c.res = refused;
    else await next();
    setSecurityHeaders(c);
  };
}
