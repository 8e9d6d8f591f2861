import { FILE_VERSION, writeGraphFile } from '../graphs/file.ts';
import { PREVIOUS } from './drafts.ts';
import { hear, keepEqual, send, stepBetween, takeStep, type Handed, type Message } from './tab-messages.ts';
import { READ_ONLY, type TabInside, type TabWorld } from './tabs.ts';

/** The writer gathers changes for this long before it shows them to the others. */
const GATHER_MS = 100;
const ASK_AGAIN_MS = 300;
/** A writer that has not answered by now is frozen, or hangs. */
const LONGEST_ASK_MS = 3000;
const LONGEST_TAKE_MS = 4000;
const LONGEST_FLUSH_MS = 2000;
/** Who was handed the document has taken the lock long before. */
const LONGEST_HANDING_MS = 10_000;

type Held = { readonly release: () => void; readonly isLost: () => boolean };

export type Talk = ReturnType<typeof createTalk>;

/** What tabs with the same document tell each other: what is open, what has changed, and who writes. */
export function createTalk({ tab, document, storage, lock, channel, onError }: TabWorld, { store, lost }: TabInside) {
  const say = (message: Message): void => send(channel, tab, message);
  const isReader = (): boolean => store.getState().role === 'reader';

  // --- as the writer ---

  let serial = 0;
  let shown = document.get();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let promoted: { readonly title: string; readonly graph: unknown } | null = null;

  function sayState(): void {
    clearTimeout(gathering);
    gathering = undefined;
    shown = document.get();
    const { title, graph, opened } = shown;
    say({ type: 'state', serial: ++serial, title, graph, opened });
  }

  function sayStep(): void {
    gathering = undefined;
    if (isReader()) return;
    const now = document.get();
    if (now.opened !== shown.opened) return sayState();
    const step = stepBetween(shown.graph, now.graph);
    shown = now;
    say({ type: 'step', serial: ++serial, title: now.title, step });
  }

  document.subscribe(({ graph, title, opened }, before) => {
    if (isReader() || (graph === before.graph && title === before.title && opened === before.opened)) return;
    gathering ??= setTimeout(sayStep, GATHER_MS);
  });

  function handed(to: string | null): Handed {
    const { title, history, saved } = document.get();
    return { type: 'handed', to, title, history, saved };
  }

  async function hand(to: string): Promise<void> {
    document.setReadOnly(READ_ONLY);
    await Promise.race([document.flush(), pause(LONGEST_FLUSH_MS)]);
    if (isReader()) return;
    try {
      say(handed(to));
    } catch (error) {
      document.setReadOnly(null);
      throw error;
    }
    store.setState({ role: 'reader', other: 'live' });
    // The other one may be gone before it took the lock.
    await pause(LONGEST_HANDING_MS);
    if (!isReader() || joined) return;
    store.setState({ role: 'writer' });
    document.setReadOnly(null);
    sayState();
  }

  // --- as a reader ---

  let joined = false;
  let asking: Promise<void> | null = null;
  let followed: { readonly from: string; readonly serial: number; readonly opened: number } | null = null;
  let lastWords: Handed | null = null;
  let waiting: AbortController | null = null;
  let answer: ((handed: Handed | 'flushed') => void) | null = null;

  /** Says it again and again until `isAnswered`, or for so long. */
  async function sayUntil(message: Message, isAnswered: () => boolean, again: number, longest: number): Promise<void> {
    for (let waited = 0; waited < longest && isReader(); waited += again) {
      if (isAnswered()) return;
      say(message);
      await pause(again);
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
    asking ??= sayUntil({ type: 'ask' }, () => followed !== null, ASK_AGAIN_MS, LONGEST_ASK_MS).finally(
      () => (asking = null),
    );
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
    sayState();
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
      const said = sayUntil({ type: 'take', onlyIfUnchanged }, () => given !== null, 1000, LONGEST_TAKE_MS);
      await Promise.race([answered, said]);
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
      document.follow({ title, graph: keepEqual(document.get().graph, graph), isOther });
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
    hear(data: unknown): void {
      const heard = hear(data);
      if (!heard || heard.from === tab) return;
      const { from, version, message } = heard;
      switch (message.type) {
        case 'ask':
          if (!isReader()) sayState();
          return;
        case 'state':
        case 'step':
          if (isReader()) follow(from, version, message);
          return;
        case 'take': {
          // An older Editloom could not read the draft.
          if (isReader() || version < FILE_VERSION) return;
          const { title, graph } = document.get();
          const isUnchanged = promoted !== null && promoted.graph === graph && promoted.title === title;
          if (!message.onlyIfUnchanged || isUnchanged) void hand(from).catch(onError);
          return;
        }
        case 'handed': {
          const isReadable = version === FILE_VERSION;
          if (message.to === null) lastWords = isReadable ? message : null;
          else if (message.to === tab) answer?.(isReadable ? message : 'flushed');
        }
      }
    },
    /** The page goes away. */
    leave(): void {
      if (!isReader()) say(handed(null));
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
