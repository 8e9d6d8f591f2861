import { z } from 'zod';

/** What the browser may know about the edit service in use. The token is never part of it. */
export const serviceInfoSchema = z.object({
  /** Part of every key: `offline/<engine version>/<model>` or `<host>/<model>`. */
  id: z.string(),
  kind: z.enum(['offline', 'remote']),
  model: z.string(),
  label: z.string(),
  /** US dollars per picture; null = not known, which is never shown as 0. */
  price: z.number().nullable(),
  /** A price that counts by something else than pictures, as the catalogue has it: it is told, never reckoned with. */
  otherPrice: z.object({ dollars: z.number(), unit: z.string() }).optional(),
  outputsFolder: z.string(),
});
export type ServiceInfo = z.infer<typeof serviceInfoSchema>;

export const settingsSchema = z.object({
  /** `auto` = remote when there is a token, else offline. */
  service: z.enum(['auto', 'offline', 'remote']),
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Jobs at the edit service at once. */
  inFlight: z.number().int().min(1).max(64),
  /** 0 = as fast as it can; 1 = as slow as the real model (8 to 120 seconds an edit). */
  offlineDelay: z.number().min(0).max(1),
  /** A run that would make more new pictures is asked about first. */
  askAbove: z.number().int().min(1).max(100_000),
  /** US dollars that one run, and that one day, may cost; null = as much as it takes. Edits that cost nothing never count. */
  runBudget: z.number().positive().max(1_000_000).nullable(),
  dayBudget: z.number().positive().max(1_000_000).nullable(),
  /** Where the user's day begins and ends, such as Europe/Zurich; null = as on the server's own clock. */
  timeZone: z.string().max(100).nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Reply of GET and PUT /api/settings, PUT and DELETE /api/token. */
export const settingsReplySchema = z.object({
  settings: settingsSchema,
  service: serviceInfoSchema,
  token: z.object({ present: z.boolean(), source: z.enum(['environment', 'file', 'none']) }),
  /** Whether one logs in here with a password, and so can log out. */
  login: z.boolean().optional(),
  /** How much was set aside and not seen by the user yet, and whether paid edits wait for that. */
  setAside: z.object({ count: z.number().int(), keysMayBeLost: z.boolean() }).optional(),
});
export type SettingsReply = z.infer<typeof settingsReplySchema>;

/** Every edit is refused by the service in use: it wants a token, and there is none. */
export const lacksToken = ({ service, token }: Pick<SettingsReply, 'service' | 'token'>): boolean =>
  service.kind === 'remote' && !token.present;
