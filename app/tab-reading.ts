import { FILE_VERSION, writeGraphFile } from '../graphs/file.ts';
import type { Graph } from '../graphs/graph.ts';
import { reuse } from '../graphs/same.ts';
import { PREVIOUS } from './drafts.ts';
import { takeStep, type Handed, type Message } from './tab-messages.ts';
import type { TabInside, TabWorld } from './tabs.ts';
import { pause } from './tab-writing.ts';

const ASK_AGAIN_MS = 300;
/** A writer that has not answered by now is frozen, or hangs. */
const LONGEST_ASK_MS = 3000;
const TAKE_AGAIN_MS = 1000;
const LONGEST_TAKE_MS = 4000;

type Held = { readonly release: () => void; readonly isLost: () => boolean };

/** A tab as a reader: follows the writer, waits for its place, and takes it when asked to. */
export function createReading(
  { document, storage, lock, onError }: TabWorld,
  { store, lost }: TabInside,
  { say, isReader, begun }: { say: (message: Message) => void; isReader: () => boolean; begun: () => void },
) {
  /** How it was when this tab became the writer by itself. */
  let promoted: { readonly title: string; readonly graph: Graph } | null = null;
  let joined = false;
  let asking: Promise<void> | null = null;
  let onFollowed = (): void => undefined;
  let followed: { readonly from: string; readonly serial: number; readonly opened: number } | null = null;
  let lastWords: Handed | null = null;
  let waiting: AbortController | null = null;
  let answer: ((handed: Handed | 'flushed') => void) | null = null;

  /** Says it again and again until it is answered, or for so long. */
  async function sayUntil(answered: Promise<void>, message: Message, again: number, longest: number): Promise<void> {
    let isAnswered = false;
    const done = answered.then(() => (isAnswered = true));
    for (let waited = 0; waited < longest && isReader() && !isAnswered; waited += again) {
      say(message);
      await Promise.race([pause(again), done]);
    }
  }

  /** Shows what the writer has, and waits for its place. */
  async function join(): Promise<void> {
    joined = true;
    promoted = null;
    followed = null;
    queue();
    await ask();
    if (followed || !isReader()) return;
    store.setState({ other: 'silent' });
    await document.lookAtDraft().catch(() => store.setState({ other: 'newer' }));
  }

  function ask(): Promise<void> {
    followed = null;
    if (asking) return asking;
    const answered = new Promise<void>((resolve) => (onFollowed = resolve));
    asking = sayUntil(answered, { type: 'ask' }, ASK_AGAIN_MS, LONGEST_ASK_MS).finally(() => (asking = null));
    return asking;
  }

  async function hold(how: 'wait' | 'take', signal?: AbortSignal): Promise<Held> {
    let isLost = false;
    const onLost = (): void => {
      isLost = true;
      lost();
    };
    const release = await lock.hold(how, onLost, signal);
    return { release: () => release?.(), isLost: () => isLost };
  }

  /** When the writer is gone, the tab that has waited longest goes on. */
  function queue(): void {
    waiting?.abort();
    const { signal } = (waiting = new AbortController());
    hold('wait', signal)
      .then((held) => begin(lastWords, held, true))
      .catch((error: unknown) => {
        if (!signal.aborted) onError(error);
      });
  }

  /** The lock is ours: claims the draft and goes on with it. */
  async function begin(from: Handed | null, { release, isLost }: Held, isByItself: boolean): Promise<void> {
    await storage.claim().catch(() => undefined);
    if (from && from.saved.status !== 'off') document.takeOver(from);
    else {
      try {
        await document.goOnWithDraft();
      } catch {
        release();
        store.setState({ other: 'newer' });
        return;
      }
      if (from && from.history.past.length > 0) await keepAside(from);
    }
    if (isLost()) return;
    joined = false;
    lastWords = null;
    const { title, graph } = document.get();
    promoted = isByItself ? { title, graph } : null;
    store.setState({ role: 'writer', other: 'live', taking: false });
    document.setReadOnly(null);
    begun();
  }

  /** What was drawn while the draft could not be read: goes on here too if it still cannot, or is kept beside it. */
  async function keepAside({ title, history }: Handed): Promise<void> {
    if (document.get().saved.status === 'off') document.takeOver({ title, history });
    else await storage.set(PREVIOUS, writeGraphFile(title, history.graph)).catch(onError);
  }

  async function take({ onlyIfUnchanged = false }: { onlyIfUnchanged?: boolean }): Promise<void> {
    const { role, other, taking } = store.getState();
    if (role === 'writer' || taking || other === 'newer') return;
    store.setState({ taking: true });
    try {
      // An older Editloom has written its draft, and what else it says is not understood.
      let given: Handed | 'flushed' | null = null;
      const answered = new Promise<void>((resolve) => {
        answer = (handed) => {
          given = handed;
          resolve();
        };
      });
      await sayUntil(answered, { type: 'take', onlyIfUnchanged }, TAKE_AGAIN_MS, LONGEST_TAKE_MS);
      answer = null;
      if (!isReader() || (onlyIfUnchanged && !given)) return;
      waiting?.abort();
      await begin(given === 'flushed' ? null : given, await hold('take'), false);
      if (isReader() && store.getState().other !== 'newer') queue();
    } finally {
      answer = null;
      store.setState({ taking: false });
    }
  }

  function follow(from: string, version: number, message: Message): void {
    if (version !== FILE_VERSION) {
      store.setState({ other: version > FILE_VERSION ? 'newer' : 'silent' });
      return;
    }
    if (message.type === 'state') {
      const { title, graph, opened } = message;
      const isOther =
        document.get().opened === 0 || (followed !== null && followed.from === from && followed.opened !== opened);
      followed = { from, serial: message.serial, opened };
      onFollowed();
      document.follow({ title, graph: reuse(document.get().graph, graph), isOther });
    } else if (message.type === 'step') {
      // Something was missed; while it is asked for, that is the answer to wait for.
      if (followed?.from !== from || followed.serial !== message.serial - 1) {
        void ask();
        return;
      }
      followed = { ...followed, serial: message.serial };
      document.follow({ title: message.title, graph: takeStep(document.get().graph, message.step), isOther: false });
    }
    lastWords = null;
    store.setState({ other: 'live' });
  }

  return {
    join,
    take,
    follow,
    hasJoined: (): boolean => joined,
    /** Has this tab become the writer by itself, and changed nothing since? */
    isUnchanged(): boolean {
      const { title, graph } = document.get();
      return promoted !== null && promoted.graph === graph && promoted.title === title;
    },
    /** The writer has handed over: to this tab, or to whoever gets the lock. True when this tab goes on with it. */
    takeHanded(handed: Handed, isReadable: boolean): boolean {
      if (handed.to === null) lastWords = isReadable ? handed : null;
      else answer?.(isReadable ? handed : 'flushed');
      return handed.to !== null && answer !== null && isReadable;
    },
  };
}
