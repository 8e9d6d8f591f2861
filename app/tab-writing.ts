import { READ_ONLY, type TabInside, type TabWorld } from './tabs.ts';
import { stepBetween, type Handed, type Message } from './tab-messages.ts';

/** The writer gathers changes for this long before it shows them to the others. */
const GATHER_MS = 100;
const LONGEST_FLUSH_MS = 2000;
/** Who was handed the document says so long before. */
const LONGEST_HANDING_MS = 3000;

/** A tab as the writer: shows the others what it has, and hands it over. */
export function createWriting(
  { document }: TabWorld,
  { store, keep }: TabInside,
  { say, isReader, hasJoined }: { say: (message: Message) => void; isReader: () => boolean; hasJoined: () => boolean },
) {
  let onGot = (): void => undefined;
  let serial = 0;
  let shown = document.get();
  let gathering: ReturnType<typeof setTimeout> | undefined;

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

  /** Hands everything over, saved or not; what is not saved is kept here, until the new writer has it. */
  async function hand(to: string): Promise<void> {
    document.setReadOnly(READ_ONLY);
    await Promise.race([document.flush(), pause(LONGEST_FLUSH_MS)]);
    if (isReader()) return;
    const unsaved = document.isUnsaved() ? document.get() : null;
    const got = new Promise<boolean>((resolve) => (onGot = () => resolve(true)));
    try {
      say(handed(to));
    } catch (error) {
      document.setReadOnly(null);
      throw error;
    }
    store.setState({ role: 'reader', other: 'live' });
    const isGot = await Promise.race([got, pause(LONGEST_HANDING_MS)]);
    if (hasJoined() || isGot) {
      if (unsaved && !isGot) keep(unsaved);
      return;
    }
    // Whoever asked is gone, and has not taken the lock.
    store.setState({ role: 'writer' });
    document.setReadOnly(null);
    sayState();
  }

  return { sayState, handed, hand, wasGot: (): void => onGot() };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
