import { droppedCode, forgottenCode, otherServiceCode, type JobError } from '../wire.ts';
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
export const dropped: JobError = {
  code: droppedCode,
  message:
    'The edit service took this edit out of its queue before it began, so nothing was made. Run asks for it anew, which counts as one more edit to pay.',
};

/** Decided by the user about an edit whose answer was lost. */
export const givenUp: JobError = {
  code: 'given-up',
  message:
    'The answer of the edit service was lost, and you counted this edit as lost. Only a new take makes it once more.',
};
export const forgotten: JobError = {
  code: forgottenCode,
  message:
    'The answer of the edit service was lost, and you let this edit rest. It is never sent again by itself; a new take makes it once more.',
};

/** After the user named a request of the service that turned out to be none of this job. */
export const notOurs = (reason: string): JobError => ({
  code: 'not-ours',
  message: `${reason} So the outcome of this edit is still unknown. Look for its request id at the service again, count it as lost, or forget it.`,
});

export const goneSentence =
  'The edit was made, but its picture is no longer at the edit service. A new take makes it once more.';

export const pictureGone: JobError = {
  code: 'picture-gone',
  message:
    'The picture was made, but its file is no longer in the data folder. Run again to fetch it from the edit service, which costs nothing while the service still has it.',
};

export const otherService: JobError = {
  code: otherServiceCode,
  message: 'The edit service was changed in the settings before this edit was sent. Run again.',
};

export const elsewhere = (service: string): JobError => ({
  code: otherServiceCode,
  message: `This edit is at ${service}. It is followed on as soon as the settings name that service again.`,
});

export const statusOf = ({ status }: RemoteError) => (status === undefined ? {} : { status });

export const hintOf = (error: RemoteError, consequence: string): JobError => ({
  code: error.code,
  message: `${error.message} ${consequence}`,
  ...statusOf(error),
});
