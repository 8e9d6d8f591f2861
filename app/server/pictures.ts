import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../../graphs/artifact.ts';
import { existingFiles } from './existing-files.ts';
import { readOwnFile } from './read-file.ts';
import { sniff } from './sniff.ts';
import { hashFile } from './storage-hash.ts';
import { isStorable, loadSharp, PictureRefused, verifyPicture, type VerifiedPicture } from './verify-picture.ts';
import { writeWhole } from './write-file.ts';

export type ThumbnailSize = 'small' | 'large';

export interface PictureStore {
  /** A picture of the user's: orientation is baked in and other formats become PNG; else its bytes stay as they are. */
  addUpload: (bytes: Uint8Array) => Promise<Artifact>;
  /** A picture that was paid for: verified, and kept byte for byte. */
  addResult: (bytes: Uint8Array) => Promise<Artifact>;
  read: (sha256: string) => Promise<Uint8Array | null>;
  file: (sha256: string) => string;
  artifact: (sha256: string) => Promise<Artifact | null>;
  missing: (shas: readonly string[]) => Promise<Set<string>>;
  thumbnail: (sha256: string, size: ThumbnailSize) => Promise<Uint8Array | null>;
  /** They are made again when they are next asked for. */
  removeThumbnails: (sha256: string) => Promise<void>;
  /** What came as an upload, so that it was not paid for. */
  uploads: () => Promise<ReadonlySet<string>>;
}

/** Of this many pictures it is remembered what they are; of the others it is read from the file. */
const mostRemembered = 10_000;

/** Pictures as files named by the SHA-256 of their bytes, in folders of two characters. */
export function createPictureStore(folder: string): PictureStore {
  const temporaryFolder = join(folder, 'unfinished');
  const artifacts = new Map<string, Artifact>();
  const thumbnailsUnderway = new Map<string, Promise<Uint8Array | null>>();
  const inFolder = (sha256: string, base = folder, ending = '') => join(base, sha256.slice(0, 2), sha256 + ending);
  const file = (sha256: string) => inFolder(sha256);
  const thumbnailFile = (sha256: string, size: ThumbnailSize) =>
    inFolder(sha256, join(folder, 'thumbnails', size), '.webp');

  function remembered(artifact: Artifact): Artifact {
    const [oldest] = artifacts.keys();
    if (artifacts.size >= mostRemembered && oldest !== undefined) artifacts.delete(oldest);
    artifacts.set(artifact.sha256, artifact);
    return artifact;
  }

  async function store(bytes: Uint8Array, verified: VerifiedPicture): Promise<Artifact> {
    const { sniffed, width, height, largeThumbnail } = verified;
    if (!isStorable(sniffed)) throw new PictureRefused('unsupported', `it is ${sniffed}. Expected PNG, JPEG or WebP.`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const artifact: Artifact = { sha256, width, height, mediaType: sniffed, bytes: bytes.length };
    // Its size says too little: the disk may have spoilt it since.
    const there = await hashFile(file(sha256)).catch(() => null);
    if (there !== sha256) await writeWhole(file(sha256), bytes, { temporaryFolder });
    // Wanted again just now: no cleaning shall take it for old.
    else await utimes(file(sha256), new Date(), new Date()).catch(() => {});
    // The picture itself is safe by now; a thumbnail can be made again at any time.
    await writeWhole(thumbnailFile(sha256, 'large'), largeThumbnail, { temporaryFolder }).catch(() => {});
    return remembered(artifact);
  }

  async function makeThumbnail(sha256: string, size: ThumbnailSize): Promise<Uint8Array | null> {
    const target = thumbnailFile(sha256, size);
    const known = await readOwnFile(target);
    if (known) return known;
    const source =
      (size === 'small' ? await readOwnFile(thumbnailFile(sha256, 'large')) : null) ?? (await read(sha256));
    if (!source) return null;
    const side = size === 'small' ? 160 : 640;
    const thumbnail = await (
      await loadSharp()
    )(source)
      .rotate()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82, effort: 2 })
      .toBuffer();
    await writeWhole(target, thumbnail, { temporaryFolder }).catch(() => {});
    return thumbnail;
  }

  const read = (sha256: string) => readOwnFile(file(sha256));
  const uploadsFile = join(folder, 'uploads.txt');
  let uploadsRead: Promise<Set<string>> | null = null;

  function uploads(): Promise<Set<string>> {
    uploadsRead ??= readFile(uploadsFile, 'utf8').then(
      (text) => new Set(text.split('\n').filter(Boolean)),
      () => new Set<string>(),
    );
    return uploadsRead;
  }

  async function noteUpload(artifact: Artifact): Promise<Artifact> {
    const known = await uploads();
    if (known.has(artifact.sha256)) return artifact;
    known.add(artifact.sha256);
    // Where this fails the picture counts as one that may have been paid for, which is the safe side.
    await mkdir(folder, { recursive: true })
      .then(() => appendFile(uploadsFile, `${artifact.sha256}\n`))
      .catch(() => {});
    return artifact;
  }

  return {
    read,
    file,
    async addUpload(bytes) {
      const verified = await verifyPicture(bytes);
      if (isStorable(verified.sniffed) && verified.orientation === 1) return noteUpload(await store(bytes, verified));
      const turned = await store(await upright(bytes, verified), {
        ...verified,
        sniffed: verified.sniffed === 'image/jpeg' ? 'image/jpeg' : 'image/png',
      });
      return noteUpload(turned);
    },
    addResult: async (bytes) => store(bytes, await verifyPicture(bytes)),

    async artifact(sha256) {
      const size = await stat(file(sha256)).then(
        (found) => found.size,
        () => null,
      );
      if (size === null) return null;
      const known = artifacts.get(sha256);
      if (known) return known;
      const bytes = await read(sha256);
      const mediaType = bytes && sniff(bytes);
      if (!bytes || !mediaType || !isStorable(mediaType)) return null;
      const { autoOrient } = await (await loadSharp())(bytes).metadata();
      const artifact: Artifact = { sha256, ...autoOrient, mediaType, bytes: bytes.length };
      return remembered(artifact);
    },

    async missing(shas) {
      const found = await existingFiles(shas.map(file));
      return new Set(shas.filter((sha256) => !found.has(file(sha256))));
    },

    uploads,
    async removeThumbnails(sha256) {
      await Promise.all(
        (['small', 'large'] as const).map((size) => rm(thumbnailFile(sha256, size), { force: true }).catch(() => {})),
      );
    },

    thumbnail(sha256, size) {
      const name = `${size} ${sha256}`;
      const underway = thumbnailsUnderway.get(name);
      if (underway) return underway;
      const making = makeThumbnail(sha256, size).finally(() => thumbnailsUnderway.delete(name));
      thumbnailsUnderway.set(name, making);
      return making;
    },
  };
}

/** The same picture standing upright: a JPEG stays a JPEG of high quality, all else becomes PNG. */
async function upright(bytes: Uint8Array, { sniffed }: VerifiedPicture): Promise<Uint8Array> {
  const turned = (await loadSharp())(bytes).autoOrient().keepIccProfile();
  return sniffed === 'image/jpeg'
    ? turned.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
    : turned.png().toBuffer();
}
