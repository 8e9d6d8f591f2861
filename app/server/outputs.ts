import { mkdir, readFile, realpath, stat, unlink } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Artifact, MediaType } from '../../graphs/artifact.ts';
import { embed, extract, type Embedded } from '../embed/embed.ts';
import { strip } from '../embed/strip.ts';
import type { CopyRequest, SavedOutput, SaveRequest } from '../wire.ts';
import { existingFiles } from './existing-files.ts';
import { outputPath } from './file-names.ts';
import { HttpError } from './http-error.ts';
import type { OutputBook } from './output-book.ts';
import type { PictureStore } from './pictures.ts';
import { fileBelow } from './static-files.ts';
import { withoutSecrets } from './without-secrets.ts';
import { asStorageError, StorageError, writeNew } from './write-file.ts';

export interface Outputs {
  folder: string;
  /** Writes the file of a save node, once per key: asked again, it answers with the file that is there. */
  save: (request: SaveRequest) => Promise<SavedOutput>;
  /** Writes a file that was put together here, once per key. */
  saveMade: (request: MadeRequest) => Promise<SavedOutput>;
  /** The bytes of a picture with what a saved file has inside, to be downloaded. */
  copy: (request: CopyRequest) => Promise<{ mediaType: MediaType; bytes: Uint8Array }>;
  /** The files of these keys that are still on the disk. */
  lookup: (keys: readonly string[]) => Promise<SavedOutput[]>;
  /** Did we write this file? Others may lie in the folder too. */
  wrote: (file: string) => boolean;
  /** The real path of an output, or null. */
  find: (file: string) => Promise<string | null>;
}

interface MadeRequest {
  key: string;
  name: string;
  extension: string;
  make: () => Promise<Uint8Array>;
}

interface OutputsOptions {
  folder: string;
  book: OutputBook;
  pictures: Pick<PictureStore, 'artifact' | 'read'>;
  /** Never to appear in a file that may be given away. */
  secret: () => string | null;
  now: () => Date;
}

const extensions: Record<MediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

