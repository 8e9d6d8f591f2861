import type { Context } from 'hono';

/**
 * What the page may load: everything from us, nothing from elsewhere, no inline scripts. A `nonce` lets in the <style>
 * elements that our own libraries make at run time; a stranger's has none.
 */
export function pagePolicy(nonce: string | null): string {
  const styles = nonce === null ? '' : ` 'nonce-${nonce}' ${notices}`;
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self'${styles}`,
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * sonner, which shows our notices, makes its <style> without asking for a nonce. Its text is always the same, so its
 * hash lets it in (and that of the empty text, which it has for a moment). A test compares it with the installed one.
 */
const notices =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

/** A picture on a page of its own may run and load nothing, whatever its bytes try. */
export const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** What no page of ours needs: a script that got in all the same could not ask for it either. */
const permissions = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ');

export function setSecurityHeaders(c: Context): void {
  const { headers } = c.res;
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('permissions-policy', permissions);
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', pagePolicy(null));
  if (c.req.path.startsWith('/api/') && !headers.has('cache-control')) headers.set('cache-control', 'no-store');
}
