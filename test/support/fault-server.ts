import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const model = 'stepfun-ai/stepx-edit2';
export const goodToken = 'good-token';

export type Raw = { status?: number; headers?: Record<string, string>; body: unknown };

/**
 * How one answer to a submission goes wrong. `accepts` says whether the service takes the job all the same; a `cut`
 * ends the connection without an answer, a `hold` never answers until `letGo` is called.
 */
export type SubmitFault = { accepts: boolean } & ReadFault;

export type ReadFault = { raw: (id: string) => Raw; hold?: true } | { cut: true } | { hold: true };

/** What the service does to the job with a certain prompt. Lists are used up from the front; then all goes well. */
export type Behaviour = {
  submits?: SubmitFault[];
  reads?: ReadFault[];
  cancels?: (ReadFault & { as?: 'cancelled' })[];
  files?: (Raw | { truncate: true } | { cut: true } | { hold: true })[];
  /** Words of the life: each read takes one step, the last stays. Default: in_queue, in_progress, succeeded. */
  life?: string[];
  /** The end of the life waits until `letGo`. */
  endHeld?: boolean;
  /** Fields over those of a finished result. */
  result?: (urls: string[]) => Record<string, unknown>;
};

type Held = { prompt: string; go: () => void };
export type RemoteJob = {
  id: string;
  prompt: string;
  owner: string;
  reads: number;
  cancelled: boolean;
  input: unknown;
};

export type FaultServer = Awaited<ReturnType<typeof startFaultServer>>;

/**
 * RunComfy's queue API on a real socket, with every oddity and fault that its clients have met (or that we fear). Counts
 * what was asked, so that a test can say what was paid.
 */
