import { z } from 'zod';
import { sha256Schema } from '../../graphs/artifact.ts';

/** Why a version was kept: a run began, another graph was opened, an older version was put back, or somebody asked for it. */
export const reasonSchema = z.enum(['run', 'open', 'restore', 'asked']);
export type Reason = z.infer<typeof reasonSchema>;

/** What is known of a version without its graph, which lies beside it as the text of a graph file. */
export const versionSchema = z.object({
  id: z.string().min(1),
  /** Versions of one graph have this in common; it outlives renaming. */
  document: z.string().min(1),
  title: z.string().max(200),
  /** Grows with each one, whatever the clock does: the order of the list. */
  number: z.number().int().nonnegative(),
  /** Milliseconds since 1970. */
  at: z.number().int().nonnegative(),
  reason: reasonSchema,
  /** Those that the user gave a name to are never removed by themselves. */
  name: z.string().max(100).nullable(),
  /** What changed since the version before it; empty for the first one. */
  words: z.array(z.string().max(400)).max(20),
  /** The first one of its graph. */
  first: z.boolean(),
  nodes: z.number().int().nonnegative(),
  /** Size of the graph file. */
  bytes: z.number().int().nonnegative(),
  /** Up to four pictures that stand for it: made ones, else the photographs that it begins with. */
  pictures: z.array(sha256Schema).max(4),
});
export type Version = z.infer<typeof versionSchema>;

/** An entry that is not what it should be; it stays where it is and stands in nobody's way. */
export type Unreadable = { readonly id: string; readonly reason: string; readonly text: string };
