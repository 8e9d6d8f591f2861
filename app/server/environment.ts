import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';

/** A start that cannot work, as a sentence for whoever started it. */
export class StartRefused extends Error {
  override name = 'StartRefused';
}

const filled = z.string().trim().min(1);

const environmentSchema = z.object({
  PORT: z.coerce
    .number({ error: 'Expected a port number, for example 5174' })
    .int()
    .min(0)
    .max(65535, 'Expected a port up to 65535')
    .default(5174),
  HOST: filled.default('127.0.0.1'),
  EDITLOOM_DATA: filled.default('~/.editloom'),
  EDITLOOM_OUTPUTS: filled.optional(),
  EDITLOOM_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'Expected an address such as https://model-api.runcomfy.net' })
    .refine(keepsToken, 'Expected an address that begins with https://, because the token travels with each request')
    .default('https://model-api.runcomfy.net'),
  EDITLOOM_OFFLINE_DELAY: z.coerce
    .number({ error: 'Expected a number from 0 (no delay) to 1 (as slow as the real model)' })
    .min(0)
    .max(1)
    .default(0),
  RUNCOMFY_API_TOKEN: filled.optional(),
  RUNCOMFY_TOKEN: filled.optional(),
  EDITLOOM_S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'Expected the address of an S3 service' }).optional(),
  EDITLOOM_S3_BUCKET: filled.optional(),
  EDITLOOM_S3_ACCESS_KEY: filled.optional(),
  EDITLOOM_S3_SECRET_KEY: filled.optional(),
  EDITLOOM_S3_REGION: filled.default('us-east-1'),
});

export interface BucketSettings {
  endpoint: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  region: string;
}

export interface Environment {
  port: number;
  dataFolder: string;
  outputsFolder: string;
  baseUrl: string;
  offlineDelay: number;
  token: string | null;
  /** Where pictures too large for a data URI can be put for the edit service; null = not configured. */
  bucket: BucketSettings | null;
}

/** Reads what the shell says. An empty variable counts as one that is not set. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    // The values stay out of the sentence: one of them may be a secret.
    const [issue] = parsed.error.issues;
    throw new StartRefused(`The environment variable ${String(issue?.path[0])} cannot be used: ${issue?.message}.`);
  }
  const values = parsed.data;
  if (!isLoopback(values.HOST)) {
    throw new StartRefused(
      `Editloom answers on this machine only, so HOST may be 127.0.0.1 or localhost, not ${values.HOST}. ` +
        'To reach it from another machine, use an SSH tunnel: ssh -L 5174:127.0.0.1:5174 <this machine>',
    );
  }
  const dataFolder = folder(values.EDITLOOM_DATA);
  return {
    port: values.PORT,
    dataFolder,
    outputsFolder: values.EDITLOOM_OUTPUTS ? folder(values.EDITLOOM_OUTPUTS) : join(dataFolder, 'outputs'),
    baseUrl: values.EDITLOOM_BASE_URL,
    offlineDelay: values.EDITLOOM_OFFLINE_DELAY,
    token: values.RUNCOMFY_API_TOKEN ?? values.RUNCOMFY_TOKEN ?? null,
    bucket: bucketOf(values),
  };
}

/** Whether the token may be sent there: encrypted, or without leaving this machine. */
export function keepsToken(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' || isLoopback(url.hostname);
}

export const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/i.test(host);

function folder(path: string): string {
  const expanded = /^~(?=$|[/\\])/.test(path) ? join(homedir(), path.slice(1)) : path;
  return isAbsolute(expanded) ? expanded : resolve(expanded);
}

function bucketOf(values: z.infer<typeof environmentSchema>): BucketSettings | null {
  const given = {
    EDITLOOM_S3_ENDPOINT: values.EDITLOOM_S3_ENDPOINT,
    EDITLOOM_S3_BUCKET: values.EDITLOOM_S3_BUCKET,
    EDITLOOM_S3_ACCESS_KEY: values.EDITLOOM_S3_ACCESS_KEY,
    EDITLOOM_S3_SECRET_KEY: values.EDITLOOM_S3_SECRET_KEY,
  };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === Object.keys(given).length) return null;
  if (missing.length > 0) throw new StartRefused(`The S3 bucket needs ${missing.join(' and ')} as well.`);
  return {
    endpoint: given.EDITLOOM_S3_ENDPOINT ?? '',
    bucket: given.EDITLOOM_S3_BUCKET ?? '',
    accessKey: given.EDITLOOM_S3_ACCESS_KEY ?? '',
    secretKey: given.EDITLOOM_S3_SECRET_KEY ?? '',
    region: values.EDITLOOM_S3_REGION,
  };
}
