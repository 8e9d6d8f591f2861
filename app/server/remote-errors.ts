/**
 * What an answer of the edit service means for the money:
 * - `refused`: it did nothing, and will not do this input either
 * - `repeatable`: it did nothing, and the same request may be sent again later
 * - `paused`: it did nothing, and nothing else will be done for this account as things are
 * - `gone`: what was asked for is not there (any more)
 * - `unclear`: nobody can tell whether it was accepted
 */
export type Meaning = 'refused' | 'repeatable' | 'paused' | 'gone' | 'unclear';

export type RemoteErrorDetails = { status?: number; retryAfterMs?: number | null; cause?: unknown };

/** The edit service, or the way to it, said no. `message` is a whole sentence for the user and never holds the token. */
export class RemoteError extends Error {
  override name = 'RemoteError';
  readonly code: string;
  readonly meaning: Meaning;
  readonly status: number | undefined;
  readonly retryAfterMs: number | null;

  constructor(code: string, meaning: Meaning, message: string, details: RemoteErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.meaning = meaning;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }

  /** Whether the edit that was asked for may be under way, and so may have to be paid. */
  get accepted(): 'no' | 'unknown' {
    return this.meaning === 'unclear' ? 'unknown' : 'no';
  }
}

type Row = { code: string; meaning: Meaning; sentence: string };

const token: Row = {
  code: 'token',
  meaning: 'paused',
  sentence: 'RunComfy does not accept the API token. Set a valid token in the settings, then run again.',
};
const balance: Row = {
  code: 'balance',
  meaning: 'paused',
  sentence: 'The RunComfy account has no balance left. Top it up, then run again.',
};
const permission: Row = {
  code: 'permission',
  meaning: 'paused',
  sentence: 'The edit service does not allow this with the present API token. Check the token in the settings.',
};
const model: Row = {
  code: 'model',
  meaning: 'paused',
  sentence: 'The edit service does not know this model. Check the service address in the settings.',
};
const gone: Row = {
  code: 'request-gone',
  meaning: 'gone',
  sentence: 'The edit service no longer knows this request: it has expired or was deleted.',
};
const input: Row = { code: 'input', meaning: 'refused', sentence: 'The edit service refused the input of this edit.' };
const tooLarge: Row = {
  code: 'input-too-large',
  meaning: 'refused',
  sentence: 'The input is too large for the edit service. Use a smaller picture.',
};
const busy: Row = {
  code: 'busy',
  meaning: 'repeatable',
  sentence: 'The edit service takes no more requests at the moment.',
};
const unclear: Row = {
  code: 'service-error',
  meaning: 'unclear',
  sentence: 'The edit service had an error of its own.',
};

// docs.runcomfy.com/model-apis lists these codes; 400005 was only seen in a client's tests and is read in remote-reply.ts.
const byErrorCode: Record<number, Row> = { 400001: model, 400002: balance, 400004: token, 404001: gone };

// The documentation does not say which HTTP status goes with a code; official clients handle all of these.
const byStatus: Record<number, Row> = {
  301: { ...model, code: 'moved', sentence: 'The edit service has moved. Check its address in the settings.' },
  401: token,
  402: balance,
  403: permission,
  404: gone,
  408: unclear,
  413: tooLarge,
  429: busy,
  503: busy,
};
for (const status of [307, 308]) byStatus[status] = byStatus[301] as Row;

export type Refusal = {
  /** `submit` is the paid request, where a 404 speaks of the model and not of a request. */
  asked: 'submit' | 'read';
  status: number;
  errorCode: number | null;
  /** The service's own words, where there were any. */
  text: string | null;
  retryAfterMs: number | null;
};

/** What to make of an answer that is no success: of its HTTP status, and of its error code, which also comes with a 200. */
export function refusalOf({ asked, status, errorCode, text, retryAfterMs }: Refusal): RemoteError {
  // Assumption: the first three digits of a code are the status it stands for.
  const codeStatus = errorCode === null ? null : Math.floor(errorCode / 1000);
  const meant = codeStatus !== null && codeStatus >= 400 && codeStatus <= 599 ? codeStatus : status;
  let row =
    (errorCode !== null && byErrorCode[errorCode]) || byStatus[meant] || (isClientFault(meant) ? input : unclear);
  if (row === gone && asked === 'submit') row = model;
  const said = text ? ` It said: ${text}` : '';
  return new RemoteError(row.code, row.meaning, row.sentence + said, { status, retryAfterMs });
}

const isClientFault = (status: number): boolean => status >= 400 && status <= 499;

// Failures from before the first byte of a request can have left: name look-up, connecting, the TLS handshake.
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What to make of an exception while sending or while waiting for the answer. */
export function connectionErrorOf(error: unknown): RemoteError {
  if (error instanceof RemoteError) return error;
  const causes = causesOf(error);
  // Several at once come from trying several addresses of one host; each must have failed early.
  const early =
    causes.length > 0 && causes.every((cause) => beforeSending.has(cause.code) || cause.syscall === 'connect');
  const words = causes.map(({ code }) => code).join(', ');
  return early
    ? new RemoteError('unreachable', 'repeatable', `The edit service cannot be reached (${words}).`, { cause: error })
    : new RemoteError('lost', 'unclear', `The connection to the edit service was lost${words && ` (${words})`}.`, {
        cause: error,
      });
}

function causesOf(error: unknown): { code: string; syscall: string }[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(causesOf);
  if (!(error instanceof Error)) return [];
  if (error.cause) return causesOf(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '';
  return code ? [{ code, syscall }] : [];
}
