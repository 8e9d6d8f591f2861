import type { ErrorHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HttpError, refusal } from './http-error.ts';
import { JobConflict } from './job-conflict.ts';
import { FetchRefused } from './public-fetch.ts';
import { SettingsRefused } from './settings.ts';
import { TokenRefused } from './token.ts';
import { PictureRefused } from './verify-picture.ts';
import { StorageError } from './write-file.ts';

/** What is expected gets its own sentence; the rest is a bug, which is logged here and hidden from the page. */
export function answerErrors(onBug: (error: unknown) => void): ErrorHandler {
  return (error, c) => {
    const [status, code] = statusOf(error);
    if (code !== 'bug') return refusal(c, status, code, error.message);
    onBug(error);
    return refusal(c, 500, 'bug', 'Editloom has a fault here. The terminal in which it runs says more.');
  };
}

function statusOf(error: unknown): [ContentfulStatusCode, string] {
  if (error instanceof HttpError) return [error.status, error.code];
  if (error instanceof PictureRefused) return [415, error.code];
  if (error instanceof SettingsRefused) return [400, error.code];
  if (error instanceof TokenRefused) return [error.code === 'bad-token' ? 400 : 409, error.code];
  if (error instanceof JobConflict) return [409, error.code];
  if (error instanceof FetchRefused) return [error.code === 'size' ? 413 : 422, `fetch-${error.code}`];
  if (error instanceof StorageError) return [507, error.code];
  return [500, 'bug'];
}
