import { FILE_VERSION } from '../graphs/file.ts';
import { createReading } from './tab-reading.ts';
import { hear, send, type Message } from './tab-messages.ts';
import { createWriting } from './tab-writing.ts';
import type { TabInside, TabWorld } from './tabs.ts';

export type Talk = ReturnType<typeof createTalk>;

/** What tabs with the same document tell each other: what is open, what has changed, and who writes. */
export function createTalk(world: TabWorld, inside: TabInside) {
  const { tab, channel, onError } = world;
  const say = (message: Message): void => send(channel, tab, message);
  const isReader = (): boolean => inside.store.getState().role === 'reader';
  const reading = createReading(world, inside, { say, isReader, begun: () => writing.sayState() });
  const writing = createWriting(world, inside, { say, isReader, hasJoined: reading.hasJoined });

  return {
    join: reading.join,
    take: reading.take,
    hear(data: unknown): void {
      const heard = hear(data);
      if (!heard || heard.from === tab) return;
      const { from, version, message } = heard;
      switch (message.type) {
        case 'ask':
          if (!isReader()) writing.sayState();
          return;
        case 'state':
        case 'step':
          if (isReader()) reading.follow(from, version, message);
          return;
        case 'take':
          // An older Editloom could not read the draft.
          if (isReader() || version < FILE_VERSION) return;
          if (!message.onlyIfUnchanged || reading.isUnchanged()) void writing.hand(from).catch(onError);
          return;
        case 'handed':
          if (message.to !== null && message.to !== tab) return;
          if (reading.takeHanded(message, version === FILE_VERSION)) say({ type: 'got', to: from });
          return;
        case 'got':
          if (message.to === tab) writing.wasGot();
      }
    },
    /** The page goes away. */
    leave(): void {
      if (!isReader()) say(writing.handed(null));
    },
  };
}
