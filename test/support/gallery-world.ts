import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { galleryAskSchema, galleryFilterSchema, type GalleryAsk } from '../../app/gallery-wire.ts';
import { createGallery, type Gallery, type GalleryOptions } from '../../app/server/gallery/gallery.ts';
import { openJobBook, type JobBook } from '../../app/server/job-book.ts';
import { createPictureStore } from '../../app/server/pictures.ts';
import type { Job, Made } from '../../app/wire.ts';
import { temporaryFolder } from './pictures.ts';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export type Making = {
  prompt: string;
  seed?: number;
  title?: string;
  node?: string;
  point?: Made['point'];
  service?: string;
  at?: number;
};

export const begin = Date.UTC(2031, 1, 3);

/** Writes a made picture into a job book, as a run leaves it. */
export function bookPicture(
  book: JobBook,
  number: number,
  { prompt, seed = 1, service = 'offline/1/x', ...of }: Making,
): Job {
  const key = hashOf(`key ${number}`);
  const at = of.at ?? begin + number * 1000;
  book.create({
    key,
    service,
    model: 'x',
    input: {
      image: '0'.repeat(64),
      prompt,
      negative_prompt: '',
      seed,
      enable_thinking_mode: true,
      enable_reflection_mode: true,
      output_format: 'png',
    },
    createdAt: at - 500,
    ...(of.title === undefined ? {} : { madeFor: of.title }),
    ...(of.node === undefined
      ? {}
      : { made: { graph: hashOf('graph'), node: 'edit1', nodeTitle: of.node, index: 0, point: of.point ?? [] } }),
  });
  const sha256 = hashOf(`picture ${number}`);
  return book.change(key, {
    status: 'done',
    accepted: true,
    artifacts: [{ sha256, width: 640, height: 480, mediaType: 'image/png', bytes: 1000 }],
    price: service.startsWith('offline/') ? 0 : 0.05,
    finishedAt: at,
  });
}

/** A real job book, a real picture folder, and the gallery over both. */
export async function openGalleryWorld(options: Partial<Pick<GalleryOptions, 'piece' | 'setTimer'>> = {}) {
  const folder = await temporaryFolder();
  const book = openJobBook(join(folder, 'jobs.sqlite'));
  const pictures = createPictureStore(join(folder, 'pictures'));
  const bugs: unknown[] = [];
  const opened: Gallery[] = [];
  let count = 0;
  onTestFinished(() => {
    for (const gallery of opened) gallery.close();
    book.close();
  });

  function open(more: Partial<GalleryOptions> = {}): Gallery {
    const gallery = createGallery({
      file: join(folder, 'gallery.sqlite'),
      book,
      pictures,
      subscribe: () => () => undefined,
      onBug: (error) => bugs.push(error),
      ...options,
      ...more,
    });
    opened.push(gallery);
    return gallery;
  }

  const setPresent = (sha256: string, isHere: boolean): void => {
    const file = pictures.file(sha256);
    mkdirSync(dirname(file), { recursive: true });
    if (isHere) writeFileSync(file, 'x');
    else rmSync(file);
  };

  return {
    folder,
    book,
    bugs,
    open,
    setPresent,
    file: join(folder, 'gallery.sqlite'),
    /** The key of the new picture. */
    make(making: Making): string {
      const job = bookPicture(book, ++count, making);
      setPresent(job.artifacts[0]!.sha256, true);
      return job.key;
    },
  };
}

export const asked = (ask: Partial<GalleryAsk> = {}) => galleryAskSchema.parse(ask);
export const filtered = (filter: GalleryAsk['filter'] = {}) => galleryFilterSchema.parse(filter);
