import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './addresses.ts';

export type HostAddress = { address: string; family: number };

export type PublicFetchOptions = {
  maxBytes: number;
  /** For everything together: looking the name up, redirects and the last byte. */
  timeoutMs: number;
  /** Default: both. */
  protocols?: ('http:' | 'https:')[];
  /** Asked with the host name of the address, and of every address that it redirects to. */
  allowHost?: (hostname: string) => boolean;
  lookup?: (hostname: string) => Promise<HostAddress[]>;
  /** Which IP addresses may be connected to. Default: those of the open internet. Only tests have a reason to widen it. */
  isAllowedAddress?: (address: string) => boolean;
  signal?: AbortSignal;
  maxRedirects?: number;
};

export type FetchRefusedCode =
  'address' | 'private' | 'protocol' | 'host' | 'redirect' | 'size' | 'timeout' | 'status' | 'network';

/** Why the bytes did not come. `status` is the HTTP status of the far side, where `code` is `status`. */
export class FetchRefused extends Error {
  readonly code: FetchRefusedCode;
  readonly status: number | undefined;

  constructor(code: FetchRefusedCode, message: string, options: { cause?: unknown; status?: number } = {}) {
    super(message, { cause: options.cause });
    this.name = 'FetchRefused';
    this.code = code;
    this.status = options.status;
  }
}

export type PublicFetch = (url: string, options: PublicFetchOptions) => Promise<PublicFetchReply>;
export type PublicFetchReply = { bytes: Uint8Array; contentType: string | null; url: string };

/**
 * GET of an address that a user or a service named, without opening the inner network to it: no cookies, no
 * credentials, and every IP address is judged at the moment of connecting, so a name that changes its address between
 * check and use gains nothing. Redirects are judged like first addresses.
 */
export const fetchPublic: PublicFetch = async (url, options) => {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  try {
    let target = checkedUrl(url, options);
    for (let redirects = 0; ; redirects++) {
      const response = await get(target, options, signal);
      const location = redirectOf(response);
      if (location === null) {
        const bytes = await readBody(response, target, options.maxBytes);
        return { bytes, contentType: response.headers['content-type'] ?? null, url: target.href };
      }
      response.destroy();
      if (redirects >= (options.maxRedirects ?? 3)) {
        throw new FetchRefused('redirect', `${target.host} redirects too often.`);
      }
      target = checkedUrl(location, options, target);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (deadline.aborted) {
      throw new FetchRefused('timeout', `No complete answer within ${options.timeoutMs / 1000} seconds.`, {
        cause: error,
      });
    }
    if (error instanceof FetchRefused) throw error;
    throw new FetchRefused('network', `The connection failed: ${messageOf(error)}.`, { cause: error });
  }
};

function checkedUrl(text: string, options: PublicFetchOptions, base?: URL): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (!url) throw new FetchRefused('address', 'Expected a whole web address such as https://example.com/a.jpg.');
  const protocols: string[] = options.protocols ?? ['http:', 'https:'];
  if (!protocols.includes(url.protocol)) {
    const expected = protocols.map((protocol) => `${protocol}//`).join(' or ');
    throw new FetchRefused('protocol', `Expected an address that begins with ${expected}, got ${url.protocol}//.`);
  }
  if (url.username || url.password) {
    throw new FetchRefused('address', 'Expected an address without user name and password.');
  }
  if (options.allowHost && !options.allowHost(url.hostname)) {
    throw new FetchRefused('host', `${url.hostname} is not one of the hosts to fetch from.`);
  }
  return url;
}

function get(url: URL, options: PublicFetchOptions, signal: AbortSignal): Promise<http.IncomingMessage> {
  const isAllowed = options.isAllowedAddress ?? isPublicAddress;
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  // Node asks `lookup` for names only, never for addresses that are numbers already.
  if (isIP(literal) && !isAllowed(literal)) return Promise.reject(privateAddress(url.hostname));
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).get(url, {
      // A connection of its own: one kept alive from before would skip the look-up.
      agent: false,
      signal,
      lookup: guardedLookup(options.lookup ?? resolveBySystem, isAllowed),
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Editloom' },
    });
    request.on('response', resolve);
    request.on('error', reject);
  });
}

function guardedLookup(
  lookup: NonNullable<PublicFetchOptions['lookup']>,
  isAllowed: (address: string) => boolean,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) return callback(new Error(`${hostname} has no address`), '');
        // One inner address among public ones is a trick, not a detour.
        if (!addresses.every(({ address }) => isAllowed(address))) return callback(privateAddress(hostname), '');
        if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

function resolveBySystem(hostname: string): Promise<HostAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}

function privateAddress(hostname: string): FetchRefused {
  return new FetchRefused('private', `${hostname} is an address of this machine or of an inner network.`);
}

function redirectOf(response: http.IncomingMessage): string | null {
  if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0)) return null;
  const { location } = response.headers;
  if (!location) throw new FetchRefused('redirect', 'The host answered with a redirect to nowhere.');
  return location;
}

async function readBody(response: http.IncomingMessage, url: URL, maxBytes: number): Promise<Uint8Array> {
  const status = response.statusCode ?? 0;
  try {
    if (status < 200 || status > 299) {
      throw new FetchRefused('status', `${url.host} answered with HTTP ${status}.`, { status });
    }
    const tooLarge = () => new FetchRefused('size', `${url.host} sends more than ${maxBytes} bytes.`);
    if (Number(response.headers['content-length']) > maxBytes) throw tooLarge();
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    response.destroy();
  }
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
