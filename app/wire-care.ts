import { z } from 'zod';
import { artifactSchema } from '../graphs/artifact.ts';
import { jobStatusSchema, keySchema } from './wire.ts';

/** Messages about the state of things: what was set aside, how the server is, what a report says. Apart from wire.ts, because the page needs them late or never. */

/** Something of ours that could not be read and was kept under another name. */
export const setAsideSchema = z.object({
  id: z.string(),
  what: z.enum(['job-book', 'entry', 'output-book', 'requests-book', 'settings', 'token', 'list']),
  at: z.number(),
  /** What happened and what was done about it, for the user. */
  message: z.string(),
  /** What of it can be downloaded, by its name in the data folder. */
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  /** Edits that were paid for may not be known any more: until the user has agreed, nothing that costs money is sent. */
  keysMayBeLost: z.boolean(),
});
export type SetAside = z.infer<typeof setAsideSchema>;

/** Reply of GET /api/health. */
export const healthSchema = z.object({
  /** The disk takes what is written, and nothing that cost money may be missing. */
  ok: z.boolean(),
  version: z.string(),
  startedAt: z.number(),
  uptimeMs: z.number(),
  /** `ok`, or the code of what the disk refused within the last minute (`disk-full`, `not-writable`, …). */
  disk: z.string(),
  /** Null where the system does not say. */
  freeBytes: z.number().nullable(),
  books: z.record(z.enum(['jobs', 'outputs', 'requests']), z.enum(['ok', 'set-aside'])),
  service: z.enum(['offline', 'remote']),
  liveJobs: z.number().int(),
});
export type Health = z.infer<typeof healthSchema>;

/** Reply of GET /api/report: what may be given to somebody who is to help. */
export const reportSchema = z.object({
  of: z.literal('Editloom'),
  at: z.string(),
  health: healthSchema,
  node: z.string(),
  system: z.string(),
  settings: z.object({
    service: z.string(),
    address: z.string(),
    inFlight: z.number(),
    offlineDelay: z.number(),
    token: z.string(),
  }),
  jobs: z.partialRecord(jobStatusSchema, z.number()),
  /** The edit that it is about. */
  job: z
    .object({
      key: keySchema,
      service: z.string(),
      status: jobStatusSchema,
      accepted: z.boolean(),
      requestId: z.string().nullable(),
      remoteStatus: z.string().nullable(),
      code: z.string().nullable(),
      http: z.number().nullable(),
      price: z.number().nullable(),
      createdAt: z.string().nullable(),
      submittedAt: z.string().nullable(),
      finishedAt: z.string().nullable(),
      pictures: z.array(artifactSchema.omit({ sha256: true })),
      decisions: z.array(z.string()),
      log: z.array(z.unknown()),
    })
    .nullable(),
  log: z.array(z.unknown()),
});
export type Report = z.infer<typeof reportSchema>;
