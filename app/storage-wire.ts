import { z } from 'zod';
import { sha256Schema } from '../graphs/artifact.ts';

/** What the browser and our own server say to each other about the room on the disk; parsed on both sides. */

/** Money that went into pictures: how many were paid for, what is known of their price, and for how many it is not known. */
export const paidSchema = z.object({
  count: z.number().int(),
  known: z.number(),
  unknown: z.number().int(),
});
export type Paid = z.infer<typeof paidSchema>;

export const pictureKindSchema = z.enum(['result', 'upload', 'sample', 'left-over']);
export type PictureKind = z.infer<typeof pictureKindSchema>;

/** Pictures that belong together: the results of one graph, or all pictures of another kind. */
export const pictureGroupSchema = z.object({
  id: z.string(),
  kind: pictureKindSchema,
  /** The graph's title when its pictures were asked for; null = not known. */
  title: z.string().nullable(),
  count: z.number().int(),
  bytes: z.number(),
  paid: paidSchema,
});
export type PictureGroup = z.infer<typeof pictureGroupSchema>;

export const storedPictureSchema = z.object({
  sha256: sha256Schema,
  bytes: z.number(),
  /** Milliseconds since 1970. */
  storedAt: z.number(),
  kind: pictureKindSchema,
  paid: z.boolean(),
  /** US dollars; null = not known, which is never shown as 0. Only paid pictures have one. */
  price: z.number().nullable(),
  /** The beginning of the prompt that made it. */
  prompt: z.string().nullable(),
  madeFor: z.string().nullable(),
});
export type StoredPicture = z.infer<typeof storedPictureSchema>;

export const roomKinds = [
  'pictures',
  'thumbnails',
  'outputs',
  'offline',
  'books',
  'graphs',
  'logs',
  'trash',
  'damaged',
  'unfinished',
  'other',
] as const;
export type RoomKind = (typeof roomKinds)[number];

export const diskSchema = z.object({
  folder: z.string(),
  free: z.number(),
  total: z.number(),
});
export type Disk = z.infer<typeof diskSchema>;

/** Reply of GET /api/storage/room: is there room for so many edits more? `free` null = the system does not tell. */
export const roomReplySchema = z.object({
  free: z.number().nullable(),
  needed: z.number(),
  /** A sentence for the user where the disk is nearly full, else null. */
  warning: z.string().nullable(),
});
export type RoomReply = z.infer<typeof roomReplySchema>;

/** The folder of one removal in the trash, named by its time. */
export const trashNameSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d{1,4})?$/, 'Expected a removal');

export const trashSchema = z.object({
  name: trashNameSchema,
  removedAt: z.number(),
  /** When it is emptied by itself. */
  emptiedAt: z.number(),
  count: z.number().int(),
  bytes: z.number(),
  paid: paidSchema,
});
export type Trash = z.infer<typeof trashSchema>;

/** Reply of GET /api/storage. */
export const storageReplySchema = z.object({
  dataFolder: z.string(),
  outputsFolder: z.string(),
  disks: z.array(diskSchema),
  warning: z.string().nullable(),
  rooms: z.array(z.object({ kind: z.enum(roomKinds), bytes: z.number(), files: z.number().int() })),
  groups: z.array(pictureGroupSchema),
  trash: z.array(trashSchema),
  /** The offline service's pictures of which Editloom has copies of its own. */
  offlineCopies: z.object({ bytes: z.number(), files: z.number().int() }),
  checking: z.boolean(),
});
export type StorageReply = z.infer<typeof storageReplySchema>;

/** Reply of GET /api/storage/pictures?group=…&offset=…; `next` is the offset of the next page. */
export const picturePageSchema = z.object({
  pictures: z.array(storedPictureSchema),
  next: z.number().int().nullable(),
});
export type PicturePage = z.infer<typeof picturePageSchema>;

const most = 500_000;

/** Body of PUT /api/storage/named: pictures that drafts and versions in this browser name. */
export const namedRequestSchema = z.object({ pictures: z.array(sha256Schema).max(most) });

