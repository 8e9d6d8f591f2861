import { createRedact } from './redact.ts';
import { RemoteError } from './remote-errors.ts';

type Send = (request: Request) => Promise<Response>;

/**
 * Takes the token out of answers. A service, or a proxy before it, that complains about a token may quote it, and its
 * words end up in the job book and on the screen.
 */
export function withoutEcho(send: Send, secret: () => string | null): Send {
  const redact = createRedact(secret);
  return async (request) => {
    const response = await send(request);
    const text = await limitedText(response);
    const { status, headers } = response;
    const body = [204, 205, 304].includes(status) ? null : redact(text);
    return new Response(body, { status, headers: withoutLength(redact, headers) });
  };
}

/** A result may hold its pictures inside, as data; nothing that an edit service says is longer. */
const mostBytes = 100_000_000;

async function limitedText(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > mostBytes) {
      const message = `The edit service answered with more than ${mostBytes / 1e6} MB, which no answer of it needs.`;
      throw new RemoteError('service-error', 'unclear', message);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The body has been decoded, and may have become shorter. */
function withoutLength(redact: (text: string) => string, headers: Headers): Headers {
  const kept = new Headers([...headers].map(([name, value]) => [name, redactHeader(redact, value)]));
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) kept.delete(name);
  return kept;
}

/** A header takes no sign beyond Latin-1. */
const redactHeader = (redact: (text: string) => string, value: string): string => redact(value).replaceAll('…', '...');