export function createOutputs({ folder, book, pictures, secret, now }: OutputsOptions): Outputs {
  const underway = new Map<string, Promise<SavedOutput>>();
  const temporaryFolder = unfinishedOutputs(folder);

  async function lookup(keys: readonly string[]): Promise<SavedOutput[]> {
    const saved = book.find(keys);
    const present = await existingFiles(saved.map(({ file }) => join(folder, file)));
    return saved.filter(({ file }) => present.has(join(folder, file)));
  }

  async function writeMade({ key, name, extension, make }: MadeRequest): Promise<SavedOutput> {
    const [known] = await lookup([key]);
    if (known) return known;
    const bytes = await make();
    const savedAt = now();
    const parts = outputPath(withoutSecrets(name, secret()), { date: localDate(savedAt) });
    const file = await writeUnderFreeName(parts, extension, bytes);
    const url = `/api/outputs/${file.split('/').map(encodeURIComponent).join('/')}`;
    const saved: SavedOutput = { key, file, url, bytes: bytes.length, savedAt: savedAt.getTime() };
    book.put(saved);
    return saved;
  }

  async function write(request: SaveRequest): Promise<SavedOutput> {
    const [known] = await lookup([request.key]);
    if (known) return known;
    const { artifact, bytes, payload } = await contentOf(request);
    const { name } = withoutSecrets({ name: request.name }, secret());
    const savedAt = now();
    const parts = outputPath(name, { date: localDate(savedAt) });
    const file = await writeUnderFreeName(parts, extensions[artifact.mediaType], bytes);
    await checkWritten(join(folder, file), payload);
    const saved: SavedOutput = {
      key: request.key,
      file,
      url: `/api/outputs/${file.split('/').map(encodeURIComponent).join('/')}`,
      artifact,
      bytes: bytes.length,
      savedAt: savedAt.getTime(),
    };
    book.put(saved);
    return saved;
  }

  /** [V2, V7] What a file of this picture has in it: how it was made and its graph, or nothing but pixels. */
  async function contentOf(request: CopyRequest) {
    const { artifact, bytes } = await picture(request.picture);
    if (request.plain) return { artifact, bytes: strip(bytes), payload: null };
    const { provenance, graph } = withoutSecrets(request, secret());
    const payload: Embedded = { editloom: 1, provenance: provenance ?? null, graph: graph ?? null };
    try {
      return { artifact, bytes: embed(bytes, payload), payload };
    } catch (error) {
      throw new HttpError(413, 'graph-too-large', `${(error as Error).message} Save it without details.`);
    }
  }

  async function picture(sha256: string): Promise<{ artifact: Artifact; bytes: Uint8Array }> {
    const artifact = await pictures.artifact(sha256);
    const bytes = artifact && (await pictures.read(sha256));
    if (artifact && bytes) return { artifact, bytes };
    throw new HttpError(
      404,
      'no-such-picture',
      'The picture to save is no longer on this server. Run the graph again.',
    );
  }

  /** name, name-2, name-3 … : the first that nobody has taken, also when two ask at the same moment. */
  async function writeUnderFreeName(parts: string[], extension: string, bytes: Uint8Array): Promise<string> {
    const name = parts.at(-1) ?? 'picture';
    const subfolder = parts.slice(0, -1);
    await makeFolderInside(subfolder);
    for (let count = 1; count <= 100_000; count++) {
      const file = [...subfolder, `${name}${count === 1 ? '' : `-${count}`}.${extension}`].join('/');
      if (await writeNew(join(folder, file), bytes, { temporaryFolder })) return file;
    }
    throw new HttpError(409, 'name-taken', `Every name from ${name} to ${name}-100000 is taken. Choose another one.`);
  }

  function oncePerKey(key: string, work: () => Promise<SavedOutput>): Promise<SavedOutput> {
    const running = underway.get(key);
    if (running) return running;
    const saving = work().finally(() => underway.delete(key));
    underway.set(key, saving);
    return saving;
  }

  /** Step by step: a link in the outputs folder may lead elsewhere, and nothing shall be made there. */
  async function makeFolderInside(parts: readonly string[]): Promise<void> {
    let target = folder;
    try {
      await mkdir(folder, { recursive: true });
      const root = await realpath(folder);
      for (const part of parts) {
        target = join(target, part);
        await mkdir(target, { recursive: true });
        if (!(await realpath(target)).startsWith(root + sep)) {
          throw new HttpError(400, 'outside', `The folder ${target} lies outside of the outputs folder.`);
        }
      }
    } catch (error) {
      if (error instanceof HttpError) throw error;
      throw asStorageError(error, target);
    }
  }

  return {
    folder,
    lookup,
    wrote: (file) => book.all().some((saved) => saved.file === file),
    find: (file) => fileBelow(folder, file),
    async copy(request) {
      const { artifact, bytes } = await contentOf(request);
      return { mediaType: artifact.mediaType, bytes };
    },
    save: (request) => oncePerKey(request.key, () => write(request)),
    saveMade: (request) => oncePerKey(request.key, () => writeMade(request)),
  };
}

/** Hidden, so that a file shows in the folder only when it is whole. */
export const unfinishedOutputs = (folder: string): string => join(folder, '.unfinished');

/** Reads the file back: whoever trusts that a picture carries its graph must not find out later that it doesn't. */
async function checkWritten(file: string, payload: Embedded | null): Promise<void> {
  const found = extract(await readFile(file));
  if (JSON.stringify(found) === JSON.stringify(payload)) return;
  await unlink(file);
  throw new StorageError('not-written', `${file} could not be read back as it was written. Check the disk.`, null);
}

function localDate(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export async function outputSize(file: string): Promise<{ bytes: number; changedAt: Date }> {
  const { size, mtime } = await stat(file);
  return { bytes: size, changedAt: mtime };
}
