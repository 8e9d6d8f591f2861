export type Saved =
  | { readonly status: 'saved' | 'saving' }
  /** It is tried again by itself. */
  | { readonly status: 'failed'; readonly message: string }
  /** Nothing is written: there is no storage, or a draft in it that may be whole and cannot be read just now. */
  | { readonly status: 'off'; readonly why: 'no-storage' | 'unread'; readonly message: string };

export type Autosave = ReturnType<typeof createAutosave>;

/** Changes of one gesture come many in a second: the draft is written when they pause. */
const PAUSE_MS = 200;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** A write that takes longer may never end, so leaving the page is asked about. */
const LONG_WRITE_MS = 2000;

/** Writes the newest state, one write at a time and in order; what could not be written is tried again until it is. */
export function createAutosave(options: {
  /** Writes what is open now. */
  write: () => Promise<void>;
  get: () => Saved;
  tell: (saved: Saved) => void;
  /** False: this failure will not pass, so it is not tried again. */
  isWorthRetrying: (error: unknown) => boolean;
  now: () => number;
}) {
  const { get, tell, isWorthRetrying, now } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dirty = false;
  let failures = 0;
  let drops = 0;
  let writing: { readonly done: Promise<void>; readonly since: number } | null = null;

  async function writeAll(): Promise<void> {
    while (dirty) {
      dirty = false;
      const before = drops;
      try {
        await options.write();
        failures = 0;
        if (!dirty) tell({ status: 'saved' });
      } catch (error) {
        if (drops !== before || !isWorthRetrying(error)) return;
        dirty = true;
        tell({ status: 'failed', message: `This graph could not be saved here: ${wordsOf(error)}` });
        const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++);
        clearTimeout(timer);
        timer = setTimeout(() => void write(), pause);
        return;
      }
    }
  }

  function write(): Promise<void> {
    clearTimeout(timer);
    if (!writing) {
      const since = now();
      writing = { done: writeAll().finally(() => (writing = null)), since };
    }
    return writing.done;
  }

  return {
    save(): void {
      dirty = true;
      if (get().status === 'off') return;
      // While it fails, its own timer tries again; a change has it tried sooner.
      if (get().status === 'saved') tell({ status: 'saving' });
      clearTimeout(timer);
      timer = setTimeout(() => void write(), PAUSE_MS);
    },
    /** Settles when everything up to now is written, or one try has failed. */
    flush: (): Promise<void> => (get().status === 'off' ? Promise.resolve() : write()),
    /** Is there anything that is not in the storage yet? */
    isDirty: (): boolean => dirty || writing !== null,
    /** Would something be lost with the page now? A short write ends even while the page goes away. */
    isAtRisk(): boolean {
      const { status } = get();
      if (status === 'failed' || status === 'off') return dirty || writing !== null;
      return writing !== null && now() - writing.since > LONG_WRITE_MS;
    },
    /** Writes nothing until the next change. */
    drop(): void {
      dirty = false;
      drops++;
      clearTimeout(timer);
    },
  };
}

export function wordsOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.message || error.name : String(error);
}
