import { expect, it } from 'vitest';
import { writeGraphFile } from '../../graphs/file.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { createDocument, type DraftStorage } from '../../app/document.ts';
import { startUp } from '../../app/start-up.ts';
import { chain, sketch } from '../support/sketch.ts';

const firstGraph = async () => ({ title: 'First', graph: chain(), notes: [] });

async function start(draft: unknown, failing = false) {
  const kept = new Map<string, unknown>([['draft', draft]]);
  const storage: DraftStorage = {
    get: async (name) => (failing ? Promise.reject(new Error('Forbidden.')) : kept.get(name)),
    set: async (name, value) => void kept.set(name, value),
  };
  const document = createDocument(storage, nodeTypes, () => 0);
  const notice = await startUp({ document, firstGraph });
  return { notice, title: document.get().title, kept, document };
}

it('opens a template at the very first start', async () => {
  expect(await start(undefined)).toMatchObject({ notice: null, title: 'First' });
});

it('opens the draft of last time, also an empty one', async () => {
  expect(await start(writeGraphFile('Mine', chain()))).toMatchObject({ notice: null, title: 'Mine' });
  expect(await start(writeGraphFile('Empty', sketch({})))).toMatchObject({ notice: null, title: 'Empty' });
});

it('tells what of the draft could not be taken as it is', async () => {
  const { notice } = await start(writeGraphFile('Mine', sketch({ a: ['of-tomorrow'] })));
  expect(notice).toEqual({ type: 'draft-changed', notes: [expect.stringContaining('of-tomorrow')] });
});

it('sets an unreadable draft aside with its text, and opens no template over it', async () => {
  const { notice, title, kept } = await start('{"broken');
  expect(notice).toMatchObject({ type: 'draft-set-aside', text: '{"broken' });
  expect(title).toBe('Untitled');
  expect(kept.get('draft-unreadable-1970-01-01T00-00-00')).toBe('{"broken');
});

it('a draft that cannot be read is not written over: a template is shown, nothing is saved, and that is said', async () => {
  const { notice, title, kept, document } = await start(writeGraphFile('Mine', chain()), true);
  expect({ notice, title }).toEqual({ notice: { type: 'not-saving' }, title: 'First' });
  expect(document.get().saved).toEqual({ status: 'off', why: 'unread', message: 'Forbidden.' });
  expect(document.isAtRisk()).toBe(false);
  document.setTitle('Drawn meanwhile');
  await document.flush();
  expect(document.isAtRisk()).toBe(true);
  expect(kept.get('draft')).toContain('"Mine"');
});
