import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';

/** A start that cannot work, as a sentence for whoever started it. */
export class StartRefused extends Error {
  override name = 'StartRefused';
}

const filled = z.string().trim().min(1);
const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

/** Shorter ones are guessed, however slowly. */
const shortestPassword = 12;

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
  EDITLOOM_LOG: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], { error: 'Expected silent, error, warn, info or debug' })
    .default('info'),
  EDITLOOM_PASSWORD: z
    .string()
    .min(shortestPassword, `Expected a password of at least ${shortestPassword} characters`)
    .max(1000, 'Expected a password of at most 1000 characters')
    .optional(),
  EDITLOOM_HOSTS: list
    .refine((names) => names.every(isHostName), 'Expected host names such as studio.example, with commas between them')
    .optional(),
  EDITLOOM_PROXY: z.enum(['0', '1'], { error: 'Expected 1 (behind a proxy of yours) or 0' }).default('0'),
  EDITLOOM_RESULT_HOSTS: list
    .refine(
      (names) => names.every((name) => isHostName(name.replace(/^\*\./, '')) && !name.includes(':')),
      'Expected host names such as cdn.example or *.cdn.example, with commas between them',
    )
    .default([]),
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
  /** How much goes into the log. */
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  token: string | null;
  /** Where pictures too large for a data URI can be put for the edit service; null = not configured. */
  bucket: BucketSettings | null;
  /** The address to listen at. */
  host: string;
  /** Whom beyond this machine the server answers, and under which names; null = nobody. */
  access: AccessSettings | null;
  /** Hosts besides RunComfy's that results may be fetched from. */
  resultHosts: string[];
}

export interface AccessSettings {
  password: string;
  names: string[];
  /** A proxy of ours stands in front, so what it says of the client and of https is true. */
  proxy: boolean;
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
  const dataFolder = folder(values.EDITLOOM_DATA);
  return {
    port: values.PORT,
    dataFolder,
    outputsFolder: values.EDITLOOM_OUTPUTS ? folder(values.EDITLOOM_OUTPUTS) : join(dataFolder, 'outputs'),
    baseUrl: values.EDITLOOM_BASE_URL,
    offlineDelay: values.EDITLOOM_OFFLINE_DELAY,
    logLevel: values.EDITLOOM_LOG,
    token: values.RUNCOMFY_API_TOKEN ?? values.RUNCOMFY_TOKEN ?? null,
    bucket: bucketOf(values),
    host: values.HOST,
    access: accessOf(values),
    resultHosts: values.EDITLOOM_RESULT_HOSTS.map((name) => name.toLowerCase()),
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

const isHostName = (name: string): boolean => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(name);

function accessOf(values: z.infer<typeof environmentSchema>): AccessSettings | null {
  const { HOST, EDITLOOM_PASSWORD: password, EDITLOOM_HOSTS: names } = values;
  const proxy = values.EDITLOOM_PROXY === '1';
  if (password !== undefined) return { password, names: names ?? [], proxy };
  const needing = !isLoopback(HOST) ? `HOST=${HOST}` : names ? 'EDITLOOM_HOSTS' : proxy ? 'EDITLOOM_PROXY' : null;
  if (needing === null) return null;
  throw new StartRefused(
    `${needing} lets other machines in, who could then spend your money: set EDITLOOM_PASSWORD (at least ${shortestPassword} ` +
      'characters) as well. For yourself alone an SSH tunnel needs no password: ssh -L 5174:127.0.0.1:5174 <this machine>',
  );
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
