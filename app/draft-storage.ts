import { createStore, get, promisifyRequest, set, type UseStore } from 'idb-keyval';
import type { DraftStorage } from './document.ts';
import { DRAFT } from './drafts.ts';

/** Which tab writes the draft, and those that did before it. */
const WRITER = 'draft-writer';
type Writer = { readonly tab: string; readonly before: readonly string[] };

const MOST_BEFORE = 20;
/** A storage that does not answer is one that failed: nobody may wait for it without an end. */
const LONGEST_MS = 10_000;

/** Thrown when another tab has become the writer of the draft. */
export class TakenOverError extends Error {
  override name = 'TakenOverError';
}

/**
 * Drafts in IndexedDB. The draft itself is written only by the tab that claimed it last, even if an earlier one wakes up
 * from a frozen state and does not know yet: the claim leaves a mark at which the other's write breaks off.
 */
export function createDraftStorage(
  tab: string,
  drafts: UseStore = createStore('editloom', 'drafts'),
): DraftStorage & { claim(): Promise<void> } {
  const mark = (of: string): string => `draft-taken-from-${of}`;

  // The requests are made all at once and committed by hand, since a page that goes away gets no more answers.
  const writeDraft = (value: unknown): Promise<void> =>
    drafts('readwrite', async (store) => {
      const marking = store.add(true, mark(tab));
      store.delete(mark(tab));
      const putting = store.put(value, DRAFT);
      const { transaction } = store;
      const done = promisifyRequest(transaction);
      transaction.commit?.();
      try {
        await done;
      } catch (cause) {
        if (faultOf(marking)?.name === 'ConstraintError')
          throw new TakenOverError('This graph was taken over by another tab.', { cause });
        throw cause ?? faultOf(putting) ?? new Error('The browser broke off the writing.');
      }
    });

  const claim = (): Promise<void> =>
    drafts('readwrite', async (store) => {
      const last = (await promisifyRequest(store.get(WRITER))) as Writer | undefined;
      const before = last && last.tab !== tab ? [last.tab, ...last.before] : (last?.before ?? []);
      if (last && last.tab !== tab) store.put(true, mark(last.tab));
      for (const old of before.slice(MOST_BEFORE)) store.delete(mark(old));
      store.delete(mark(tab));
      store.put({ tab, before: before.filter((old) => old !== tab).slice(0, MOST_BEFORE) } satisfies Writer, WRITER);
      await promisifyRequest(store.transaction);
    });

  return {
    get: (name) => within(() => get<unknown>(name, drafts)),
    set: (name, value) => within(() => (name === DRAFT ? writeDraft(value) : set(name, value, drafts))),
    /** From now on this tab writes the draft, and no other. */
    claim: () => within(claim),
  };
}

function faultOf(request: IDBRequest): DOMException | null {
  return request.readyState === 'done' ? request.error : null;
}

/** Where site data are blocked, a browser throws at once. */
function within<T>(start: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The browser’s storage does not answer.')), LONGEST_MS);
    const ended = start().finally(() => clearTimeout(timer));
    ended.then(resolve, reject);
  });
}
