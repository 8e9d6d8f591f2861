import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import sharp from 'sharp';
import { openJobBook } from '../../app/server/job-book.ts';
import type { Job } from '../../app/wire.ts';

const samples = ['astronaut.png', 'chelsea.png', 'coffee.png', 'rocket.jpg'];
const graphs = ['Mugs for spring', 'Portraits', 'Shop window', 'Cat calendar', 'Night sky', 'Untitled'];
const nodes = ['Edit', 'Background', 'Light', 'Colours'];
const looks = [
  'a warm evening light',
  'film grain',
  'a studio background',
  'watercolour',
  'deep blue shadows',
  'neon signs',
];
const colours = [
  'orange',
  'teal',
  'crimson',
  'ivory',
  'forest green',
  'lavender',
  'mustard',
  'charcoal',
  'sky blue',
  'rosé',
];
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const minute = 60_000;

/** A data folder with so many made pictures: a job book, the pictures, and their thumbnails. Variants are links to few files. */
export async function fillGallery(data: string, count: number, now: number): Promise<void> {
  const folder = join(data, 'pictures');
  const variants = await makeVariants(join(data, 'variants'));
  openJobBook(join(data, 'jobs.sqlite')).close();
  const book = new Database(join(data, 'jobs.sqlite'));
  const insert = book.prepare('INSERT INTO jobs (key, seq, status, job) VALUES (?, ?, ?, ?)');
  book.exec('BEGIN');
  for (let number = 0; number < count; number++) {
    const variant = variants[number % variants.length]!;
    const sha256 = hash(`picture ${number}`);
    place(variant.file, join(folder, sha256.slice(0, 2), sha256));
    for (const size of ['small', 'large'] as const)
      place(variant[size], join(folder, 'thumbnails', size, sha256.slice(0, 2), `${sha256}.webp`));
    const job = jobOf(number, sha256, variant, now - (count - number) * minute * 3);
    insert.run(job.key, job.seq, job.status, JSON.stringify(job));
  }
  book.exec('COMMIT');
  book.close();
}

function jobOf(number: number, sha256: string, { width, height, bytes }: Variant, at: number): Job {
  const colour = colours[number % colours.length]!;
  const look = looks[Math.floor(number / 7) % looks.length]!;
  const seed = 1 + (number % 24);
  const isPaid = number % 3 === 0;
  return {
    key: hash(`key ${number}`),
    service: isPaid ? 'model-api.runcomfy.net/stepfun-ai/stepx-edit2' : 'offline/1/stepfun-ai/stepx-edit2',
    model: 'stepfun-ai/stepx-edit2',
    input: {
      image: hash('input'),
      prompt: `change the background to ${colour}, with ${look}, and keep the subject number ${number} as it is`,
      negative_prompt: 'blurry, noise',
      seed,
      enable_thinking_mode: true,
      enable_reflection_mode: number % 2 === 0,
      output_format: 'png',
    },
    madeFor: graphs[Math.floor(number / 50) % graphs.length]!,
    made: {
      graph: hash(`graph ${Math.floor(number / 50)}`),
      node: 'edit1',
      nodeTitle: nodes[Math.floor(number / 11) % nodes.length]!,
      index: number % 24,
      point: [
        { title: 'Seed sweep', value: String(seed) },
        { title: 'Colour', value: colour },
      ],
    },
    ...(number % 5 === 0 ? { rating: 1 + ((number / 5) % 5) } : {}),
    status: 'done',
    accepted: true,
    requestId: `r-${number}`,
    remoteStatus: 'succeeded',
    queuePosition: null,
    artifacts: [{ sha256, width, height, mediaType: 'image/png', bytes }],
    resultUrls: [],
    note: null,
    error: null,
    price: isPaid ? 0.05 : 0,
    createdAt: at - minute,
    submittedAt: at - minute,
    finishedAt: at,
    seq: number + 1,
  };
}

export type Variant = { file: string; small: string; large: string; width: number; height: number; bytes: number };

export async function makeVariants(folder: string): Promise<Variant[]> {
  mkdirSync(folder, { recursive: true });
  const variants: Variant[] = [];
  for (let number = 0; number < 48; number++) {
    const picture = sharp(join('app/samples', samples[number % samples.length]!))
      .resize({ width: 480 })
      .modulate({
        hue: (number * 31) % 360,
        saturation: 0.6 + (number % 5) * 0.2,
        brightness: 0.8 + (number % 3) * 0.15,
      });
    const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
    const thumbnail = (side: number) =>
      sharp(data).resize(side, side, { fit: 'inside' }).webp({ quality: 82 }).toBuffer();
    const files = {
      file: join(folder, `${number}`),
      small: join(folder, `${number}-small`),
      large: join(folder, `${number}-large`),
    };
    writeFileSync(files.file, data);
    writeFileSync(files.small, await thumbnail(160));
    writeFileSync(files.large, await thumbnail(640));
    variants.push({ ...files, width: info.width, height: info.height, bytes: data.length });
  }
  return variants;
}

export function place(from: string, to: string): void {
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  linkSync(from, to);
}
