import { describe, expect, it } from 'vitest';
import { writeGraphFile } from '../../graphs/file.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { createDocument, type DraftStorage } from '../../app/document.ts';
import { embed } from '../../app/embed/embed.ts';
import { createGraphFiles, graphFileName } from '../../app/graph-files.ts';
import { onePixelPng } from '../support/one-pixel.ts';
import { chain, sketch } from '../support/sketch.ts';

function world() {
  const kept = new Map<string, unknown>();
  const storage: DraftStorage = {
    get: async (name) => kept.get(name),
    set: async (name, value) => void kept.set(name, value),
  };
  const document = createDocument(storage, nodeTypes);
  document.open({ title: 'Mine', graph: chain() });
  return { document, files: createGraphFiles({ document, storage, nodeTypes }), kept };
}

const jsonFile = (text: string, name = 'shots.json') => new File([text], name, { type: 'application/json' });
const other = sketch({ words: ['prompt', { text: 'make it red' }] });

describe('opening a graph file', () => {
  it('puts it in place of the open graph, which can be had back', async () => {
    const { document, files } = world();
    const outcome = await files.open(jsonFile(writeGraphFile('Other', other)));
    expect(outcome).toMatchObject({ opened: true, loaded: { title: 'Other', notes: [] } });
    expect(document.get()).toMatchObject({ title: 'Other', graph: other });
    expect(await files.previous()).toMatchObject({ title: 'Mine', graph: chain() });
  });

  it.each([
    ['no JSON', '{"nodes": 5', 'this is no JSON'],
    ['another format', '{"format":"svg"}', 'Expected format "editloom-graph"'],
    ['a newer version', '{"format":"editloom-graph","version":99,"nodes":{}}', 'made by a newer Editloom'],
    ['a fault deep inside', '{"format":"editloom-graph","version":1,"nodes":{"a":{"type":5}}}', 'at nodes.a.type'],
  ])('that holds %s says where the fault is, and leaves the open graph alone', async (_, text, words) => {
    const { document, files } = world();
    const before = document.get();
    const outcome = await files.open(jsonFile(text));
    expect(outcome).toEqual({ opened: false, message: expect.stringContaining(words) });
    expect(outcome).toEqual({ opened: false, message: expect.stringContaining('“shots.json”') });
    expect(document.get()).toBe(before);
  });

  it('reads the graph out of a picture that a graph saved', async () => {
    const { document, files } = world();
    const graph: unknown = JSON.parse(writeGraphFile('From a picture', other));
    const bytes = embed(onePixelPng(), { editloom: 1, provenance: null, graph });
    const outcome = await files.open(new File([bytes as BlobPart], 'saved.png', { type: 'image/png' }));
    expect(outcome.opened).toBe(true);
    expect(document.get()).toMatchObject({ title: 'From a picture', graph: other });
  });

  it('says so when a picture carries no graph', async () => {
    const { files } = world();
    const outcome = await files.open(new File([onePixelPng() as BlobPart], 'holiday.png', { type: 'image/png' }));
    expect(outcome).toEqual({ opened: false, message: expect.stringContaining('carries no graph') });
  });

  it('opens even where the browser keeps nothing', async () => {
    const { document } = world();
    const full: DraftStorage = { get: async () => undefined, set: async () => Promise.reject(new Error('full')) };
    const files = createGraphFiles({ document, storage: full, nodeTypes });
    expect((await files.open(jsonFile(writeGraphFile('Other', other)))).opened).toBe(true);
  });
});

it.each([
  ['Product shots', 'Product shots.editloom.json'],
  ['a/b: "c" <d>?', 'a-b- -c- -d-.editloom.json'],
  ['...', 'Untitled.editloom.json'],
  ['tab\tand\u0000nul', 'tabandnul.editloom.json'],
])('names the file of "%s" so that every system takes it', (title, name) => {
  expect(graphFileName(title)).toBe(name);
});
