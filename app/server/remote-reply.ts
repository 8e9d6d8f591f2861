import { z } from 'zod';
import { faultOfJson } from '../../graphs/untrusted.ts';
import { refusalOf, RemoteError } from './remote-errors.ts';

/** What an answer repeats of the input that it belongs to. Only some answers do. */
export type EchoedInput = { prompt?: string; seed?: number };

/** How a request stands at the edit service. */
export type Look = { input?: EchoedInput } & Standing;

type Standing =
  | { status: 'live'; word: string; queuePosition: number | null }
  | { status: 'done'; urls: string[]; note: string | null; cost: number | null }
  | { status: 'failed'; message: string; cost: number | null }
  | { status: 'cancelled' };

export type CancelOutcome = 'cancelled' | 'not_cancellable' | 'unknown';

/** An answer as it came: its body as text, because HTML pages of proxies come as well. */
export type Answer = { status: number; text: string; retryAfter: string | null };

const objectSchema = z.record(z.string(), z.unknown());
const textSchema = z.string().trim().min(1);
const idSchema = z.union([textSchema.max(512), z.number().int().transform(String)]);
const costSchema = z.coerce.number().nonnegative().finite();

/**
 * The id of the request that was accepted, or why there is none. A body that names an id was accepted, whatever else it
 * says: following a request costs nothing, sending it again does.
 */
export function readSubmitted(answer: Answer, now: number): { requestId: string } | RemoteError {
  const body = bodyOf(answer);
  const id = idSchema.safeParse(body?.request_id ?? body?.requestId);
  if (id.success) return { requestId: id.data };
  const errorCode = errorCodeOf(body);
  const isSuccess = answer.status >= 200 && answer.status <= 299;
  if (isSuccess && errorCode === null) {
    const text = body ? 'without a request_id' : `with something that is not JSON (${excerpt(answer.text)})`;
    return new RemoteError('no-request-id', 'unclear', `The edit service answered ${text}.`, { status: answer.status });
  }
  return refusal('submit', answer, now);
}

/** What a result route (or status route) says, or why it says nothing. */
export function readLook(answer: Answer, now: number): Look | RemoteError {
  const body = bodyOf(answer);
  const errorCode = errorCodeOf(body);
  // Undocumented, seen in a client's tests: the result of a live request is "not ready".
  if (errorCode === 400005) return { status: 'live', word: 'in_progress', queuePosition: null };
  const isSuccess = answer.status >= 200 && answer.status <= 299;
  if (!isSuccess || errorCode !== null || !body) return refusal('read', answer, now);

  const input = echoIn(body);
  return { ...standingOf(body), ...(input && { input }) };
}

function standingOf(body: Record<string, unknown>): Standing {
  const word = textSchema.safeParse(body.status).data ?? '';
  const cost = body.cost === null ? null : (costSchema.safeParse(body.cost).data ?? null);
  const done = (): Standing => ({ status: 'done', urls: urlsIn(body), note: noteIn(body), cost });
  const failed = (): Standing => ({ status: 'failed', message: messageIn(body) ?? 'It gave no reason.', cost });
  switch (meaningOf(word)) {
    case 'done':
      // `completed` only means that it has ended: success or failure stands beside it.
      return hasError(body) && urlsIn(body).length === 0 ? failed() : done();
    case 'failed':
      return failed();
    case 'cancelled':
      return { status: 'cancelled' };
    case 'none':
      if (body.output !== undefined && body.output !== null) return done();
      return hasError(body) ? failed() : { status: 'live', word: 'unknown', queuePosition: null };
    case 'live': {
      const position = z.number().int().nonnegative().safeParse(body.queue_position).data ?? null;
      return { status: 'live', word: normalised(word), queuePosition: position };
    }
  }
}

/** `status` is never looked at where there is an `outcome`: the documentation's own sample contradicts itself there. */
export function readCancel(answer: Answer): CancelOutcome {
  const body = bodyOf(answer);
  if (answer.status < 200 || answer.status > 299 || errorCodeOf(body) !== null) return 'unknown';
  const outcome = normalised(textSchema.safeParse(body?.outcome).data ?? '');
  if (/^cancell?ed$/.test(outcome)) return 'cancelled';
  if (outcome !== '') return outcome === 'not_cancellable' ? 'not_cancellable' : 'unknown';
  return meaningOf(textSchema.safeParse(body?.status).data ?? '') === 'cancelled' ? 'cancelled' : 'unknown';
}

/** US dollars, and per what: only a price per picture says what an edit costs. */
export type CataloguePrice = { readonly dollars: number; readonly unit: string; readonly isPerPicture: boolean };

/** The price in a catalogue entry; null where it names none, or counts by something that is no plain word. */
export function readPrice(answer: Answer): CataloguePrice | null {
  const body = bodyOf(answer);
  const dollars = body?.base_price_usd;
  const price = typeof dollars === 'number' || typeof dollars === 'string' ? costSchema.safeParse(dollars).data : null;
  const unit = textSchema.safeParse(body?.price_unit).data ?? 'image';
  if (price === undefined || price === null || !/^[a-z][a-z ]{0,20}$/i.test(unit)) return null;
  return { dollars: price, unit: unit.toLowerCase(), isPerPicture: /^(output|image|request)s?$/i.test(unit) };
}

