import type { EditInput } from '../wire.ts';
import { withOwnSignals } from './own-signal.ts';
import { bodyOf, readCancel, readLook, readPrice, readSubmitted, type Answer } from './remote-reply.ts';
import type { CancelOutcome, CataloguePrice, Look } from './remote-reply.ts';
import { connectionErrorOf, RemoteError } from './remote-errors.ts';
import { mayHoldResults } from './result-hosts.ts';

/** The body of a submission: the schema's own names, with the picture by its address. */
export type RemoteInput = Omit<EditInput, 'image'> & { image_url: string };

/** A client of RunComfy's queue API; the offline edit service speaks it as well. Throws RemoteError only. */
export type Remote = {
  /** The one request that costs money. Never repeats itself. */
  submit: (input: RemoteInput, signal: AbortSignal) => Promise<{ requestId: string }>;
  look: (requestId: string, signal: AbortSignal) => Promise<Look>;
  cancel: (requestId: string, signal: AbortSignal) => Promise<CancelOutcome>;
  /** What the catalogue says an edit costs; null where it does not say. */
  price: (signal: AbortSignal) => Promise<CataloguePrice | null>;
  /** The bytes of a result. `meaning: 'gone'` where the file is no longer there. */
  fetchResult: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
};

/** The client together with the id that its service has in keys; `model` is written down with each job. */
export type CurrentRemote = Remote & { serviceId: string; model?: string };

export type RemoteOptions = {
  /** Without /v1, such as https://model-api.runcomfy.net. */
  baseUrl: string;
  /** With its slash, such as stepfun-ai/stepx-edit2. */
  model: string;
  token: () => string | null;
  send: (request: Request) => Promise<Response>;
  /** Gets a result's bytes, without the token. Only asked for addresses of hosts that results may come from. */
  fetchResult: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
  /** Hosts besides RunComfy's that results may come from. */
  resultHosts?: readonly string[];
  now?: () => number;
  /** Official clients wait 90 seconds for a submission and 20 for a read. */
  submitTimeoutMs?: number;
  readTimeoutMs?: number;
  cancelTimeoutMs?: number;
};

export function createRemote(options: RemoteOptions): Remote {
  const { token, send, now = Date.now } = options;
  const { submitTimeoutMs = 90_000, readTimeoutMs = 20_000, cancelTimeoutMs = 5_000 } = options;
  const base = options.baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '');
  const modelPath = `/v1/models/${options.model.split('/').map(encodeURIComponent).join('/')}`;
  const requestPath = (id: string, what: string) => `/v1/requests/${encodeURIComponent(id)}/${what}`;

  /**
   * One request to the API. Addresses are built here and never taken from an answer, and redirects are not followed, so
   * the token goes nowhere else.
   */
  async function ask(
    method: string,
    path: string,
    signal: AbortSignal,
    timeoutMs: number,
    body?: unknown,
  ): Promise<Answer> {
    signal.throwIfAborted();
    const request = requestFor(method, base + path, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]), body);
    try {
      const response = await send(request);
      return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
    } catch (error) {
      signal.throwIfAborted();
      if (request.signal.aborted) {
        const message = `The edit service gave no answer within ${Math.round(timeoutMs / 1000)} seconds.`;
        throw new RemoteError('lost', 'unclear', message, { cause: error });
      }
      throw connectionErrorOf(error);
    }
  }

  function requestFor(method: string, url: string, signal: AbortSignal, body: unknown): Request {
    const secret = token();
    if (!secret) {
      throw new RemoteError(
        'token',
        'paused',
        'There is no RunComfy API token. Set one in the settings, then run again.',
      );
    }
    const headers = { authorization: `Bearer ${secret}`, accept: 'application/json' };
    try {
      if (body === undefined) return new Request(url, { method, headers, signal, redirect: 'manual' });
      const json = { ...headers, 'content-type': 'application/json' };
      return new Request(url, { method, headers: json, signal, redirect: 'manual', body: JSON.stringify(body) });
    } catch {
      // The reason would quote the header, and with it the token.
      const message = 'The API token or the service address has characters that cannot be sent. Check the settings.';
      throw new RemoteError('token', 'paused', message);
    }
  }

  return withOwnSignals({
    async submit(input, signal) {
      const submitted = readSubmitted(await ask('POST', modelPath, signal, submitTimeoutMs, input), now());
      if (submitted instanceof RemoteError) throw submitted;
      return submitted;
    },

    async look(requestId, signal) {
      const path = `${requestPath(requestId, 'result')}?include_cost=true`;
      const look = readLook(await ask('GET', path, signal, readTimeoutMs), now());
      if (look instanceof RemoteError) throw look;
      if (look.status !== 'done') return look;
      return { ...look, urls: look.urls.map((url) => (URL.canParse(url, base) ? new URL(url, base).href : url)) };
    },

    async cancel(requestId, signal) {
      try {
        return readCancel(await ask('POST', requestPath(requestId, 'cancel'), signal, cancelTimeoutMs));
      } catch (error) {
        if (error instanceof RemoteError) return 'unknown';
        throw error;
      }
    },

    async price(signal) {
      const answer = await ask('GET', modelPath, signal, readTimeoutMs);
      return answer.status === 200 && bodyOf(answer) ? readPrice(answer) : null;
    },

    async fetchResult(url, signal) {
      if (url.startsWith('data:')) return bytesOfDataUri(url);
      if (!mayHoldResults(url, base, options.resultHosts)) {
        const host = URL.canParse(url) ? new URL(url).host : 'an address that cannot be read';
        const message = `The edit service says that the picture is at ${host}, which is no host that results are fetched from. If you trust it, name it in EDITLOOM_RESULT_HOSTS and start Editloom again.`;
        throw new RemoteError('result-host', 'refused', message);
      }
      return options.fetchResult(url, signal);
    },
  });
}

function bytesOfDataUri(uri: string): Uint8Array {
  const comma = uri.indexOf(',');
  const data = uri.slice(comma + 1);
  const isBase64 = /;base64$/i.test(uri.slice(0, comma));
  return new Uint8Array(isBase64 ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data), 'latin1'));
}
