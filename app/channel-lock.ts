import type { TabLock } from './tab-lock.ts';
import type { Channel } from './tabs.ts';

const FORMAT = 'editloom-lock';
/** Longer than a page in the background needs to answer. */
const ANSWER_MS = 700;

type Word = {
  readonly format: typeof FORMAT;
  readonly from: string;
  readonly word: 'is-held?' | 'held' | 'mine' | 'free';
  /** The later of two holders is right. */
  readonly turn: number;
};

type Held = { readonly lost: () => void };

/**
 * For pages without Web Locks (plain http from another machine): the tabs ask each other. A tab that closes says so; one
 * that crashes cannot, so the next one has to take the lock. Two that take it at once are told apart by the storage,
 * which lets only the last one write.
 */
export function createChannelLock(channel: Channel, tab: string): TabLock {
  let held: Held | null = null;
  let turn = 0;
  let answered = false;
  const waiting = new Set<() => void>();
  const say = (word: Word['word']): void =>
    channel.postMessage({ format: FORMAT, from: tab, word, turn } satisfies Word);

  channel.addEventListener('message', ({ data }) => {
    if (!isWord(data) || data.from === tab) return;
    if (data.word === 'is-held?' && held) say('held');
    if (data.word === 'held' || data.word === 'mine') answered = true;
    if (data.word === 'free') for (const attempt of waiting) attempt();
    const isLater = data.turn === turn ? data.from > tab : data.turn > turn;
    if (isLater) turn = data.turn;
    if (data.word !== 'mine' || !held) return;
    if (!isLater) return say('mine');
    const { lost } = held;
    held = null;
    lost();
  });
  // A page that comes back from the browser's cache of left pages has lost its lock meanwhile.
  let left: Held | null = null;
  globalThis.addEventListener?.('pagehide', () => {
    if (!held) return;
    left = held;
    held = null;
    say('free');
  });
  globalThis.addEventListener?.('pageshow', () => {
    left?.lost();
    left = null;
  });

  function take(lost: () => void): () => void {
    held = { lost };
    turn++;
    say('mine');
    return () => {
      held = null;
      say('free');
    };
  }

  async function isFree(): Promise<boolean> {
    answered = false;
    say('is-held?');
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    return !answered;
  }

  return {
    isCertain: false,
    async hold(how, lost, signal) {
      if (how === 'take') return take(lost);
      if (how === 'if-free') return (await isFree()) ? take(lost) : null;
      return new Promise((resolve) => {
        const attempt = (): void => {
          void isFree().then((free) => {
            if (!free || !waiting.delete(attempt)) return;
            resolve(take(lost));
          });
        };
        waiting.add(attempt);
        signal?.addEventListener('abort', () => waiting.delete(attempt));
      });
    },
  };
}

function isWord(data: unknown): data is Word {
  return typeof data === 'object' && data !== null && (data as Word).format === FORMAT;
}
