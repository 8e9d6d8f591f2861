import { sizeWords } from './storage-words.ts';
import type { RoomReply } from './storage-wire.ts';

/** Where the browser may begin to refuse or to clear. */
const FULL = 0.8;
const LOW_DISK = 500e6;

type Seen = {
  room: RoomReply | null;
  usage: number | null;
  quota: number | null;
  persisted: boolean | null;
};

export type StorageWarning = { readonly kind: 'disk' | 'quota' | 'eviction'; readonly text: string };

/** What the user has to hear before room runs out, the most pressing first. */
export function warningsOf({ room, usage, quota, persisted }: Seen): StorageWarning[] {
  const warnings: StorageWarning[] = [];
  if (room?.warning) warnings.push({ kind: 'disk', text: room.warning });
  if (usage !== null && quota !== null && quota > 0 && usage > quota * FULL) {
    const share = Math.floor((usage / quota) * 100);
    warnings.push({
      kind: 'quota',
      text: `Drafts and versions fill ${share} % of what this browser allows (${sizeWords(usage)} of ${sizeWords(quota)}). Remove old versions, or save graph files.`,
    });
  }
  // Browsers clear sites that they gave no promise when the disk gets full: https://storage.spec.whatwg.org/#storage-pressure
  if (persisted === false && room?.free !== null && room !== null && room.free < LOW_DISK) {
    warnings.push({
      kind: 'eviction',
      text: 'The disk is nearly full, and this browser has not promised to keep drafts and versions. Save graph files of what matters.',
    });
  }
  return warnings;
}

/** Looks when a run begins and tells each kind of warning once; asks for lasting storage after the first run began. */
export function createStorageWatch(world: {
  room: (edits: number) => Promise<RoomReply>;
  estimate: () => Promise<{ usage: number | null; quota: number | null }>;
  isPersisted: () => Promise<boolean | null>;
  askToPersist: () => Promise<boolean | null>;
  tell: (text: string) => void;
}) {
  const told = new Set<StorageWarning['kind']>();
  let asked = false;
  return async (edits: number, { mayAsk }: { mayAsk: boolean }): Promise<void> => {
    let persisted = await world.isPersisted();
    if (persisted === false && mayAsk && !asked) {
      asked = true;
      persisted = await world.askToPersist();
    }
    // A server that does not answer has its own banner.
    const room = await world.room(edits).catch(() => null);
    for (const { kind, text } of warningsOf({ room, ...(await world.estimate()), persisted })) {
      if (told.has(kind)) continue;
      told.add(kind);
      world.tell(text);
    }
  };
}
