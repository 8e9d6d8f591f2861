import type { JobError } from '../wire.ts';
import type { RemoteError } from './remote-errors.ts';

/** What the user should know of a job at the service: its `error` while it is still alive. */
export const slow: JobError = {
  code: 'slow',
  message: 'The edit takes unusually long. It is looked at now and then, and its picture is fetched when it is there.',
};
export const beingMade: JobError = {
  code: 'being-made',
  message:
    'The edit service had already begun this edit, so it cannot be cancelled. Its picture is fetched when it is there.',
};
export const goneSentence =
  'The edit was made, but its picture is no longer at the edit service. A new take makes it once more.';

export const elsewhere = (service: string): JobError => ({
  code: 'other-service',
  message: `This edit is at ${service}. It is followed on as soon as the settings name that service again.`,
});

export const statusOf = ({ status }: RemoteError) => (status === undefined ? {} : { status });

export const hintOf = (error: RemoteError, consequence: string): JobError => ({
  code: error.code,
  message: `${error.message} ${consequence}`,
  ...statusOf(error),
});
