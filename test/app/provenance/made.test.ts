import { describe, expect, it } from 'vitest';
import { HttpError, type Api } from '../../../app/api.ts';
import { againstNow, withSettingsOf } from '../../../app/provenance/against-now.ts';
import { findMade, type Found } from '../../../app/provenance/find-made.ts';
import { pictureNote } from '../../../app/provenance/made-words.ts';
import type { Job } from '../../../app/wire.ts';
import { writeGraphFile } from '../../../graphs/file.ts';
import type { Graph } from '../../../graphs/graph.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain, picture, sketch } from '../../support/sketch.ts';

const SERVICE = 'offline/1/model';
const GRAPH = 'e'.repeat(64);

/** photo → b, once for each of three seeds. */
const swept = (first = 1): Graph =>
  sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first, count: 3 }],
      b: ['edit', { prompt: 'make it sepia' }],
    },
    'photo.image > b.image',
    'seeds.seed > b.seed',
  );

const keyOf = (graph: Graph, node: string, index = 0): string =>
  makePlan(graph, nodeTypes, SERVICE).nodes.get(node)!.tasks[index]!.key!;

function jobOf(key: string, more: Partial<Job> = {}): Job {
  return {
    key,
    service: SERVICE,
    model: 'model',
    input: {
      image: 'a'.repeat(64),
      prompt: 'make it sepia',
      negative_prompt: '',
      seed: 2,
      enable_thinking_mode: true,
      enable_reflection_mode: true,
      output_format: 'jpeg',
    },
    madeFor: 'Shots',
    status: 'done',
    accepted: true,
    requestId: 'r-1',
    remoteStatus: null,
    queuePosition: null,
    artifacts: [picture('d')],
    resultUrls: [],
    note: null,
    error: null,
    price: null,
    createdAt: 1000,
    submittedAt: 1500,
    finishedAt: 9500,
    seq: 1,
    ...more,
  };
}

const made = (node: string, index: number): NonNullable<Job['made']> => ({
  graph: GRAPH,
  node,
  nodeTitle: 'Edit',
  index,
  point: [{ title: 'Seed sweep', value: '2' }],
});

/** A server that knows these jobs and keeps this graph. */
function serverOf(jobs: readonly Job[], graph: Graph | null): { api: Api; nodeTypes: typeof nodeTypes } {
  const gone = () => Promise.reject(new HttpError('There is none.', 404, 'none'));
  const api = {
    job: (key: string) => {
      const job = jobs.find((each) => each.key === key);
      return job ? Promise.resolve(job) : gone();
    },
    graph: () => (graph ? Promise.resolve(writeGraphFile('Shots', graph)) : gone()),
    lookUp: ({ keys }: { keys: string[] }) =>
      Promise.resolve({ jobs: jobs.filter(({ key }) => keys.includes(key)), outputs: [], missingPictures: [] }),
  };
  return { api: api as unknown as Api, nodeTypes };
}

async function found(jobs: readonly Job[], graph: Graph | null, key: string): Promise<Found> {
  return (await findMade(serverOf(jobs, graph), key))!;
}

const open = (graph: Graph, title = 'Shots') => ({ title, graph, nodeTypes });

describe('[V1] how any picture was made', () => {
  it('is found by its key, with the chain of the graph that was kept with it', async () => {
    const [a, b] = [keyOf(chain(), 'a'), keyOf(chain(), 'b')];
    const it = await found([jobOf(a), jobOf(b, { made: made('b', 0) })], chain(), b);
    expect(it.place).toMatchObject({ title: 'Shots', task: { node: 'b', index: 0 } });
    expect(it.provenance.steps.map(({ key, making }) => [key, making?.requestId])).toEqual([
      [a, 'r-1'],
      [b, 'r-1'],
    ]);
    expect(pictureNote(it)).toBe('Made by “Shots”, at Edit (Seed sweep: 2).');
  });

  it('is found at its point even where the number of the point is another one by now', async () => {
    const key = keyOf(swept(), 'b', 1);
    expect((await found([jobOf(key, { made: made('b', 0) })], swept(), key)).place?.task.index).toBe(1);
  });

  it('is the request alone where the graph was not kept, is lost, or makes other keys; and says so', async () => {
    const key = keyOf(chain(), 'b');
    const old = await found([jobOf(key)], chain(), key);
    expect(old.place).toBeNull();
    expect(old.provenance.steps).toMatchObject([{ key, values: { prompt: 'make it sepia', seed: 2 }, inputs: {} }]);
    expect(pictureNote(old)).toMatch(/^Made for “Shots”, before Editloom kept the graph/);
    for (const graph of [null, swept(40)]) {
      const lost = await found([jobOf(key, { made: made('b', 0) })], graph, key);
      expect(lost.place).toBeNull();
      expect(pictureNote(lost)).toMatch(/Its graph was not kept, or cannot be read any more\.$/);
    }
  });

  it('is nothing for a key that nobody knows', async () => {
    expect(await findMade(serverOf([], null), 'f'.repeat(64))).toBeNull();
  });
});

describe('[V5, V6] a picture of the past beside the open graph', () => {
  const key = keyOf(swept(), 'b', 1);
  const past = () => found([jobOf(key, { made: made('b', 1) })], swept(), key);

  it('differs in nothing while the graph makes it', async () => {
    expect(againstNow(await past(), open(swept()))).toEqual({ type: 'compared', index: 1, differences: [] });
    // Its seed is the first one by now.
    expect(againstNow(await past(), open(swept(2)))).toEqual({ type: 'compared', index: 0, differences: [] });
  });

  it('differs in what was changed, and has its key again once the settings are back', async () => {
    const now = swept(40);
    const words = { ...now, nodes: { ...now.nodes, b: { ...now.nodes.b!, params: { prompt: 'make it red' } } } };
    const against = againstNow(await past(), open(words));
    expect(against).toMatchObject({ type: 'compared', differences: [{ name: 'prompt' }, { name: 'seed' }] });
    expect(keyOf(withSettingsOf(await past(), words), 'b', 1)).toBe(key);
  });

  it('is not compared with another graph, nor where its node is gone or broken', async () => {
    expect(againstNow(await past(), open(swept(), 'Other'))).toEqual({ type: 'other-graph', title: 'Shots' });
    expect(againstNow(await past(), open(sketch({ photo: ['load-image'] })))).toEqual({ type: 'node-gone' });
    const broken = sketch({ b: ['edit', { prompt: '' }] });
    expect(againstNow(await past(), open(broken))).toMatchObject({ type: 'broken' });
    expect(keyOf(withSettingsOf(await past(), broken), 'b', 1)).toBe(key);
  });

  it('has its request put back as plain values where the graph was not kept', async () => {
    const lost = await found([jobOf(key, { made: made('b', 1) })], null, key);
    const back = withSettingsOf(lost, swept(40));
    expect(back.nodes.b!.params).toMatchObject({ prompt: 'make it sepia', seed: 2 });
    expect(keyOf(back, 'b')).toBe(key);
    expect(againstNow(lost, open(back))).toMatchObject({ type: 'compared', differences: [] });
  });
});
