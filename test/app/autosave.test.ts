import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDocument, type DraftStorage } from '../../app/document.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain } from '../support/sketch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A storage whose writes end when the test says so, and whose reads and writes can fail. */
function world(draft?: string) {
  const entries = new Map<string, unknown>(draft === undefined ? [] : [['draft', draft]]);
  const written: string[] = [];
  let attempts = 0;
  const faults = { read: false, write: false };
  let hold = false;
  let release = (): void => undefined;
  const storage: DraftStorage = {
    async get(name) {
      if (faults.read) throw new Error('The read failed.');
      return entries.get(name);
    },
    async set(name, value) {
      attempts++;
      if (faults.write) throw new Error('The disk is full.');
      if (hold) await new Promise<void>((resolve) => (release = resolve));
      entries.set(name, value);
      if (name === 'draft') written.push((JSON.parse(value as string) as { title: string }).title);
    },
  };
  const document = createDocument(storage, nodeTypes, () => Date.now());
  return {
    entries,
    written,
    faults,
    document,
    holdWrites: () => void (hold = true),
    release: () => {
      hold = false;
      release();
    },
    attempts: () => attempts,
    status: () => document.get().saved.status,
  };
}

it('changes are gathered for a moment and written in their order, the newest last', async () => {
  const { document, written, status } = world();
  document.setTitle('a');
  document.setTitle('b');
  expect(status()).toBe('saving');
  await vi.advanceTimersByTimeAsync(1000);
  document.setTitle('c');
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual(['b', 'c']);
  expect(status()).toBe('saved');
});

it('a failed write is tried again by itself, more and more rarely, until it is written', async () => {
  const { document, written, faults, status, attempts } = world();
  faults.write = true;
  document.setTitle('kept');
  await vi.advanceTimersByTimeAsync(200);
  expect(document.get().saved).toEqual({
    status: 'failed',
    message: 'This graph could not be saved here: The disk is full.',
  });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(status()).toBe('failed');
  // After 0.2 s, then 1, 2, 4, 8, 16, 30 and 30 s later.
  expect(attempts()).toBe(8);
  faults.write = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(written).toEqual(['kept']);
  expect(status()).toBe('saved');
});

it('leaving the page is asked about only while something would be lost with it', async () => {
  const { document, faults, holdWrites, release } = world();
  expect(document.isAtRisk()).toBe(false);
  document.setTitle('a moment ago');
  expect(document.isAtRisk()).toBe(false);
  faults.write = true;
  await vi.advanceTimersByTimeAsync(300);
  expect(document.isAtRisk()).toBe(true);
  faults.write = false;
  await document.flush();
  expect(document.isAtRisk()).toBe(false);
  holdWrites();
  document.setTitle('a write that does not end');
  await vi.advanceTimersByTimeAsync(5000);
  expect(document.isAtRisk()).toBe(true);
  release();
  await document.flush();
  expect(document.isAtRisk()).toBe(false);
});

it('a draft that cannot be read for a moment is read all the same', async () => {
  const { document, faults } = world(writeGraphFile('Mine', chain()));
  faults.read = true;
  const restoring = document.restore();
  await vi.advanceTimersByTimeAsync(100);
  faults.read = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect((await restoring).loaded?.title).toBe('Mine');
});

it('while a draft cannot be read nothing is written; trying again opens it, and keeps what was drawn meanwhile', async () => {
  const { document, faults, entries } = world(writeGraphFile('Mine', chain()));
  faults.read = true;
  const restoring = document.restore().catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await restoring).toBe('The read failed.');
  document.open({ title: 'Meanwhile', graph: chain() });
  document.change({ type: 'setTitle', node: 'a', title: 'Drawn' });
  await document.flush();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(entries.get('draft')).toBe(writeGraphFile('Mine', chain()));
  expect(document.isAtRisk()).toBe(true);

  faults.read = false;
  await document.restore();
  expect(document.get()).toMatchObject({ title: 'Mine', saved: { status: 'saved' } });
  expect(entries.get('previous')).toContain('"Meanwhile"');
  expect(document.isAtRisk()).toBe(false);
});

it('a draft is given up only when the user says so', async () => {
  const { document, faults, written } = world(writeGraphFile('Mine', chain()));
  faults.read = true;
  const restoring = document.restore().catch(() => null);
  await vi.advanceTimersByTimeAsync(2000);
  await restoring;
  document.setTitle('Anew');
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual([]);
  document.beginAnew();
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual(['Anew']);
});

it('where neither reading nor writing works, that is what is said', async () => {
  const { document, faults } = world();
  faults.read = true;
  faults.write = true;
  const restoring = document.restore().catch(() => null);
  await vi.advanceTimersByTimeAsync(2000);
  await restoring;
  expect(document.get().saved).toEqual({ status: 'off', why: 'no-storage', message: 'The read failed.' });
});

it('unreadable drafts of the same second get names of their own, and the empty graph takes their place', async () => {
  vi.setSystemTime(Date.UTC(2026, 0, 2, 3, 4, 5));
  const { document, entries } = world('first');
  await document.restore();
  await document.flush();
  expect(entries.get('draft')).toContain('"Untitled"');
  entries.set('draft', 'second');
  await document.restore();
  expect(entries.get('draft-unreadable-2026-01-02T03-04-05')).toBe('first');
  expect(entries.get('draft-unreadable-2026-01-02T03-04-05-2')).toBe('second');
});

it('an unreadable draft that cannot be set aside is not written over', async () => {
  const { document, entries, faults, status } = world('broken');
  faults.write = true;
  await expect(document.restore()).rejects.toThrow('The disk is full.');
  expect(status()).toBe('off');
  faults.write = false;
  document.setTitle('new');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(entries.get('draft')).toBe('broken');
});
