import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

const graphFile = (nodes: unknown, edges: unknown = [], version = 1) =>
  JSON.stringify({ format: 'editloom-graph', version, title: 'Dropped', nodes, edges });

test('[F2, F3] what is no graph file, or one of tomorrow, is refused in words and the open graph stays', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  const cards = page.locator('.react-flow__node');
  await expect(cards).not.toHaveCount(0);
  const before = await cards.count();
  await editor.drop('broken.json', 'application/json', '{"format": "editloom-graph", ');
  await expect(page.getByText(/this is no JSON/)).toBeVisible();
  await editor.drop('tomorrow.json', 'application/json', graphFile({}, [], 99));
  await expect(page.getByText(/version 99, made by a newer Editloom/)).toBeVisible();
  await expect(cards).toHaveCount(before);
});

test('[F4, F5] a half-readable graph file is opened, with a list of what was changed or set aside', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  const nodes = {
    a: { type: 'edit', params: { seed: -5, prompt: 'kept' } },
    odd: { type: 'of-tomorrow', params: { x: 1 } },
  };
  await editor.drop(
    'half.json',
    'application/json',
    graphFile(nodes, [{ from: { node: 'gone', port: 'image' }, to: { node: 'a', port: 'image' } }]),
  );
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('there is no node "gone"');
  await expect(dialog).toContainText('of the unknown type "of-tomorrow"');
  await expect(dialog).toContainText('nodes.a.params.seed');
  await page.keyboard.press('Escape');
  await expect(editor.card('Edit').getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('kept');
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
});

test('files that are no pictures are refused by name and reason, and the graph stays as it was', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.startEmpty();
  const png = readFileSync('app/samples/chelsea.png');
  const frames = await sharp(Buffer.alloc(2 * 8 * 8 * 3).fill(255, 8 * 8 * 3), {
    raw: { width: 8, height: 16, channels: 3, pageHeight: 8 },
  })
    .gif()
    .toBuffer();
  for (const [name, type, bytes, words] of [
    ['notes.png', 'image/png', 'just text', /notes\.png.*(not a picture|no picture)/i],
    ['cut.png', 'image/png', png.subarray(0, png.length / 2), /cut\.png/],
    ['drawing.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', /drawing\.svg.*SVG/i],
    ['moving.gif', 'image/gif', frames, /moving\.gif/],
  ] as const) {
    await editor.drop(name, type, bytes);
    await expect(page.getByText(words).first()).toBeVisible();
  }
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
});

test('an unreadable draft is set aside and told, and the editor starts all the same', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.untilSaved();
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('editloom');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('drafts', 'readwrite');
          transaction.objectStore('drafts').put('{"format":"editloom-graph","version":1,"nodes":{"a":{}}}', 'draft');
          transaction.oncomplete = () => resolve();
          transaction.onerror = () => reject(new Error('not written'));
        };
      }),
  );
  await page.goto('about:blank');
  await page.goto(app.url);
  await expect(page.getByRole('dialog')).toContainText(/cannot be read/);
  await expect(page.getByRole('button', { name: /Download/ })).toBeVisible();
});

test('[P2] a sweep of none and linked sweeps of different lengths are told on the node, and nothing can run', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  const nodes = {
    seeds: { type: 'seed-sweep', params: { count: 3 }, link: 'pair' },
    prompts: { type: 'prompt-sweep', position: { x: 0, y: 300 }, params: { prompts: 'a\nb' }, link: 'pair' },
    edit: { type: 'edit', position: { x: 400, y: 0 } },
  };
  const edges = [
    { from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } },
    { from: { node: 'prompts', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
  ];
  await editor.drop('linked.json', 'application/json', graphFile(nodes, edges));
  await expect(editor.card('Prompt sweep')).toContainText('"Seed sweep" has 3, "Prompt sweep" has 2');
  await editor.write('Seed sweep', 'How many', '0');
  await expect(editor.card('Seed sweep')).toContainText('This sweep has no values');
  await expect(editor.runBar.getByRole('button', { name: 'Run' })).toHaveAttribute('aria-disabled', 'true');
});
