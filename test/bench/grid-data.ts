import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'libsql';
import { edgeId, type Graph, type GraphNode } from '../../graphs/graph.ts';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { openJobBook } from '../../app/server/job-book.ts';
import { editInputSchema, type Job } from '../../app/wire.ts';
import { coffee } from '../e2e/remote.ts';
import { makeVariants, place, type Variant } from './gallery-data.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** One photograph, so many prompts and so many seeds. */
export function gridGraph(prompts: number, seeds: number): Graph {
  const things = ['a mug', 'a lamp', 'a chair', 'a vase', 'a clock'];
  const lines = Array.from(
    { length: prompts },
    (_, i) => `put ${things[i % things.length]} number ${i} beside it and keep the rest of the photograph as it is`,
  );
  const node = (id: string, type: string, x: number, y: number, params: GraphNode['params']): GraphNode => ({
    id,
    type,
    version: 1,
    position: { x, y },
    params,
  });
  const wires = [
    ['photo', 'image', 'image'],
    ['prompts', 'text', 'prompt'],
    ['seeds', 'seed', 'seed'],
  ] as const;
  const edges = wires.map(([from, port, to]) => ({
    id: edgeId({ node: 'edit', port: to }),
    from: { node: from, port },
    to: { node: 'edit', port: to },
  }));
  return {
    nodes: {
      photo: node('photo', 'load-image', 0, 0, { picture: coffee }),
      prompts: node('prompts', 'prompt-sweep', 0, 400, { prompts: lines.join('\n') }),
      seeds: node('seeds', 'seed-sweep', 0, 800, { first: 1, count: seeds }),
      edit: node('edit', 'edit', 420, 0, { seed: 1 }),
    },
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
    takes: {},
  };
}

/** A data folder in which every edit of the graph is made, each with a picture and thumbnails of its own name. */
export async function fillGrid(data: string, graph: Graph, service: string): Promise<void> {
  const variants = await makeVariants(join(data, 'variants'));
  const tasks = makePlan(graph, nodeTypes, service).nodes.get('edit')!.tasks;
  const folder = join(data, 'pictures');
  openJobBook(join(data, 'jobs.sqlite')).close();
  const book = new Database(join(data, 'jobs.sqlite'));
  const insert = book.prepare('INSERT INTO jobs (key, seq, status, job) VALUES (?, ?, ?, ?)');
  book.exec('BEGIN');
  tasks.forEach(({ key, known }, number) => {
    const variant = variants[number % variants.length]!;
    const sha256 = hash(`cell ${number}`);
    place(variant.file, join(folder, sha256.slice(0, 2), sha256));
    for (const size of ['small', 'large'] as const)
      place(variant[size], join(folder, 'thumbnails', size, sha256.slice(0, 2), `${sha256}.webp`));
    const input = editInputSchema.parse({ ...known, image: coffee.sha256 });
    const job = jobOf({ key: key!, service, input, sha256, variant, number });
    insert.run(job.key, job.seq, job.status, JSON.stringify(job));
  });
  book.exec('COMMIT');
  book.close();
}

function jobOf(of: {
  key: string;
  service: string;
  input: Job['input'];
  sha256: string;
  variant: Variant;
  number: number;
}): Job {
  const { key, service, input, sha256, variant, number } = of;
  const { width, height, bytes } = variant;
  const at = 1_700_000_000_000 + number * 1000;
  return {
    key,
    service,
    model: 'stepfun-ai/stepx-edit2',
    input,
    ...(number % 7 === 0 ? { rating: 1 + (number % 5) } : {}),
    status: 'done',
    accepted: true,
    requestId: `r-${number}`,
    remoteStatus: 'succeeded',
    queuePosition: null,
    artifacts: [{ sha256, width, height, mediaType: 'image/png', bytes }],
    resultUrls: [],
    note: null,
    error: null,
    price: 0,
    createdAt: at,
    submittedAt: at,
    finishedAt: at + 900,
    seq: number + 1,
  };
}
