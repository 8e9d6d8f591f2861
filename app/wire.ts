import { z } from 'zod';
import { artifactSchema, sha256Schema } from '../graphs/artifact.ts';

/**
 * What the browser and our own server say to each other: one schema per message, parsed on both sides.
 * Routes are listed in app/server/app.ts.
 */

export const keySchema = sha256Schema;

/** The input of one edit as RunComfy's stepx-edit2 names it, with the picture named by its bytes instead of an address. */
export const editInputSchema = z.object({
  image: sha256Schema,
  prompt: z.string().trim().min(1, 'Expected a prompt, got an empty text').max(8000),
  negative_prompt: z.string().max(8000),
  seed: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  enable_thinking_mode: z.boolean(),
  enable_reflection_mode: z.boolean(),
  output_format: z.enum(['jpeg', 'png']),
});
export type EditInput = z.infer<typeof editInputSchema>;

/** Where in which graph an edit was first asked for. Never part of a key. */
export const madeSchema = z.object({
  /** SHA-256 of the text of the graph file; the server answers with it at /api/graphs/<sha256>. */
  graph: sha256Schema,
  node: z.string().min(1).max(200),
  nodeTitle: z.string().max(200),
  /** Number of the point among the points of the node's axes. */
  index: z.number().int().min(0),
  /** The value of each axis there, in words. */
  point: z.array(z.object({ title: z.string().max(200), value: z.string().max(400) })).max(100),
});
export type Made = z.infer<typeof madeSchema>;

/** 0 = not rated. */
export const ratingSchema = z.number().int().min(0).max(5);

/** Body of PUT /api/jobs/<key>. `service` is the id that went into the key; the server refuses a key made for another service. */
export const jobRequestSchema = z.object({
  service: z.string().min(1),
  input: editInputSchema,
  /** The title of the graph it is asked for: pictures are grouped by it in the storage dialog. Never part of a key. */
  madeFor: z.string().max(200).optional(),
  made: madeSchema.optional(),
});
export type JobRequest = z.infer<typeof jobRequestSchema>;

/**
 * The life of a job in the job book:
 * queued → submitting → submitted → collecting → done, or failed, cancelled, unknown.
 * `submitting` found at start means that the answer was lost: it becomes `unknown` and is never sent again (M3, M4).
 */
export const jobStatusSchema = z.enum([
  'queued',
  'submitting',
  'submitted',
  'collecting',
  'done',
  'failed',
  'cancelled',
  'unknown',
]);
export type JobStatus = z.infer<typeof jobStatusSchema>;

export const jobErrorSchema = z.object({
  /** Our own word for what happened, see app/server/remote-errors.ts. */
  code: z.string(),
  /** A whole sentence for the user: what happened and what to do. Never holds the token. */
  message: z.string(),
  /** The HTTP status of the edit service, where one came. */
  status: z.number().int().optional(),
  /** The picture was asked for once more already, and that ended the same way: what may still help is a new take. */
  twice: z.boolean().optional(),
});
export type JobError = z.infer<typeof jobErrorSchema>;

/**
 * Codes of failures after which the edit is made and paid, but its picture is not here: putting the key once more fetches
 * it again, free of charge.
 */
export const fetchableCodes: readonly string[] = [
  'result-gone',
  'request-gone',
  'bad-result',
  'no-picture',
  'result-host',
  'picture-gone',
];

/** Codes of the refusals that keep the day's budget: nothing was accepted, and it may be asked for on another day. */
export const budgetCodes: readonly string[] = ['day-budget', 'price-unknown'];

/** The code of a cancelled job whose answer was lost, and which the user let rest. */
export const forgottenCode = 'forgotten';

/** The code of a cancelled job which the service took out of its queue before it began, as it said twice. */
export const droppedCode = 'dropped';

/** The settings name another edit service by now. */
export const otherServiceCode = 'other-service';

