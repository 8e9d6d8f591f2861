import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import sharp from 'sharp';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

/** Mean of a patch at the top left, where the photograph has background only. */
async function cornerOf(bytes: Uint8Array): Promise<{ r: number; g: number; b: number }> {
  // stats() looks at the whole of what it was given, whatever is extracted before.
  const corner = await sharp(bytes).extract({ left: 4, top: 4, width: 24, height: 24 }).png().toBuffer();
  const { channels } = await sharp(corner).stats();
  return { r: channels[0]!.mean, g: channels[1]!.mean, b: channels[2]!.mean };
}

/** The largest difference between the channels of any pixel, after JPEG's own rounding. */
async function colourfulness(bytes: Uint8Array): Promise<number> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  let most = 0;
  for (let i = 0; i < data.length; i += info.channels)
    most = Math.max(most, Math.abs(data[i]! - data[i + 1]!), Math.abs(data[i + 1]! - data[i + 2]!));
  return most;
}

function jobsIn(dataFolder: string): number {
  const book = new Database(join(dataFolder, 'jobs.sqlite'), { readonly: true });
  try {
    return (book.prepare('SELECT count(*) AS n FROM jobs').get() as { n: number }).n;
  } finally {
    book.close();
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('[M1, M9, A1, A5] a photograph becomes a swept chain of edits, saved, and nothing is made twice', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const submitted: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT' && request.url().includes('/api/jobs/')) submitted.push(request.url());
  });
  await page.goto(app.url);
  await editor.startEmpty();

  await editor.add('Load image', 420, 90);
  await editor.add('Edit', 760, 90);
  await editor.rename('Edit', 'Orange');
  await editor.add('Edit', 1100, 90);
  await editor.rename('Edit', 'Grey');
  await editor.add('Seed sweep', 420, 560);
  await editor.add('Prompt sweep', 760, 560);
  await editor.add('Save', 1100, 560);
  await editor.fit();

  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    editor.card('Load image').getByLabel('Choose a picture').click(),
  ]);
  await chooser.setFiles('app/samples/coffee.png');
  await expect(editor.card('Load image').getByText('600 × 400')).toBeVisible();
  await editor.fit();

  await editor.connect(['Load image', 'image'], ['Orange', 'image']);
  await editor.connect(['Orange', 'image'], ['Grey', 'image']);
  await editor.connect(['Grey', 'image'], ['Save', 'image']);
  await editor.write('Orange', 'Prompt', 'change background to orange');
  await editor.write('Orange', 'Seed', '7');
  await editor.write('Grey', 'Prompt', 'make it black and white');
  await expect(editor.count).toContainText('2 edits · 2 to make · 1 file to save');

  await editor.write('Seed sweep', 'How many', '3');
  await editor.write(
    'Prompt sweep',
    'Prompts, one per line',
    'make it black and white\nmake it black and white and flip it horizontally',
  );
  await editor.connect(['Seed sweep', 'seed'], ['Grey', 'seed']);
  await editor.connect(['Prompt sweep', 'text'], ['Grey', 'prompt']);
  await expect(editor.count).toContainText('7 edits · 7 to make · 6 files to save');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  expect(submitted).toHaveLength(7);
  expect(jobsIn(app.data)).toBe(7);

  const shown = await editor
    .card('Orange')
    .getByRole('button', { name: /^Open the picture/ })
    .locator('img')
    .first()
    .getAttribute('src');
  const orange = new Uint8Array(await (await page.request.get(new URL(shown!.split('?')[0]!, app.url).href)).body());
  const corner = await cornerOf(orange);
  expect(corner.r).toBeGreaterThan(190);
  expect(corner.g).toBeGreaterThan(90);
  expect(corner.g).toBeLessThan(200);
  expect(corner.b).toBeLessThan(70);

  const files = filesBelow(join(app.data, 'outputs'));
  expect(files).toHaveLength(6);
  for (const file of files) expect(await colourfulness(readFileSync(file))).toBeLessThanOrEqual(6);
  const different = new Set(
    await Promise.all(files.map(async (file) => (await sharp(file).raw().toBuffer()).toString('base64'))),
  );
  expect(different.size).toBe(6);
  await expect(editor.card('Save').getByRole('link')).toHaveCount(6);

  await editor.untilSaved();
  await page.reload();
  await expect(editor.count).toContainText('7 edits · 7 already made');
  await expect(
    editor
      .card('Grey')
      .getByRole('button', { name: /^Open the picture/ })
      .locator('img')
      .first(),
  ).toBeVisible();
  expect(submitted).toHaveLength(7);
  expect(jobsIn(app.data)).toBe(7);

  await editor.write('Seed sweep', 'How many', '4');
  await expect(editor.count).toContainText('9 edits · 7 already made · 2 to make · 2 files to save');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  expect(submitted).toHaveLength(9);
  expect(jobsIn(app.data)).toBe(9);
});
