import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerWith, model, type Raw } from '../support/fault-server.ts';
import { createRemoteBook, fileFaultOf, inputOfBody, pictureOf, stageOf, type RemoteRequest } from './remote-book.ts';
import type { Script } from './remote-script.ts';
import { sha256Of } from './tiny-picture.ts';

export type Remote = Awaited<ReturnType<typeof startRemote>>;

/** RunComfy's queue API on a real socket; it misbehaves by its script and writes down the truth. */
export async function startRemote(script: Script) {
  const book = createRemoteBook();
  const held = new Set<ServerResponse>();
  const answeredOn = new WeakMap<Socket, { request: RemoteRequest; later: number }[]>();
  let healed = false;

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A killed client leaves in the middle of its request; anything else is a fault of the suite itself.
      if (!request.destroyed || !isAbort(error)) book.count(`BUG in the remote: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    noteReuse(request.socket);
    const { pathname } = new URL(request.url ?? '/', url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (pathname.startsWith('/storage/')) return file(pathname.split('/')[2] ?? '', response);
    if (pathname === `/v1/models/${model}`) {
      if (request.method === 'POST') return submit(Buffer.concat(chunks).toString(), request.socket, response);
      const price = { model_id: model, base_price_usd: 0.05, price_unit: 'image' };
      return answerWith(response, { body: price });
    }
    const [, id = '', what] = /^\/v1\/requests\/([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    const known = book.requests.get(decodeURIComponent(id));
    if (!known)
      return answerWith(response, { status: 404, body: { error_code: 404001, message: 'Request not found' } });
    known.askedAbout = true;
    return what === 'cancel' ? cancel(known, response) : read(known, response);
  }

  /** Two later requests on a connection prove that its earlier answers were read to the end. */
  function noteReuse(socket: Socket): void {
    for (const answered of answeredOn.get(socket) ?? []) if (++answered.later >= 2) answered.request.idArrived = true;
  }

  async function submit(text: string, socket: Socket, response: ServerResponse): Promise<void> {
    const body = JSON.parse(text) as Parameters<typeof inputOfBody>[0];
    const input = inputOfBody(body);
    const attempt = book.attemptOf(input);
    const plan = healed ? null : script.submit(input, attempt);
    const request = (plan?.accepts ?? true) ? book.accept(input, body, script.life(input), performance.now()) : null;
    book.count(plan?.kind ?? '');
    for (const kind of request?.plan.kinds ?? []) book.count(kind);
    const verdict = plan?.ambiguous ? 'ambiguous' : request ? 'accepted' : 'refused';
    const names = Boolean(request) && (plan === null || plan.answer === 'well');
    book.submissions.push({ input, prompt: body.prompt, verdict, requestId: names ? request!.id : null });
    if (plan && plan.delayMs > 0) await pause(plan.delayMs);
    if (plan?.answer === 'cut') return void response.destroy();
    if (plan?.answer === 'hold') return hold(response);
    if (plan && plan.answer !== 'well') return answerWith(response, plan.answer);
    answeredOn.set(socket, [...(answeredOn.get(socket) ?? []), { request: request!, later: 0 }]);
    const { id } = request!;
    answerWith(response, { body: { request_id: id, status_url: `${url}/v1/requests/${id}/status` } });
  }

  async function read(request: RemoteRequest, response: ServerResponse): Promise<void> {
    const bad = healed ? null : script.read(request.id, request.reads++);
    book.count(bad?.kind ?? '');
    if (bad?.fault === 'cut') return void response.destroy();
    if (bad?.fault === 'slow') await pause(300);
    else if (bad) return answerWith(response, bad.fault);
    answerWith(response, { body: stateOf(request) });
  }

  function stateOf(request: RemoteRequest): Record<string, unknown> {
    const { id, plan, body } = request;
    const same = { request_id: id, ...(plan.echoes && { input: body }) };
    const stage = stageOf(request, performance.now(), healed);
    if (stage === 'cancelled') return { ...same, status: 'cancelled' };
    if (stage === 'queued') return { ...same, status: 'in_queue', queue_position: 1 };
    if (stage === 'working') return { ...same, status: 'in_progress' };
    if (plan.ending === 'failed') return { ...same, status: 'failed', error: 'The model gave up' };
    if (plan.ending === 'completed-but-failed')
      return { ...same, status: 'completed', error: { message: 'The model gave up' } };
    if (request.results++ < plan.emptyResults) return { ...same, status: 'completed', output: { images: [] } };
    const address = `${url}/storage/${id}/${plan.changes ? request.results : 'result'}.png`;
    const images = plan.echoes ? [(body as { image_url: string }).image_url, address] : [address];
    return { ...same, status: 'completed', output: { images }, cost: 0.05 };
  }

  async function file(id: string, response: ServerResponse): Promise<void> {
    const request = book.requests.get(id);
    if (!request) return answerWith(response, { status: 404, body: 'gone' });
    const fault = fileFaultOf(request, healed);
    const bytes = pictureOf(request);
    request.fetches++;
    const headers = { 'content-type': 'application/octet-stream' };
    if (fault === 'dead') return answerWith(response, { status: 404, body: 'gone' });
    if (fault === 'error') return answerWith(response, { status: 500, body: 'broken' });
    if (fault === 'page') return answerWith(response, { body: '<!doctype html>Please log in' });
    if (fault === 'short') return void response.writeHead(200, headers).end(bytes.subarray(0, bytes.length / 2));
    if (fault === 'cut') {
      response.writeHead(200, { ...headers, 'content-length': bytes.length });
      return void response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    }
    if (fault === 'slow') await pause(500);
    request.delivered.add(sha256Of(bytes));
    response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
  }

  async function cancel(request: RemoteRequest, response: ServerResponse): Promise<void> {
    const fault = healed ? null : script.cancel(request.id, request.cancels++);
    book.count(fault ?? '');
    if (fault === 'cancel cut') return void response.destroy();
    if (fault === 'cancel 500') return answerWith(response, { status: 500, body: { message: 'Broken' } });
    // Meanwhile it may begin: the race that every canceller has to expect.
    if (fault === 'cancel slow') await pause(400);
    const isQueued = stageOf(request, performance.now(), healed) === 'queued';
    if (isQueued && fault !== 'cancel refused though queued') request.cancelled = true;
    if (fault === 'cancel done, answer lost') return void response.destroy();
    const outcome = request.cancelled ? 'cancelled' : 'not_cancellable';
    const said: Raw = { status: 202, body: { request_id: request.id, status: 'completed', outcome } };
    answerWith(response, said);
  }

  function hold(response: ServerResponse): void {
    if (healed) return void response.destroy();
    held.add(response);
    response.once('close', () => held.delete(response));
  }

  return {
    url,
    book,
    isHealed: (): boolean => healed,
    /** Ends all misdeeds. What was held back is cut, what was stuck goes on. */
    heal(): void {
      healed = true;
      for (const response of held) response.destroy();
    },
    stageOf: (request: RemoteRequest) => stageOf(request, performance.now(), healed),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const isAbort = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
