import type { z } from 'zod';
import type {
  CleanPlan,
  CleanReply,
  cleanRequestSchema,
  PaidPicture,
  planRequestSchema,
  StoredPicture,
} from '../storage-wire.ts';
import { HttpError } from './http-error.ts';
import type { PictureStore } from './pictures.ts';
import type { StorageIndex } from './storage-index.ts';
import { namesOfPaid, type StoredPictures } from './storage-pictures.ts';
import type { StorageRooms } from './storage-rooms.ts';
import type { TrashStore } from './storage-trash.ts';
import { paidSum, paidWords, pictureCount } from '../storage-words.ts';
import { removalSentence } from './storage-words.ts';
import { breathe, statAll, type FoundFile } from './storage-walk.ts';
import { errorCode } from './write-file.ts';

interface CleaningOptions {
  index: StorageIndex;
  stored: StoredPictures;
  trash: TrashStore;
  pictures: Pick<PictureStore, 'file' | 'removeThumbnails'>;
  rooms: StorageRooms;
  now: () => number;
}

type PlanInput = z.output<typeof planRequestSchema>;
type CleanInput = z.output<typeof cleanRequestSchema>;
type Kept = CleanPlan['kept'][number];

/** A picture that cost money was to be removed without being named with its price. */
export class NotConfirmed extends HttpError {
  override name = 'NotConfirmed';
  readonly paid: PaidPicture[];
  constructor(paid: PaidPicture[], sum: string) {
    const message = `Among these, ${pictureCount(paid.length)} ${paid.length === 1 ? 'was' : 'were'} or may have been paid for (${sum}). Expected each to be confirmed with its price. Nothing was removed.`;
    super(409, 'not-confirmed', message);
    this.paid = paid;
  }
}

/** Longer than the longest time between a result's file and the word of its job. */
const arrivalMs = 10 * 60_000;

export type Cleaning = ReturnType<typeof createCleaning>;

/** Removes what the user chose, and nothing that cost money without its name and price. */
export function createCleaning({ index, stored, trash, pictures, rooms, now }: CleaningOptions) {
  /** Why it has to stay; null where it may go. */
  function reasonToKeep({ sha256, kind, storedAt }: StoredPicture): Kept['reason'] | null {
    index.catchUp();
    if (index.isNeeded(sha256)) return 'needed';
    if (index.isCollecting() && storedAt > now() - arrivalMs) return 'arriving';
    // It would come back by itself.
    return kind === 'sample' ? 'sample' : null;
  }

  async function choose(wanted: Iterable<string>) {
    const pictureOf = await stored.classifier();
    const chosen: StoredPicture[] = [];
    const kept: Kept[] = [];
    const names = [...new Set(wanted)];
    for (let at = 0; at < names.length; at += 500) {
      const some = names.slice(at, at + 500);
      const files = new Map((await statAll(some.map(pictures.file))).map((file) => [file.name, file]));
      for (const sha256 of some) {
        const file = files.get(sha256);
        const picture = file && pictureOf(file);
        const reason = picture ? reasonToKeep(picture) : 'gone';
        if (picture && reason === null) chosen.push(picture);
        else if (reason !== null) kept.push({ sha256, reason });
      }
      await breathe();
    }
    return { chosen, kept, pictureOf };
  }

  async function trashed(names: readonly string[], pictureOf: (file: FoundFile) => StoredPicture) {
    const found: StoredPicture[] = [];
    for (const name of new Set(names)) found.push(...(await trash.removal(name)).files.map(pictureOf));
    return found;
  }

  async function moveToTrash(chosen: readonly StoredPicture[], kept: Kept[]) {
    const name = await trash.open();
    let count = 0;
    try {
      for (const picture of chosen) {
        const { sha256 } = picture;
        // What was true a moment ago may have changed: a run may have begun meanwhile.
        const reason = reasonToKeep(picture);
        if (reason !== null) {
          kept.push({ sha256, reason });
          continue;
        }
        try {
          await trash.put(name, sha256);
          count++;
        } catch (error) {
          if (errorCode(error) !== 'ENOENT') throw error;
          kept.push({ sha256, reason: 'gone' });
          continue;
        }
        await pictures.removeThumbnails(sha256);
      }
    } finally {
      if (count === 0) await trash.close(name);
      stored.forget();
    }
    return { name: count > 0 ? name : null, count };
  }

  return {
    async plan({ groups, pictures: single, trash: removals }: PlanInput): Promise<CleanPlan> {
      const wanted = new Set(single);
      if (groups.length > 0) {
        stored.forget();
        const all = await stored.groups();
        for (const id of groups) for (const { sha256 } of all.get(id) ?? []) wanted.add(sha256);
      }
      const { chosen, kept, pictureOf } = await choose(wanted);
      const all = [...chosen, ...(await trashed(removals, pictureOf))];
      const bytes = all.reduce((sum, picture) => sum + picture.bytes, 0);
      const paid = namesOfPaid(all);
      return {
        pictures: chosen.map(({ sha256 }) => sha256),
        trash: [...new Set(removals)],
        bytes,
        paid,
        named: chosen.filter(({ sha256 }) => stored.isNamed(sha256)).length,
        kept,
        sentence: removalSentence(all.length, bytes, paid, paidSum(all)),
      };
    },

    async clean(request: CleanInput): Promise<CleanReply> {
      const { chosen, kept, pictureOf } = await choose(request.pictures);
      const removals = [...new Set(request.trash)];
      const all = [...chosen, ...(await trashed(removals, pictureOf))];
      const confirmed = new Map(request.confirmed.map(({ sha256, price }) => [sha256, price]));
      const unconfirmed = all.filter(
        ({ sha256, paid, price }) => paid && (!confirmed.has(sha256) || confirmed.get(sha256) !== price),
      );
      if (unconfirmed.length > 0) throw new NotConfirmed(namesOfPaid(unconfirmed), paidWords(paidSum(unconfirmed)));

      let freed = 0;
      for (const name of removals) freed += (await trash.empty(name)).bytes;
      const moved = chosen.length > 0 ? await moveToTrash(chosen, kept) : { name: null, count: 0 };
      for (const what of new Set(request.rebuildable)) freed += await rooms.remove(what);
      return { trash: moved.name, pictures: moved.count, freed, kept };
    },
  };
}
