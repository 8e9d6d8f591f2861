import type { StreamMessage } from './event-stream.ts';

export type Sharing = {
  locks: Pick<LockManager, 'request'>;
  channel: Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
};

/** `where` asks the tab that has the stream to show that it is there, and how far it is. */
type TabMessage = StreamMessage | { type: 'where' } | { type: 'here'; id: string | undefined; online: boolean | null };

const LOCK = 'editloom-feed';
const ASK_MS = 10_000;
/** A tab with the stream that says nothing for so long is stuck, in a dialog of the browser say. */
const LONGEST_SILENCE_MS = 35_000;

/**
 * One event stream for all tabs, because a browser opens six connections to a server at most (HTTP/1.1). The tab that
 * holds a lock has the stream and passes on what comes. When it closes or crashes, the browser gives the lock to the next
 * one, which goes on from the last event that it heard of.
 */
export function shareStream(options: {
  sharing: Sharing;
  open: (after: string | undefined, tell: (message: StreamMessage) => void) => { close: () => void };
  hear: (message: StreamMessage) => void;
  now?: () => number;
}): { close: () => void } {
  const { open, now = Date.now } = options;
  const { locks, channel } = options.sharing;
  let seen: string | undefined;
  let online: boolean | null = null;
  let heardAt = now();
  let stream: { close: () => void } | null = null;
  let letGo = (): void => undefined;
  let asking = new AbortController();
  let closed = false;

  function hear(message: StreamMessage): void {
    if (message.type === 'online') online = message.online;
    else seen = message.id;
    options.hear(message);
  }

  /** Waits in the line of tabs for the stream, or takes it from a tab that is stuck. */
  function ask({ steal }: { steal: boolean }): void {
    asking.abort();
    const mine = (asking = new AbortController());
    locks.request(LOCK, steal ? { steal } : { signal: mine.signal }, lead).catch((error: Error) => {
      if (mine !== asking || closed) return;
      stopLeading();
      heardAt = now();
      // Another tab has taken it. A browser that refuses it would refuse it again: this tab has a stream of its own then.
      if (error.name === 'AbortError') ask({ steal: false });
      else void lead();
    });
  }

  function lead(): Promise<void> | void {
    if (closed) return;
    stream = open(seen, (message) => {
      channel.postMessage(message satisfies TabMessage);
      hear(message);
    });
    return new Promise((resolve) => (letGo = resolve));
  }

  function stopLeading(): void {
    stream?.close();
    stream = null;
    letGo();
  }

  channel.onmessage = ({ data }: MessageEvent<TabMessage>): void => {
    if (data.type === 'where') {
      if (stream) channel.postMessage({ type: 'here', id: seen, online } satisfies TabMessage);
      return;
    }
    heardAt = now();
    // What a tab that was stuck has to say now, this one knows from its own stream.
    if (stream) return;
    if (data.type !== 'here') return hear(data);
    seen = data.id;
    if (data.online !== null && data.online !== online) hear({ type: 'online', online: data.online });
  };
  const where = (): void => channel.postMessage({ type: 'where' } satisfies TabMessage);
  const timer = setInterval(() => {
    if (stream) return;
    if (now() - heardAt <= LONGEST_SILENCE_MS) return where();
    heardAt = now();
    ask({ steal: true });
  }, ASK_MS);

  ask({ steal: false });
  where();

  return {
    close() {
      closed = true;
      clearInterval(timer);
      asking.abort();
      stopLeading();
      channel.close();
    },
  };
}
