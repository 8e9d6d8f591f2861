import { expect, it } from 'vitest';
import { leaveOut, takeIntoBatch } from '../../../app/canvas/batch-intake.ts';
import { createView } from '../../../app/canvas/view.ts';
import { createDocument } from '../../../app/document.ts';
import type { Editor } from '../../../app/editor.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { picture, sketch } from '../../support/sketch.ts';

const INTO = { node: 'batch', field: 'pictures' };

/** A batch with one picture, and uploads that end when the test says so. */
function open() {
  const document = createDocument({ get: async () => undefined, set: async () => undefined }, nodeTypes);
  document.open({ title: 'T', graph: sketch({ batch: ['image-batch', { pictures: [picture('a')] }] }) });
  const view = createView(document, nodeTypes);
  const uploads: { name: string; done: () => void; fail: (message: string) => void }[] = [];
  const api = {
    upload: (_: Blob, name: string, signal: AbortSignal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        uploads.push({
          name,
          done: () => {
            const { name: __, ...artifact } = picture(name[0]);
            resolve(artifact);
          },
          fail: (message) => reject(new Error(message)),
        });
      }),
  };
  const editor = { document, nodeTypes, api } as unknown as Editor;
  return {
    view,
    document,
    uploads,
    take: (...names: string[]) =>
      takeIntoBatch(
        { editor, view },
        INTO,
        names.map((name) => ({ file: new File([], name), path: name })),
      ),
    names: () =>
      (document.get().graph.nodes['batch']!.params['pictures'] as { name: string }[]).map(({ name }) => name),
    intake: () => view.get().intakes.get('batch'),
  };
}

/** Lets what is settled go on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('[A6] pictures come in the order of their files, however the uploads end, as one change', async () => {
  const { take, uploads, names, document, intake } = open();
  const taken = take('b.png', 'c.png', 'd.png', 'e.png', 'f.png');
  await settled();
  expect(uploads.map(({ name }) => name)).toEqual(['b.png', 'c.png', 'd.png', 'e.png']);
  for (const { done } of [...uploads].reverse()) done();
  await settled();
  expect(intake()).toMatchObject({ total: 5, done: 4 });
  expect(names()).toEqual(['a.png']);
  uploads[4]!.done();
  await taken;
  expect(names()).toEqual(['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png']);
  expect(intake()).toBeUndefined();
  document.undo();
  expect(names()).toEqual(['a.png']);
});

it('[A6] what fails is kept with its reason, to be tried again or left out; the others are taken', async () => {
  const { take, uploads, names, view, intake } = open();
  const taken = take('b.png', 'c.png');
  await settled();
  uploads[0]!.fail('b.png was not taken: it is no picture.');
  uploads[1]!.done();
  await taken;
  expect(names()).toEqual(['a.png', 'c.png']);
  expect(intake()).toMatchObject({ stop: null, failed: [{ name: 'b.png', message: 'it is no picture.' }] });
  leaveOut(view, 'batch');
  expect(intake()).toBeUndefined();
});

it('Stop keeps what was taken until then', async () => {
  const { take, uploads, names, intake } = open();
  const taken = take('b.png', 'c.png', 'd.png', 'e.png', 'f.png');
  await settled();
  uploads[1]!.done();
  await settled();
  intake()!.stop!();
  await taken;
  expect(names()).toEqual(['a.png', 'c.png']);
  expect(intake()).toBeUndefined();
});

it('a second list waits for the first', async () => {
  const { take, uploads, names } = open();
  const both = Promise.all([take('b.png'), take('c.png')]);
  await settled();
  expect(uploads.map(({ name }) => name)).toEqual(['b.png']);
  uploads[0]!.done();
  await settled();
  uploads[1]!.done();
  await both;
  expect(names()).toEqual(['a.png', 'b.png', 'c.png']);
});

it('a node that is deleted meanwhile takes nothing, and nothing more is uploaded', async () => {
  const { take, uploads, document, view } = open();
  const taken = take('b.png', 'c.png', 'd.png', 'e.png', 'f.png');
  await settled();
  document.change({ type: 'remove', nodes: ['batch'] });
  uploads[0]!.done();
  await taken;
  expect(uploads).toHaveLength(4);
  expect(view.get().intakes.size).toBe(0);
});

it('pictures on their way into a batch do not come into a node of the same name in a graph that was opened meanwhile', async () => {
  const { take, uploads, names, view, document, intake } = open();
  view.follow();
  const taken = Promise.all([take('b.png', 'c.png'), take('d.png')]);
  await settled();
  uploads[0]!.done();
  await settled();
  document.open({ title: 'U', graph: sketch({ batch: ['image-batch', { pictures: [picture('z')] }] }) });
  uploads[1]!.done();
  await taken;
  expect(names()).toEqual(['z.png']);
  expect(uploads).toHaveLength(2);
  expect(intake()).toBeUndefined();
});
