import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

const batch = JSON.parse(readFileSync('graphs/templates/batch.json', 'utf8')) as {
  nodes: Record<string, { params: { pictures?: unknown[] } }>;
};
const photographs = Object.values(batch.nodes)
  .flatMap(({ params }) => params.pictures ?? [])
  .slice(0, 2);

const node = (type: string, title: string, x: number, y: number, params: object = {}) => ({
  type,
  title,
  version: 1,
  position: { x, y },
  params,
});
const edge = (from: string, output: string, to: string, input: string) => ({
  from: { node: from, port: output },
  to: { node: to, port: input },
});

const graph = {
  format: 'editloom-graph',
  version: 1,
  title: 'Lists',
  nodes: {
    batch: node('image-batch', 'Photographs', 0, 0, { pictures: photographs }),
    looks: node('prompt-sweep', 'Looks', 0, 320, { prompts: 'make it black and white\nsepia' }),
    edit: node('edit', 'Look', 360, 0, { enable_thinking_mode: false, enable_reflection_mode: false }),
    each: node('collect', 'Each photograph', 720, 0, { over: ['looks'] }),
    all: node('collect', 'All', 720, 440),
    sheet: node('contact-sheet', 'Sheet', 1080, 0, { name: 'sheet' }),
  },
  edges: [
    edge('batch', 'image', 'edit', 'image'),
    edge('looks', 'text', 'edit', 'prompt'),
    edge('edit', 'image', 'each', 'image'),
    edge('edit', 'image', 'all', 'image'),
    edge('all', 'images', 'sheet', 'images'),
  ],
};

test('[S4] what is collected is seen on its card and written as one sheet; no card grows while its pictures arrive', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(JSON.stringify(graph));
  await page.getByRole('button', { name: 'Hide the nodes panel' }).click();
  await editor.fit();
  const all = editor.card('All');
  await expect(all).toContainText('4 pictures · 0 made');
  await expect(editor.card('Sheet')).toContainText('The file will be listed here.');
  const heights = () =>
    page.evaluate(() =>
      ['Look', 'Each photograph', 'All'].map((title) => {
        const cards = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
        return cards.find((card) => card.querySelector('h3')?.textContent === title)?.offsetHeight;
      }),
    );
  const before = await heights();

  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  await expect(all.getByRole('group', { name: 'The list' }).locator('img')).toHaveCount(4);
  await expect(all).not.toContainText('made');
  const each = editor.card('Each photograph');
  await expect(each).toContainText('2 lists, 4 pictures');
  await expect(each.getByRole('group', { name: 'Photographs: Chelsea' }).locator('img')).toHaveCount(2);
  expect(await heights()).toEqual(before);

  await expect(editor.card('Sheet').getByRole('link', { name: 'sheet.png', exact: true })).toBeVisible();
  // The sheet is looked at on its card, small.
  const shown = editor
    .card('Sheet')
    .getByRole('link', { name: /^Open sheet.png/ })
    .locator('img');
  await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
  const sheet = sharp(readFileSync(join(app.data, 'outputs', 'sheet.png')));
  const { width, height } = await sheet.metadata();
  // Columns are looks: the last but one is grey, the last one is brown.
  const colourOf = async (from: number): Promise<number> => {
    const part = { left: Math.round(width * from), top: Math.round(height * 0.7), width: 100, height: 100 };
    const { channels } = await sharp(await sheet.clone().extract(part).png().toBuffer()).stats();
    return channels[0]!.mean - channels[2]!.mean;
  };
  expect(Math.abs(await colourOf(0.45))).toBeLessThan(1);
  expect(await colourOf(0.8)).toBeGreaterThan(10);

  // A small picture leads to the full view.
  await all.getByRole('button', { name: /^3: / }).click();
  await expect(page.getByRole('dialog').getByRole('img').first()).toBeVisible();
});
