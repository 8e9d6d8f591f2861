type Send = (request: Request) => Promise<Response>;

/**
 * Takes the token out of answers. A service, or a proxy before it, that complains about a token may quote it, and its
 * words end up in the job book and on the screen.
 */
export function withoutEcho(send: Send, secret: () => string | null): Send {
  return async (request) => {
    const response = await send(request);
    const token = secret();
    const text = await response.text();
    const { status, headers } = response;
    const body = [204, 205, 304].includes(status) ? null : token ? text.replaceAll(token, '…') : text;
    return new Response(body, { status, headers: withoutLength(headers) });
  };
}

/** The body has been decoded, and may have become shorter. */
function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) kept.delete(name);
  return kept;
}
