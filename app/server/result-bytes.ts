import { FetchRefused, type PublicFetch } from './public-fetch.ts';
import { connectionErrorOf, RemoteError } from './remote-errors.ts';

export type ResultBytesOptions = {
  send: (request: Request) => Promise<Response>;
  maxBytes: number;
  timeoutMs?: number;
  /**
   * Results at other origins than the configured service's own come over the open internet: by https, from these hosts,
   * from public addresses, at each redirect anew. Left out where everything is our own service.
   */
  elsewhere?: { ownOrigin: string; fetchPublic: PublicFetch; allowHost: (hostname: string) => boolean };
};

/**
 * GET of a finished picture: without the token, and never more than `maxBytes`. The content type says nothing, because
 * RunComfy's storage answers application/octet-stream as well.
 */
export function createResultFetch({ send, maxBytes, timeoutMs = 120_000, elsewhere }: ResultBytesOptions) {
  async function fromOwn(url: string, signal: AbortSignal): Promise<Uint8Array> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const response = await send(new Request(url, { signal: limited, redirect: 'manual' }));
    if (response.status !== 200 || !response.body) throw refusalOf(response.status);
    return bytesOf(response.body, Number(response.headers.get('content-length')), maxBytes);
  }

  return async (url: string, signal: AbortSignal): Promise<Uint8Array> => {
    try {
      if (!elsewhere || new URL(url).origin === elsewhere.ownOrigin) return await fromOwn(url, signal);
      const { fetchPublic, allowHost } = elsewhere;
      return (await fetchPublic(url, { maxBytes, timeoutMs, protocols: ['https:'], allowHost, signal })).bytes;
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof FetchRefused ? meaningOf(error, maxBytes) : connectionErrorOf(error);
    }
  };
}

function refusalOf(status: number): RemoteError {
  const gone = [401, 403, 404, 410].includes(status);
  const message = `The address of the finished picture answered with HTTP ${status}.`;
  return new RemoteError(gone ? 'result-gone' : 'result-unreachable', gone ? 'gone' : 'unclear', message, { status });
}

function meaningOf(refused: FetchRefused, maxBytes: number): RemoteError {
  if (refused.code === 'status') return refusalOf(refused.status ?? 0);
  if (refused.code === 'size') return tooLarge(maxBytes);
  if (refused.code === 'timeout' || refused.code === 'network') {
    const message = `The finished picture could not be fetched: ${refused.message}`;
    return new RemoteError('result-unreachable', 'unclear', message, { cause: refused });
  }
  const message = `The finished picture was not fetched, because its address is not one to trust: ${refused.message}`;
  return new RemoteError('result-host', 'refused', message, { cause: refused });
}

const tooLarge = (maxBytes: number): RemoteError =>
  new RemoteError('bad-result', 'refused', `The finished picture has more than ${Math.round(maxBytes / 1e6)} MB.`);

async function bytesOf(body: ReadableStream<Uint8Array>, announced: number, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (Math.max(size, announced) > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
