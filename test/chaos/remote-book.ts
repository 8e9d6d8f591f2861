import type { FileFault, LifePlan } from './remote-script.ts';
import { sha256Of, tinyPicture } from './tiny-picture.ts';

/** The fields of an edit as both the job book and the service know them, the picture by its bytes. */
export type EditFields = {
  image: string;
  prompt: string;
  negative_prompt: string;
  seed: number;
  enable_thinking_mode: boolean;
  enable_reflection_mode: boolean;
  output_format: string;
};

/** One name for one input, the same on both sides. */
export function inputName(edit: EditFields): string {
  const { image, prompt, negative_prompt, seed, enable_thinking_mode, enable_reflection_mode, output_format } = edit;
  const fields = [image, prompt, negative_prompt, seed, enable_thinking_mode, enable_reflection_mode, output_format];
  return sha256Of(JSON.stringify(fields)).slice(0, 16);
}

/** The same for the body of a submission, where the picture is in the request itself. */
export function inputOfBody(body: Omit<EditFields, 'image'> & { image_url: string }): string {
  const { image_url } = body;
  const data = /^data:[^,]*;base64,(.*)$/s.exec(image_url)?.[1];
  return inputName({ ...body, image: sha256Of(data === undefined ? image_url : Buffer.from(data, 'base64')) });
}

export type Submission = {
  input: string;
  prompt: string;
  verdict: 'accepted' | 'refused' | 'ambiguous';
  requestId: string | null;
};

/** An accepted request, as it is in truth. */
export type RemoteRequest = {
  id: string;
  input: string;
  body: unknown;
  plan: LifePlan;
  /** Milliseconds of the remote's own clock, which nobody shifts. */
  begunAt: number;
  cancelled: boolean;
  /** The server has asked about this id, so it knew it. */
  askedAbout: boolean;
  /** The answer with the id was surely read: the same connection was used again afterwards. */
  idArrived: boolean;
  reads: number;
  results: number;
  fetches: number;
  cancels: number;
  /** SHA-256 of every whole picture that was sent out. */
  delivered: Set<string>;
};

export function createRemoteBook() {
  const submissions: Submission[] = [];
  const requests = new Map<string, RemoteRequest>();
  const faults = new Map<string, number>();
  const attempts = new Map<string, number>();

  return {
    submissions,
    requests,
    faults,
    count: (kind: string): void => void (kind && faults.set(kind, (faults.get(kind) ?? 0) + 1)),
    attemptOf(input: string): number {
      const attempt = attempts.get(input) ?? 0;
      attempts.set(input, attempt + 1);
      return attempt;
    },
    accept(input: string, body: unknown, plan: LifePlan, now: number): RemoteRequest {
      const request: RemoteRequest = {
        id: `req-${requests.size + 1}-${input}`,
        input,
        body,
        plan,
        begunAt: now,
        cancelled: false,
        askedAbout: false,
        idArrived: false,
        reads: 0,
        results: 0,
        fetches: 0,
        cancels: 0,
        delivered: new Set(),
      };
      requests.set(request.id, request);
      return request;
    },
    /** Submissions that cost money or may have. */
    paid: (): Submission[] => submissions.filter(({ verdict }) => verdict !== 'refused'),
  };
}

export type RemoteBook = ReturnType<typeof createRemoteBook>;

export type Stage = 'queued' | 'working' | 'ended' | 'cancelled';

export function stageOf({ plan, begunAt, cancelled }: RemoteRequest, now: number, healed: boolean): Stage {
  if (cancelled) return 'cancelled';
  if (plan.stuck && !healed) return 'queued';
  const age = now - begunAt;
  return age < plan.queueMs ? 'queued' : age < plan.queueMs + plan.workMs ? 'working' : 'ended';
}

/** A picture of its own for each request, and for each reading of a result that changes. */
export function pictureOf({ id, plan, fetches }: RemoteRequest): Buffer {
  return tinyPicture(`${id} ${plan.changes ? fetches : 0}`);
}

/** What is wrong with the next fetch of the file. */
export function fileFaultOf({ plan: { file }, fetches }: RemoteRequest, healed: boolean): FileFault | null {
  if (!file || fetches >= file.times) return null;
  return healed && !file.forever ? null : file.fault;
}
