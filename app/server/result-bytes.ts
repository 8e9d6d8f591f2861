import { connectionErrorOf, RemoteError } from './remote-errors.ts';

export type ResultBytesOptions = {
  send: (request: Request) => Promise<Response>;
  maxBytes: number;
  timeoutMs?: number;
};

/**
 * GET of a finished picture: without the token, without redirects, and never more than `maxBytes`. The content type says
 * nothing, because RunComfy's storage answers application/octet-stream as well.
 */
export function createResultFetch({ send, maxBytes, timeoutMs = 120_000 }: ResultBytesOptions) {
  return async (url: string, signal: AbortSignal): Promise<Uint8Array> => {
    const request = new Request(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      redirect: 'manual',
    });
    try {
      const response = await send(request);
      if (response.status !== 200 || !response.body) throw refusalOf(response.status);
      return await bytesOf(response.body, Number(response.headers.get('content-length')), maxBytes);
    } catch (error) {
      signal.throwIfAborted();
      throw connectionErrorOf(error);
    }
  };
}

function refusalOf(status: number): RemoteError {
  const gone = [401, 403, 404, 410].includes(status);
  const message = `The address of the finished picture answered with HTTP ${status}.`;
  return new RemoteError(gone ? 'result-gone' : 'result-unreachable', gone ? 'gone' : 'unclear', message, { status });
}

async function bytesOf(body: ReadableStream<Uint8Array>, announced: number, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (Math.max(size, announced) > maxBytes) {
      const limit = Math.round(maxBytes / 1e6);
      throw new RemoteError('bad-result', 'refused', `The finished picture has more than ${limit} MB.`);
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
