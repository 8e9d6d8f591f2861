import type { Sample } from '../wire.ts';
import { paidSum } from '../storage-words.ts';
import type { PaidPicture, PictureGroup, StoredPicture } from '../storage-wire.ts';
import type { OutputBook } from './output-book.ts';
import { isOffline, priceOf, type StorageIndex } from './storage-index.ts';
import { breathe, walkPictures, type FoundFile } from './storage-walk.ts';

interface StoredPicturesOptions {
  folder: string;
  index: StorageIndex;
  outputBook: Pick<OutputBook, 'all'>;
  samples: () => Promise<Sample[]>;
  uploads: () => Promise<ReadonlySet<string>>;
  now: () => number;
}

const dayMs = 24 * 60 * 60 * 1000;

export type StoredPictures = ReturnType<typeof createStoredPictures>;

/** All pictures of the store with what is known of them: what they are, for which graph they were made and what they cost. */
export function createStoredPictures({ folder, index, outputBook, samples, uploads, now }: StoredPicturesOptions) {
  /** Pictures that drafts and versions in browsers name; said by the page whenever it asks for the storage. */
  const named = new Set<string>();
  let known: Promise<Map<string, StoredPicture[]>> | null = null;

  /** How to tell one picture's kind now. Made anew for each piece of work, since all it rests on may change. */
  async function classifier(): Promise<(file: FoundFile) => StoredPicture> {
    await index.refresh();
    const sampleNames = new Set((await samples().catch(() => [])).map(({ artifact }) => artifact.sha256));
    const uploaded = await uploads();
    const saved = new Set(outputBook.all().flatMap(({ artifact }) => artifact?.sha256 ?? []));
    return ({ name: sha256, bytes, changedAt }) => {
      const makers = index.madeBy(sha256);
      const common = { sha256, bytes, storedAt: changedAt };
      if (makers.length > 0) {
        const remote = makers.filter((note) => !isOffline(note));
        const { prompt, madeFor } = remote[0] ?? makers[0]!;
        return { ...common, kind: 'result', paid: remote.length > 0, price: priceOf(remote), prompt, madeFor };
      }
      const rest = { ...common, price: null, prompt: null, madeFor: null };
      if (sampleNames.has(sha256)) return { ...rest, kind: 'sample', paid: false };
      // Neither an upload nor a known result: it may have come from a job book that is gone, and been paid for.
      const paid = !uploaded.has(sha256);
      const isUsed = index.usedBy(sha256).length > 0 || saved.has(sha256) || named.has(sha256);
      return { ...rest, paid, kind: isUsed || changedAt > now() - dayMs ? 'upload' : 'left-over' };
    };
  }

  async function walk(): Promise<Map<string, StoredPicture[]>> {
    const groups = new Map<string, StoredPicture[]>();
    const pictureOf = await classifier();
    for await (const files of walkPictures(folder)) {
      for (const file of files) {
        const picture = pictureOf(file);
        const id = groupIdOf(picture);
        const group = groups.get(id);
        if (group) group.push(picture);
        else groups.set(id, [picture]);
      }
    }
    for (const group of groups.values()) {
      group.sort((a, b) => b.storedAt - a.storedAt || (a.sha256 < b.sha256 ? -1 : 1));
      await breathe();
    }
    return groups;
  }

  const groups = (): Promise<Map<string, StoredPicture[]>> => {
    known ??= walk().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };

  return {
    classifier,
    groups,
    /** Forgets what was seen: something was moved. */
    forget: (): void => void (known = null),
    name(pictures: readonly string[]): void {
      for (const sha256 of pictures) named.add(sha256);
    },
    isNamed: (sha256: string): boolean => named.has(sha256),
    async list(): Promise<PictureGroup[]> {
      const list = [...(await groups())].map(([id, pictures]): PictureGroup => {
        const { kind, madeFor } = pictures[0]!;
        const bytes = pictures.reduce((sum, picture) => sum + picture.bytes, 0);
        return { id, kind, title: madeFor, count: pictures.length, bytes, paid: paidSum(pictures) };
      });
      return list.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.bytes - a.bytes);
    },
  };
}

const order = ['result', 'upload', 'left-over', 'sample'];

const groupIdOf = ({ kind, madeFor }: StoredPicture): string =>
  kind === 'result' && madeFor !== null ? `result:${madeFor}` : kind;

export const namesOfPaid = (pictures: readonly StoredPicture[]): PaidPicture[] =>
  pictures.filter(({ paid }) => paid).map(({ sha256, price, prompt, madeFor }) => ({ sha256, price, prompt, madeFor }));
