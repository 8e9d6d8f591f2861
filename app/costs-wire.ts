import { z } from 'zod';
import { keySchema } from './wire.ts';

/** What edits have cost. `untold`: edits whose price nobody told; their cost is not in `dollars`. */
export const costSchema = z.object({ edits: z.number().int(), dollars: z.number(), untold: z.number().int() });
export type Cost = z.infer<typeof costSchema>;

/** Body of POST /api/costs: a graph is the keys of its plan, and what was made under its title before. */
export const costsRequestSchema = z.object({
  keys: z.array(keySchema).max(100_000),
  title: z.string().max(1000),
});
export type CostsRequest = z.infer<typeof costsRequestSchema>;

export const costsReplySchema = z.object({
  today: costSchema,
  graph: costSchema,
  /** The last days on which something was paid for, newest first, as 2026-01-31. */
  days: z.array(costSchema.extend({ day: z.string() })),
});
export type CostsReply = z.infer<typeof costsReplySchema>;
