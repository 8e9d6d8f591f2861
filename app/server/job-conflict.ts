import { isDeepStrictEqual } from 'node:util';
import type { Job, JobRequest } from '../wire.ts';
import { HttpError } from './http-error.ts';

/** The request contradicts what the job book knows. */
export class JobConflict extends HttpError {
  override name = 'JobConflict';
  constructor(code: 'other-input' | 'other-service', message: string) {
    super(409, code, message);
  }
}

/** A key is asked for with the input that it was first used with. */
export function expectInput(known: Job, request: JobRequest): void {
  if (known.service === request.service && isDeepStrictEqual(known.input, request.input)) return;
  throw new JobConflict('other-input', 'Expected the input that this key was first used with, got another one.');
}

/** A key is asked for at the service that it was made for. */
export function expectService(wanted: string, current: string): void {
  if (wanted === current) return;
  const message = `Expected a key made for the edit service in use (${current}), got one for ${wanted}. Run again to plan with the present settings.`;
  throw new JobConflict('other-service', message);
}