/** What the user, or a press of Run, decided about a job after it was first sent. */
export const decisionSchema = z.object({
  /**
   * `look`: follow the request whose id the user named; `lost`: count it as lost; `forget`: let it rest; `fetch`: fetch
   * the picture once more; `ask-again`: send what the service had dropped before it began once more.
   */
  what: z.enum(['look', 'lost', 'forget', 'fetch', 'ask-again']),
  at: z.number(),
  /** The request that it was about. */
  requestId: z.string().optional(),
  /** The failure that it was an answer to. */
  code: z.string().optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const jobSchema = z.object({
  key: keySchema,
  service: z.string(),
  model: z.string(),
  input: editInputSchema,
  /** The title of the graph when it was asked for; jobs of earlier versions have none. */
  madeFor: z.string().optional(),
  /** Of whoever asked first; jobs of earlier versions have none. */
  made: madeSchema.optional(),
  /** The user's own. */
  rating: ratingSchema.optional(),
  status: jobStatusSchema,
  /**
   * True from the moment the edit service may have accepted it: from then on only a new take can be submitted (M1),
   * unless the service is sure to have dropped it before it began.
   */
  accepted: z.boolean(),
  requestId: z.string().nullable(),
  /** The remote's own word for a live job (in_queue, in_progress, or one we do not know). */
  remoteStatus: z.string().nullable(),
  queuePosition: z.number().int().nullable(),
  artifacts: z.array(artifactSchema),
  /** Where the service said the results were; only provenance, the bytes are ours. */
  resultUrls: z.array(z.string()),
  /** What the service said about how it made the picture (the offline service explains itself here). */
  note: z.string().nullable(),
  error: jobErrorSchema.nullable(),
  /** US dollars as told by the service; null when it did not say. */
  price: z.number().nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  submittedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  decisions: z.array(decisionSchema).optional(),
  /** Grows with every change of any job; the id on the event stream. */
  seq: z.number().int(),
});
export type Job = z.infer<typeof jobSchema>;

/** [M1] Nothing was made of it, so a press of Run may send it (once more). */
export const isSurelyUnmade = ({ status, accepted, error }: Pick<Job, 'status' | 'accepted' | 'error'>): boolean =>
  (status === 'failed' || status === 'cancelled') && (!accepted || error?.code === droppedCode);

/** RunComfy's ids are opaque; its own client takes these letters and no others. */
export const requestIdSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, 'Expected a request id: 1 to 128 letters, digits, "-" and "_".');

/** Body of POST /api/jobs/<key>/look: follow a request on, whose id is ours or was found by the user. Costs nothing. */
export const lookAgainSchema = z.object({ requestId: requestIdSchema.optional() });

/** Body of POST /api/jobs/settle: what becomes of jobs whose answer was lost. Replies with all of these jobs. */
export const settleSchema = z.object({
  keys: z.array(keySchema).min(1).max(100_000),
  as: z.enum(['lost', 'forgotten']),
});
export type Settle = z.infer<typeof settleSchema>;

/** One file written by a save node. */
export const savedOutputSchema = z.object({
  key: keySchema,
  /** Path below the outputs folder, with forward slashes. */
  file: z.string(),
  /** Where our server answers with it. */
  url: z.string(),
  /** The picture it was made from; none where it was put together from many. */
  artifact: artifactSchema.optional(),
  bytes: z.number().int(),
  savedAt: z.number(),
});
export type SavedOutput = z.infer<typeof savedOutputSchema>;

/** Body of POST /api/outputs. */
export const saveRequestSchema = z.object({
  key: keySchema,
  picture: sha256Schema,
  /** Tokens are filled in by the browser, except {date} and the counter against overwriting; see graphs/SPEC.md. */
  name: z.string().max(1000),
  provenance: z.unknown(),
  graph: z.unknown(),
  /** Without anything that tells how it was made; the two above do not count then. */
  plain: z.boolean().optional(),
});
export type SaveRequest = z.infer<typeof saveRequestSchema>;

/** Body of POST /api/outputs/copy: a picture to be downloaded, with how it was made inside, or plain. Answers with its bytes. */
export const copyRequestSchema = saveRequestSchema.pick({ picture: true, provenance: true, graph: true, plain: true });
export type CopyRequest = z.infer<typeof copyRequestSchema>;

/** More keys are asked for in several requests. */
export const mostLookedUp = 20_000;

/** Body of POST /api/lookup: what does the server know of these keys and pictures? */
export const lookupRequestSchema = z.object({
  keys: z.array(keySchema).max(mostLookedUp),
  pictures: z.array(sha256Schema).max(mostLookedUp),
});
export type LookupRequest = z.infer<typeof lookupRequestSchema>;

/** Element of the reply of GET /api/samples: photographs that are in the picture store already. */
export const sampleSchema = z.object({ title: z.string(), credit: z.string(), artifact: artifactSchema });
export type Sample = z.infer<typeof sampleSchema>;

/** Data of the first event (`hello`) on the event stream; a new `startedAt` means that the server was started again. */
export const helloSchema = z.object({ seq: z.number().int(), service: z.string(), startedAt: z.number() });
export type Hello = z.infer<typeof helloSchema>;

/** Every refusal of our server: status ≥ 400 and this body. */
export const httpErrorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
