import { expect, it } from 'vitest';
import { createDocument, type DraftStorage } from '../../app/document.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain } from '../support/sketch.ts';

function memory(initial: Record<string, unknown> = {}) {
  const entries = new Map(Object.entries(initial));
  const storage: DraftStorage = {
    get: async (name) => entries.get(name),
    set: async (name, value) => void entries.set(name, value),
  };
  return { entries, storage };
}

it('every change is autosaved, and the next start finds it again', async () => {
  const { storage } = memory();
  const first = createDocument(storage, nodeTypes);
  first.open({ title: 'Bakery', graph: chain() });
  first.change({ type: 'setParam', node: 'a', name: 'prompt', value: 'make it blue' });
  expect(first.get().saved.status).toBe('saving');
  await first.flush();
  expect(first.get().saved.status).toBe('saved');

  const next = createDocument(storage, nodeTypes);
  expect(await next.restore()).toMatchObject({ loaded: { title: 'Bakery', notes: [] }, setAside: null });
  expect(next.get().graph.nodes.a!.params.prompt).toBe('make it blue');
  expect(next.get().graph.edges).toEqual(first.get().graph.edges);
});

it('a change that comes while the draft is being written is written too', async () => {
  const written: unknown[] = [];
  let release = (): void => undefined;
  const storage: DraftStorage = {
    get: async () => undefined,
    set: (_, value) => {
      written.push(value);
      return new Promise((resolve) => (release = resolve));
    },
  };
  const document = createDocument(storage, nodeTypes);
  document.open({ title: 'One', graph: chain() });
  const flushed = document.flush();
  document.setTitle('Two');
  release();
  await Promise.resolve();
  await Promise.resolve();
  release();
  await flushed;
  await document.flush();
  expect(written.map((text) => (JSON.parse(text as string) as { title: string }).title)).toEqual(['One', 'Two']);
});

it('flushing when everything is written already, as a hidden page does, does not end the autosave', async () => {
  const { storage, entries } = memory();
  const document = createDocument(storage, nodeTypes);
  await document.flush();
  document.open({ title: 'Later', graph: chain() });
  await document.flush();
  expect(entries.get('draft')).toContain('"Later"');
  expect(document.get().saved.status).toBe('saved');
});

it('a draft that cannot be written is told, with the reason, and written with the next change', async () => {
  let full = true;
  const { storage, entries } = memory();
  const document = createDocument(
    {
      ...storage,
      set: async (name, value) => (full ? Promise.reject(new Error('the disk is full')) : storage.set(name, value)),
    },
    nodeTypes,
  );
  document.open({ title: 'T', graph: chain() });
  await document.flush();
  expect(document.get().saved).toEqual({
    status: 'failed',
    message: 'This graph could not be saved here: the disk is full',
  });
  full = false;
  document.setTitle('T2');
  await document.flush();
  expect(document.get().saved.status).toBe('saved');
  expect(entries.get('draft')).toContain('"T2"');
});

it('an unreadable draft is set aside under a dated name and told, never replaced in silence', async () => {
  const { storage, entries } = memory({ draft: '{"format":"editloom-graph","version":99,"nodes":{}}' });
  const document = createDocument(storage, nodeTypes, () => Date.UTC(2026, 0, 2, 3, 4, 5));
  const { loaded, setAside } = await document.restore();
  expect(loaded).toBeNull();
  expect(setAside).toMatchObject({
    name: 'draft-unreadable-2026-01-02T03-04-05',
    reason: expect.stringContaining('version 99'),
  });
  expect(entries.get('draft-unreadable-2026-01-02T03-04-05')).toBe(
    '{"format":"editloom-graph","version":99,"nodes":{}}',
  );
});

it('at the very first start there is nothing to restore', async () => {
  expect(await createDocument(memory().storage, nodeTypes).restore()).toEqual({ loaded: null, setAside: null });
});

it('opening another graph begins a new history', async () => {
  const { storage } = memory({ draft: writeGraphFile('Old', chain()) });
  const document = createDocument(storage, nodeTypes);
  await document.restore();
  document.change({ type: 'remove', nodes: ['a'] });
  document.open({ title: 'New', graph: chain() });
  document.undo();
  expect(document.get().graph).toEqual(chain());
});