export function bodyOf(answer: Answer): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(answer.text);
    return faultOfJson(body) === null ? (objectSchema.safeParse(body).data ?? null) : null;
  } catch {
    return null;
  }
}

const normalised = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

// Documented: in_queue, in_progress, completed, cancelled, succeeded, failed. The rest is what official clients tolerate.
function meaningOf(word: string): 'live' | 'done' | 'failed' | 'cancelled' | 'none' {
  const name = normalised(word);
  if (name === '') return 'none';
  if (['completed', 'complete', 'succeeded', 'success', 'done', 'finished'].includes(name)) return 'done';
  if (['failed', 'failure', 'error', 'errored'].includes(name)) return 'failed';
  if (['cancelled', 'canceled'].includes(name)) return 'cancelled';
  return 'live';
}

function refusal(asked: 'submit' | 'read', answer: Answer, now: number): RemoteError {
  const body = bodyOf(answer);
  const text = body ? messageIn(body) : answer.text.trim() === '' ? null : excerpt(answer.text);
  // A page that should have been JSON is no answer of the service itself, so it says nothing about the request.
  const isPage = !body && answer.status >= 200 && answer.status <= 299;
  const status = isPage ? 502 : answer.status;
  return refusalOf({ asked, status, errorCode: errorCodeOf(body), text, retryAfterMs: retryAfterOf(answer, now) });
}

function errorCodeOf(body: Record<string, unknown> | null): number | null {
  const code = z.coerce
    .number()
    .int()
    .positive()
    .safeParse(body?.error_code ?? body?.errorCode).data;
  if (code !== undefined) return code;
  // A word in place of the number is an error all the same, of a kind that nobody knows: 499 is in no list.
  return textSchema.safeParse(body?.error_code).success ? 499_000 : null;
}

function hasError(body: Record<string, unknown>): boolean {
  return messageIn({ error: body.error, failure_reason: body.failure_reason }) !== null;
}

/** The reason in whichever shape it comes: a text, an object, or a list of either. */
function messageIn(body: Record<string, unknown>): string | null {
  for (const name of ['error_message', 'message', 'error', 'detail', 'details', 'failure_reason']) {
    const text = textOf(body[name]);
    if (text !== null) return shortened(text);
  }
  return null;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('; ') || null;
  const object = objectSchema.safeParse(value).data;
  if (!object) return null;
  for (const name of ['message', 'error_message', 'msg', 'details', 'detail', 'error', 'type']) {
    const text = textOf(object[name]);
    if (text === null) continue;
    // FastAPI's validation errors name the field in `loc`.
    const place = Array.isArray(object.loc) ? object.loc.filter((step) => step !== 'body').join('.') : '';
    return place ? `${place}: ${text}` : text;
  }
  return Object.keys(object).length > 0 ? JSON.stringify(object) : null;
}

function noteIn(body: Record<string, unknown>): string | null {
  const output = objectSchema.safeParse(body.output).data;
  for (const note of [body.note, output?.note])
    if (typeof note === 'string' && note.trim()) return shortened(note, 2000);
  return null;
}

function echoIn({ input }: Record<string, unknown>): EchoedInput | null {
  const echo = objectSchema.safeParse(input).data;
  const prompt = z.string().safeParse(echo?.prompt).data;
  const seed = z.number().safeParse(echo?.seed).data;
  if (prompt === undefined && seed === undefined) return null;
  return { ...(prompt !== undefined && { prompt }), ...(seed !== undefined && { seed }) };
}

/** Pictures are looked for inside `output` only, because some answers repeat the input, which is a picture as well. */
function urlsIn(body: Record<string, unknown>): string[] {
  const inputs = new Set(stringsIn(body.input));
  const output = objectSchema.safeParse(body.output).data;
  const found = output ? [...textsOf(output.images), ...textsOf(output.image)] : textsOf(body.output);
  return [...new Set(found)].filter((url) => !inputs.has(url));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() ? [value.trim()] : [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  const object = objectSchema.safeParse(value).data;
  return object ? textsOf(object.url) : [];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.trim()];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfterOf({ retryAfter }: Answer, now: number): number | null {
  if (retryAfter === null || retryAfter.trim() === '') return null;
  const seconds = Number(retryAfter);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/** The visible words of an HTML page, or the beginning of whatever it is. */
function excerpt(text: string): string {
  // A page can be megabytes long, and only its beginning is ever shown.
  const visible = text
    .slice(0, 20_000)
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ');
  return shortened(visible.replace(/\s+/g, ' ').trim(), 200);
}

const shortened = (text: string, most = 500): string => (text.length > most ? `${text.slice(0, most)}…` : text);
