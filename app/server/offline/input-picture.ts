import { FetchRefused, type PublicFetch } from '../public-fetch.ts';
import { maxPictureBytes, PictureRefused, verifyPicture } from '../verify-picture.ts';
import { limits } from './contract.ts';
import type { Storage } from './storage.ts';

export type InputPicture = { bytes: Uint8Array; problem?: never } | { problem: string };

export type InputPictureOptions = {
  origin: () => string;
  readPicture: (sha256: string) => Promise<Uint8Array | null>;
  storage: Pick<Storage, 'readResult'>;
  fetchPublic: PublicFetch;
};

/** Fetches what `image_url` names. A picture that can't be had is an answer, not an exception: the job fails with it. */
export function createInputReader(options: InputPictureOptions) {
  return async (address: string, signal: AbortSignal): Promise<InputPicture> => {
    if (address.startsWith('data:')) return readDataUri(address);
    const url = new URL(address);
    if (isOwn(url, new URL(options.origin()))) return readOwn(url, options);
    // Asked for before a restart on another port: the name is the hash of the bytes, so no other picture can be meant.
    const sha256 = url.protocol === 'http:' && loopback.test(url.hostname) ? pictureName(url) : null;
    const bytes = sha256 ? await options.readPicture(sha256) : null;
    return bytes ? { bytes } : fetchPicture(address, options, signal);
  };
}

/** What is ours was verified when it was stored. */
async function readOwn(url: URL, { readPicture, storage }: InputPictureOptions): Promise<InputPicture> {
  const sha256 = pictureName(url);
  const result = /^\/offline-storage\/(.+)$/.exec(url.pathname)?.[1];
  const picture = sha256 ? await readPicture(sha256) : null;
  const stored = result && url.search === '' ? await storage.readResult(result) : null;
  const bytes = picture ?? stored?.bytes;
  return bytes ? { bytes } : { problem: `image_url: this server has no picture at ${url.pathname}${url.search}.` };
}

async function fetchPicture(
  address: string,
  { fetchPublic }: InputPictureOptions,
  signal: AbortSignal,
): Promise<InputPicture> {
  const options = { maxBytes: maxPictureBytes, timeoutMs: limits.fetchMs, signal };
  try {
    const { bytes } = await fetchPublic(address, { ...options, protocols: ['https:'] });
    return checkPicture(bytes);
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    const wanted = 'Expected a publicly reachable https address of a picture, or a data URI.';
    return { problem: `image_url: could not fetch the picture. ${error.message} ${wanted}` };
  }
}

/** With a query it may be a thumbnail, and that is not the picture. */
function pictureName(url: URL): string | null {
  return (url.search === '' && /^\/api\/pictures\/([0-9a-f]{64})$/.exec(url.pathname)?.[1]) || null;
}

const loopback = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/;

/** Our own server under any of its names: the one it gives itself, or any spelling of loopback with its port. */
function isOwn(url: URL, own: URL): boolean {
  if (url.origin === own.origin) return true;
  return url.protocol === 'http:' && portOf(url) === portOf(own) && loopback.test(url.hostname);
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}

async function readDataUri(address: string): Promise<InputPicture> {
  const comma = address.indexOf(',');
  if (comma < 0 || !/;base64$/i.test(address.slice(0, comma).trim())) {
    return { problem: 'image_url: expected a data URI that begins like data:image/png;base64,iVBORw0KGgo.' };
  }
  // Some encoders escape the base64 itself: %2B for +, %0A for a line's end.
  const data = address.slice(comma + 1).replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return checkPicture(new Uint8Array(Buffer.from(data, 'base64')));
}

async function checkPicture(bytes: Uint8Array): Promise<InputPicture> {
  try {
    await verifyPicture(bytes);
    return { bytes };
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
    return { problem: `image_url: this picture cannot be edited: ${error.message}` };
  }
}