/** Body of POST /api/storage/plan: what would be removed if these were chosen? */
export const planRequestSchema = z.object({
  groups: z.array(z.string().max(400)).max(100_000).default([]),
  pictures: z.array(sha256Schema).max(most).default([]),
  /** These removals of the trash, for good. */
  trash: z.array(trashNameSchema).max(10_000).default([]),
});
export type PlanRequest = z.input<typeof planRequestSchema>;

export const paidPictureSchema = storedPictureSchema.pick({
  sha256: true,
  price: true,
  prompt: true,
  madeFor: true,
});
export type PaidPicture = z.infer<typeof paidPictureSchema>;

export const cleanPlanSchema = z.object({
  pictures: z.array(sha256Schema),
  trash: z.array(trashNameSchema),
  bytes: z.number(),
  paid: z.array(paidPictureSchema),
  /** Among them such as drafts or versions in a browser name. */
  named: z.number().int(),
  /** What stays, and why. */
  kept: z.array(z.object({ sha256: sha256Schema, reason: z.enum(['needed', 'arriving', 'sample', 'gone']) })),
  /** `Removes 14 pictures, 23 MB; 3 of them were paid for …` */
  sentence: z.string(),
});
export type CleanPlan = z.infer<typeof cleanPlanSchema>;

/** A picture that was paid for, named together with its price: it is not removed without. */
export const confirmedSchema = z.object({ sha256: sha256Schema, price: z.number().nullable() });

/** Body of POST /api/storage/clean: exactly what to remove. */
export const cleanRequestSchema = z.object({
  pictures: z.array(sha256Schema).max(most).default([]),
  /** Removals in the trash that are to be gone for good. */
  trash: z.array(trashNameSchema).max(10_000).default([]),
  /** Such as can be made again: small pictures, copies, half-written files; and what was set aside as damaged. */
  rebuildable: z.array(z.enum(['thumbnails', 'offline', 'unfinished', 'damaged'])).default([]),
  confirmed: z.array(confirmedSchema).max(most).default([]),
});
export type CleanRequest = z.input<typeof cleanRequestSchema>;

export const cleanReplySchema = z.object({
  /** The removal in the trash that can be restored; null where no picture was moved there. */
  trash: trashNameSchema.nullable(),
  /** Pictures moved to the trash. */
  pictures: z.number().int(),
  /** Room that is free now; what is in the trash still takes its room. */
  freed: z.number(),
  kept: cleanPlanSchema.shape.kept,
});
export type CleanReply = z.infer<typeof cleanReplySchema>;

/** The body of the refusal 409 `not-confirmed`: what has to be named with its price first. */
export const notConfirmedSchema = z.object({ paid: z.array(paidPictureSchema) });

/** Body of POST /api/storage/restore. */
export const restoreRequestSchema = z.object({ trash: trashNameSchema });
export const restoreReplySchema = z.object({ pictures: z.number().int() });

export const findingSchema = z.object({
  what: z.enum(['damaged', 'missing', 'output']),
  sha256: sha256Schema.nullable(),
  /** The saved file, for an output. */
  file: z.string().nullable(),
  prompt: z.string().nullable(),
  madeFor: z.string().nullable(),
  paid: z.boolean(),
  price: z.number().nullable(),
  outcome: z.enum(['repaired', 'coming', 'not-repaired']),
  /** Whole sentences for the user: what was found, what was done and what is left to do. */
  message: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** One line of the reply of POST /api/storage/check. */
export const checkEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), checked: z.number().int(), total: z.number().int(), bytes: z.number() }),
  findingSchema.extend({ type: z.literal('found') }),
  z.object({
    type: z.literal('end'),
    checked: z.number().int(),
    bytes: z.number(),
    found: z.number().int(),
    repaired: z.number().int(),
    /** Pictures that were removed on purpose and are not looked for. */
    removed: z.number().int(),
    /** Saved files that are no longer in the outputs folder; they are the user's own. */
    outputsGone: z.number().int(),
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type CheckEvent = z.infer<typeof checkEventSchema>;
