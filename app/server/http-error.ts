import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { faultOfJson } from '../../graphs/untrusted.ts';

/** An expected "no" on its way out of a route; becomes the body of httpErrorSchema. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const refusal = (c: Context, status: ContentfulStatusCode, code: string, message: string): Response =>
  c.json({ error: { code, message } }, status);

export const limitBody = (
  maxSize: number,
  sentence: (c: Context) => string = () => `Expected a request of at most ${maxSize / 1e6} MB, got a larger one.`,
) => bodyLimit({ maxSize, onError: (c) => refusal(c, 413, 'too-large', sentence(c)) });

/** The body as `schema` wants it, or a refusal that names the place of the fault. */
export async function parseBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw new HttpError(400, 'not-json', 'Expected a body in JSON, got something else.');
  }
  const fault = faultOfJson(body);
  if (fault) throw new HttpError(400, 'bad-request', `This request is not taken: ${fault}.`);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new HttpError(400, 'bad-request', z.prettifyError(parsed.error));
  return parsed.data;
}
