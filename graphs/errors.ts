export type GraphErrorCode =
  | 'unknown-type'
  | 'unknown-port'
  | 'bad-param'
  | 'missing-input'
  | 'empty-text'
  | 'bad-value'
  | 'empty-axis'
  | 'axis-length'
  | 'too-many-tasks'
  | 'cycle'
  | 'needs-broken'
  | 'bad-axis';

/** A fault of the graph that a plan found: nothing is spent while one exists. `message` is a whole sentence for the user. */
export type GraphError = { code: GraphErrorCode; node: string; port?: string; message: string };

/** A graph file that cannot be read. `path` says where, as `nodes.edit1.params.seed`. */
export class FileError extends Error {
  readonly path: string;
  constructor(message: string, path = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'FileError';
    this.path = path;
  }
}

/** The code of an edit that was joined and surely was not made: it is to pay, and nothing was begun. */
export const toPayCode = 'to-pay';

/** An edit that did not become a picture. `status` is what the task becomes. */
export class EditError extends Error {
  readonly code: string;
  readonly status: 'failed' | 'unknown' | 'cancelled';
  /** False where it surely was not accepted, and so costs nothing. */
  readonly mayCost: boolean;
  /** US dollars, where the service told what it charged all the same. */
  readonly cost: number | null;
  constructor(
    message: string,
    code: string,
    status: 'failed' | 'unknown' | 'cancelled' = 'failed',
    options?: ErrorOptions & { readonly mayCost?: boolean; readonly cost?: number | null },
  ) {
    super(message, options);
    this.name = 'EditError';
    this.code = code;
    this.status = status;
    this.mayCost = options?.mayCost ?? true;
    this.cost = options?.cost ?? null;
  }
}
