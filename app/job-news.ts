import { z } from 'zod';
import { sha256Schema } from '../graphs/artifact.ts';
import { jobSchema, savedOutputSchema, type Job } from './wire.ts';

/**
 * What a page is told of a job: on the event stream, as the answer to its own request, and when it looks keys up. Much
 * less than the job book has: the input is the page's own, and what is still going on has nothing to show but how far it
 * is. Every `Job` is news of itself; fields that are null are not sent.
 */
const { key, seq, remoteStatus, queuePosition, error, createdAt, submittedAt, accepted } = jobSchema.shape;
const { artifacts, service, model, requestId, finishedAt, price, note, rating } = jobSchema.shape;

const liveNewsSchema = z.object({
  key,
  seq,
  status: jobSchema.shape.status.extract(['queued', 'submitting', 'submitted', 'collecting']),
  remoteStatus: remoteStatus.default(null),
  queuePosition: queuePosition.default(null),
  error: error.default(null),
  /** Told until it was submitted. */
  createdAt: createdAt.default(0),
  submittedAt: submittedAt.default(null),
});

const doneNewsSchema = z.object({
  key,
  seq,
  status: z.literal('done'),
  artifacts,
  service,
  model,
  requestId: requestId.default(null),
  submittedAt: submittedAt.default(null),
  finishedAt: finishedAt.default(null),
  price: price.default(null),
  note: note.default(null),
  rating,
});

const notMadeNewsSchema = z.object({
  key,
  seq,
  status: jobSchema.shape.status.extract(['failed', 'cancelled', 'unknown']),
  accepted,
  error: error.default(null),
  price: price.default(null),
});

export const jobNewsSchema = z.discriminatedUnion('status', [liveNewsSchema, doneNewsSchema, notMadeNewsSchema]);
export type JobNews = z.infer<typeof jobNewsSchema>;
export type LiveNews = z.infer<typeof liveNewsSchema>;

/** As it goes over the wire. */
export type SentNews = z.input<typeof jobNewsSchema>;

export const jobNewsListSchema = z.array(jobNewsSchema);

/** What POST /api/lookup answers. Jobs are `done` here only while the bytes of all their artifacts are in the store. */
export const lookupReplySchema = z.object({
  jobs: jobNewsListSchema,
  outputs: z.array(savedOutputSchema),
  missingPictures: z.array(sha256Schema),
});
export type LookupReply = z.infer<typeof lookupReplySchema>;
export type SentLookupReply = z.input<typeof lookupReplySchema>;

const ends: ReadonlySet<string> = new Set<Job['status']>(['done', 'failed', 'cancelled', 'unknown']);

export const isEnd = ({ status }: Pick<Job, 'status'>): boolean => ends.has(status);

export const isLive = (news: JobNews): news is LiveNews => !isEnd(news);

export function newsOf(job: Job): SentNews {
  const { status } = job;
  const fields = status === 'done' ? doneFields : isEnd(job) ? notMadeFields : liveFields;
  const isTold = (field: keyof Job): boolean =>
    job[field] !== null && job[field] !== undefined && (field !== 'createdAt' || job.submittedAt === null);
  const told = fields.filter(isTold).map((field) => [field, job[field]]);
  return Object.fromEntries(told) as SentNews;
}

const liveFields = Object.keys(liveNewsSchema.shape) as (keyof Job)[];
const doneFields = Object.keys(doneNewsSchema.shape) as (keyof Job)[];
const notMadeFields = Object.keys(notMadeNewsSchema.shape) as (keyof Job)[];
