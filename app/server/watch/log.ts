import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { openLogFile } from './log-file.ts';
import { createCleaner } from './private-text.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

export interface Log {
  logger: Logger;
  /** A fault, with its stack. */
  bug: (error: unknown) => void;
  /** The newest lines, oldest first. */
  recent: () => string[];
  /** All lines that are left of one job, oldest first. */
  ofJob: (key: string) => Promise<string[]>;
  close: () => void;
}

interface LogOptions {
  folder: string;
  level: LogLevel;
  secrets: () => (string | null | undefined)[];
  outputsFolder: string;
  now: () => number;
  maxBytes?: number;
}

const mostRecent = 200;

/** How a job is called in the log: enough to tell it from others. */
export const shortKey = (key: string): string => key.slice(0, 8);

/** JSON lines in <data>/logs/editloom.log: what happened, without prompts, pictures' addresses and the token. */
export function openLog({ folder, level, secrets, outputsFolder, now, maxBytes }: LogOptions): Log {
  const file = openLogFile({ file: join(folder, 'logs', 'editloom.log'), ...(maxBytes && { maxBytes }) });
  const clean = createCleaner({ secrets, outputsFolder, withAddresses: level === 'debug' });
  const recent: string[] = [];
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: readableError },
    },
    {
      write(line: string) {
        const safe = clean(line);
        recent.push(safe.trimEnd());
        if (recent.length > mostRecent) recent.shift();
        file.write(safe);
      },
    },
  );
  return {
    logger,
    bug: (error) => logger.error({ err: error }, 'fault'),
    recent: () => [...recent],
    async ofJob(key) {
      const sign = `"key":"${shortKey(key)}"`;
      const texts = await Promise.all(
        file
          .files()
          .toReversed()
          .map((name) => readFile(name, 'utf8').catch(() => '')),
      );
      return texts.flatMap((text) => text.split('\n').filter((line) => line.includes(sign)));
    },
    close: file.close,
  };
}

/** Name, code, message and stack, and no other property: those may hold what was asked for. */
function readableError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    name,
    ...('code' in error && { code: error.code }),
    message,
    stack,
    ...(cause !== undefined && { cause: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) }),
  };
}