export async function startFaultServer(picture: Uint8Array, port = 0) {
  const behaviours = new Map<string, Behaviour>();
  const jobs = new Map<string, RemoteJob>();
  const submissions: { prompt: string; accepted: boolean }[] = [];
  const requests = { submit: 0, read: 0, cancel: 0, file: 0, catalogue: 0 };
  const tokensSeenByStorage: string[] = [];
  const held: Held[] = [];
  const released = new Set<string>();
  let count = 0;

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, id = '', what] = /^\/v1\/requests\/([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    if (pathname.startsWith('/storage/')) return file(pathname, request, response);
    const owner = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (request.method === 'POST' && pathname === `/v1/models/${model}`) {
      requests.submit++;
      return submit(JSON.parse(Buffer.concat(chunks).toString()) as { prompt: string }, owner, response);
    }
    if (request.method === 'GET' && pathname === `/v1/models/${model}`) {
      requests.catalogue++;
      return answerWith(response, { body: { model_id: model, base_price_usd: 0.05, price_unit: 'image' } });
    }
    if (what === 'cancel') return cancel(decodeURIComponent(id), response);
    if (what === 'result' || what === 'status') return read(decodeURIComponent(id), owner, response);
    answerWith(response, { status: 404, body: { error_code: 400001, message: 'No such model' } });
  }

  function submit(input: { prompt: string }, owner: string, response: ServerResponse): void {
    const { prompt } = input;
    if (!owner.startsWith('good')) {
      submissions.push({ prompt, accepted: false });
      return answerWith(response, { status: 400, body: { error_code: 400004, message: 'Token is invalid' } });
    }
    const fault = behaviours.get(prompt)?.submits?.shift();
    const accepted = fault?.accepts ?? true;
    submissions.push({ prompt, accepted });
    const id = `req_${++count}`;
    if (accepted) jobs.set(id, { id, prompt, owner, reads: 0, cancelled: false, input });
    const well: Raw = {
      body: {
        request_id: id,
        // Of another origin on purpose: nobody may send the token there.
        status_url: `https://elsewhere.example/v1/requests/${id}/status`,
        result_url: `https://elsewhere.example/v1/requests/${id}/result`,
        cancel_url: `https://elsewhere.example/v1/requests/${id}/cancel`,
      },
    };
    respond(response, fault, id, prompt, well);
  }

  function read(id: string, owner: string, response: ServerResponse): void {
    requests.read++;
    const job = jobs.get(id);
    if (!job) return answerWith(response, { status: 404, body: { error_code: 404001, message: 'Request not found' } });
    if (!owner.startsWith('good')) return answerWith(response, { status: 401, body: { detail: 'Unauthorized' } });
    if (owner !== job.owner)
      return answerWith(response, { status: 403, body: { error_code: 403001, message: 'Not yours' } });
    const behaviour = behaviours.get(job.prompt);
    const fault = behaviour?.reads?.shift();
    if (fault) return respond(response, fault, id, job.prompt, { body: {} });
    answerWith(response, { body: stateOf(job, behaviour) });
  }

  function stateOf(job: RemoteJob, behaviour: Behaviour | undefined): Record<string, unknown> {
    const same = { request_id: job.id, input: job.input };
    if (job.cancelled) return { ...same, status: 'cancelled' };
    const { life, at } = placeOf(job, job.reads++);
    const status = life[at] ?? '';
    if (at < life.length - 1) return { ...same, status, ...(/queue/i.test(status) && { queue_position: 1 }) };
    if (status.startsWith('cancel')) return { ...same, status };
    const address = `${url}/storage/${job.id}/output/edit.png`;
    const fields = behaviour?.result?.([address, `${address}?second`]);
    return {
      ...same,
      status,
      created_at: '',
      finished_at: '',
      cost: 0.04,
      ...(fields ?? { output: { image: address } }),
    };
  }

  function placeOf(job: RemoteJob, reads: number) {
    const { life = ['in_queue', 'in_progress', 'succeeded'], endHeld = false } = behaviours.get(job.prompt) ?? {};
    const last = life.length - (endHeld && !released.has(job.prompt) ? 2 : 1);
    return { life, at: Math.max(0, Math.min(reads, last)) };
  }

  function cancel(id: string, response: ServerResponse): void {
    requests.cancel++;
    const job = jobs.get(id);
    if (!job) return answerWith(response, { status: 404, body: { error_code: 404001, message: 'Request not found' } });
    const behaviour = behaviours.get(job.prompt);
    const fault = behaviour?.cancels?.shift();
    if (fault?.as === 'cancelled') job.cancelled = true;
    const { life, at } = placeOf(job, job.reads - 1);
    const waits = /queue/i.test(life[at] ?? '');
    if (!fault && waits) job.cancelled = true;
    const outcome = job.cancelled ? 'cancelled' : 'not_cancellable';
    // The status contradicts the outcome, as it does in the documentation's sample.
    respond(response, fault, id, job.prompt, { status: 202, body: { request_id: id, status: 'completed', outcome } });
  }

  function file(pathname: string, request: IncomingMessage, response: ServerResponse): void {
    requests.file++;
    if (request.headers.authorization) tokensSeenByStorage.push(request.headers.authorization);
    const job = jobs.get(pathname.split('/')[2] ?? '');
    const fault = behaviours.get(job?.prompt ?? '')?.files?.shift();
    if (fault && 'cut' in fault) return void response.destroy();
    if (fault && 'hold' in fault) return void held.push({ prompt: job?.prompt ?? '', go: () => response.destroy() });
    const bytes = Buffer.from(picture);
    const headers = { 'content-type': 'application/octet-stream' };
    if (fault && 'truncate' in fault)
      return void response.writeHead(200, headers).end(bytes.subarray(0, bytes.length / 2));
    if (fault) return answerWith(response, fault);
    response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
  }

  function respond(
    response: ServerResponse,
    fault: SubmitFault | ReadFault | undefined,
    id: string,
    prompt: string,
    well: Raw,
  ): void {
    if (!fault) return answerWith(response, well);
    if ('cut' in fault) return void response.destroy();
    const go = () => answerWith(response, 'raw' in fault ? fault.raw(id) : well);
    if ('hold' in fault) held.push({ prompt, go });
    else go();
  }

  function answerHeld(prompt: string): void {
    for (const one of held.splice(0)) {
      if (one.prompt === prompt) one.go();
      else held.push(one);
    }
  }

  return {
    url,
    picture,
    jobs,
    submissions,
    requests,
    tokensSeenByStorage,
    behave: (prompt: string, behaviour: Behaviour): void => void behaviours.set(prompt, behaviour),
    submissionsOf: (prompt: string): number => submissions.filter((one) => one.prompt === prompt).length,
    acceptedOf: (prompt: string): number => submissions.filter((one) => one.prompt === prompt && one.accepted).length,
    isHolding: (prompt: string): boolean => held.some((one) => one.prompt === prompt),
    answerHeld,
    /** Sends the answers that are held back for this prompt, and lets its job come to an end. */
    letGo(prompt: string): void {
      released.add(prompt);
      answerHeld(prompt);
    },
    forget: (id: string): boolean => jobs.delete(id),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function answerWith(response: ServerResponse, { status = 200, headers, body }: Raw): void {
  const isJson = typeof body !== 'string' && !(body instanceof Uint8Array);
  response
    .writeHead(status, { 'content-type': isJson ? 'application/json' : 'text/html', ...headers })
    .end(isJson ? JSON.stringify(body) : body);
}
