import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { embed, extract } from '../../app/embed/embed.ts';
import { expectNoFaults } from './accessibility.ts';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';
import { editFile, sweepFile } from './remote.ts';

function keysIn(dataFolder: string): string[] {
  const book = new Database(join(dataFolder, 'jobs.sqlite'), { readonly: true });
  try {
    return (book.prepare('SELECT key FROM jobs ORDER BY key').all() as { key: string }[]).map(({ key }) => key);
  } finally {
    book.close();
  }
}

/** Saves the picture of the open panel and gives its bytes. */
async function download(page: Page, how: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Download the picture' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: how, exact: true }).click(),
  ]);
  return readFileSync(await file.path());
}

const title = (page: Page) => page.getByRole('textbox', { name: 'Title of the graph' });
const openPicture = (page: Page, card: string) =>
  editorOf(page)
    .card(card)
    .getByRole('button', { name: /^Open the picture/ })
    .click();

test('[V2, V7, V8] a picture saved from the full view brings its graph back at its point with nothing to pay; a plain copy brings nothing', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(sweepFile('Shots', ['sepia', 'make it brighter']));
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  const keys = keysIn(app.data);
  expect(keys).toHaveLength(2);

  await editor
    .card('Edit')
    .getByRole('option', { name: /brighter/ })
    .click();
  await openPicture(page, 'Edit');
  const panel = page.getByRole('complementary', { name: 'How it was made' });
  await panel.getByText('The request as sent').click();
  await expect(panel.getByText('"make it brighter"')).toBeVisible();
  await expect(panel.getByText('image_url')).toBeVisible();
  await expectNoFaults(page);
  const carrying = await download(page, 'Download with its details');
  const plain = await download(page, 'Download without details');
  expect(extract(plain)).toBeNull();
  expect(plain.toString('latin1')).not.toMatch(/editloom|brighter|Exif/);
  expect(await sharp(plain).raw().toBuffer()).toEqual(await sharp(carrying).raw().toBuffer());

  await page.keyboard.press('Escape');
  await editor.startEmpty();
  await editor.drop('plain.jpg', 'image/jpeg', plain);
  await expect(editor.card('Load image')).toBeVisible();
  await editor.drop('saved.jpg', 'image/jpeg', carrying);
  const dialog = page.getByRole('dialog', { name: 'This picture carries the graph that made it' });
  await expect(dialog.getByText('All 2 pictures are here already: nothing is to pay.')).toBeVisible();
  await expect(dialog.getByText('Prompt sweep: make it brighter')).toBeVisible();
  await expectNoFaults(page);
  await expect(dialog.getByRole('button', { name: 'Open its graph' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveValue('Shots');
  await expect(editor.runBar.getByText('Everything is made')).toBeVisible();
  await expect(editor.card('Edit').getByRole('option', { selected: true })).toHaveAccessibleName(/brighter/);
  await page.keyboard.press('Control+Enter');

  // The same by the clipboard, and as a picture.
  await page.evaluate((base64) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], 'pasted.jpg', { type: 'image/jpeg' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }));
  }, carrying.toString('base64'));
  await dialog.getByRole('button', { name: 'Use it as a picture' }).click();
  await expect(page.locator('.react-flow__node').filter({ hasText: 'pasted.jpg' })).toBeVisible();
  await expect(title(page)).toHaveValue('Shots');
  expect(keysIn(app.data)).toEqual(keys);

  // PNG and WebP carry it as well.
  const payload = extract(carrying)!;
  for (const format of ['png', 'webp'] as const) {
    await editor.startEmpty();
    const file = embed(await sharp(plain).toFormat(format).toBuffer(), payload);
    await editor.drop(`saved.${format}`, `image/${format}`, file);
    await expect(dialog.getByText('All 2 pictures are here already: nothing is to pay.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Open its graph' }).press('Enter');
    await expect(title(page)).toHaveValue('Shots');
    await expect(editor.runBar.getByText('Everything is made')).toBeVisible();
    await expect(editor.card('Edit').getByRole('option', { selected: true })).toHaveAccessibleName(/brighter/);
    await page.keyboard.press('Control+Enter');
    expect(keysIn(app.data)).toEqual(keys);
  }
});

test('[V8] what cannot be used is told of, and the picture is taken all the same', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.startEmpty();
  const png = readFileSync('app/samples/coffee.png');
  const chunk = (type: string, data: string): Buffer => {
    const body = Buffer.concat([Buffer.from(type), Buffer.from(data, 'latin1')]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // Nobody checks the sum of a text.
    return Buffer.concat([length, body, Buffer.alloc(4)]);
  };
  const withText = (type: string, data: string) =>
    Buffer.concat([png.subarray(0, 33), chunk(type, data), png.subarray(33)]);
  const cases: [file: string, bytes: Buffer, words: RegExp][] = [
    ['comfy.png', withText('tEXt', 'workflow\0{"nodes":[]}'), /carries how ComfyUI made it/],
    ['torn.png', withText('iTXt', 'editloom\0\x01\0\0\0not deflated'), /are damaged, cut off or larger than 16 MB/],
    ['newer.png', withText('iTXt', 'editloom\0\0\0\0\0{"editloom":7}'), /version 7, written by a newer Editloom/],
  ];
  for (const [file, bytes, words] of cases) {
    await editor.drop(file, 'image/png', bytes);
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.locator('.react-flow__node').filter({ hasText: file })).toBeVisible();
  }
});

test('[V5, V6, V9] earlier settings and takes come back by the keyboard alone, and a picture opens the graph that made it', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const prompt = editor.card('Edit').getByRole('textbox', { name: 'Prompt', exact: true });
  await page.goto(app.url);
  await editor.openGraph(editFile('Shots', { prompt: 'make it sepia', enable_reflection_mode: false }));
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  await prompt.fill('make it much brighter');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => keysIn(app.data).length).toBe(2);
  await editor.untilMade();

  // A new take of the second, from the panel.
  await openPicture(page, 'Edit');
  const panel = page.getByRole('complementary', { name: 'How it was made' });
  await panel.getByRole('button', { name: 'Repeat exactly free' }).click();
  await expect.poll(() => keysIn(app.data).length).toBe(3);
  await expect(panel.getByText('take 2')).toBeVisible();
  await page.keyboard.press('Escape');
  await editor.untilMade();

  await editor.card('Edit').focus();
  await page.keyboard.press('h');
  const history = page.getByRole('dialog', { name: 'Earlier pictures of “Edit”' });
  await expect(history.getByRole('listitem')).toHaveText([/Take 2.*Shown now/, /Take 1/, /Prompt: make it sepia/]);
  await expectNoFaults(page);
  await expect(history.getByRole('button', { name: 'Show this take' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(history).toBeHidden();
  await expect(page.getByText('Take 1 of “Edit” is shown.')).toBeVisible();
  await expect(editor.runBar.getByText('Everything is made')).toBeVisible();
  await page.keyboard.press('h');
  await expect(history.getByRole('listitem')).toHaveText([/Take 2/, /Take 1.*Shown now/, /Prompt: make it sepia/]);
  await page.keyboard.press('ArrowDown');
  await expect(history.getByRole('button', { name: 'Put these settings back' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(prompt).toHaveValue('make it sepia');
  await expect(editor.runBar.getByText('Everything is made')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(prompt).toHaveValue('make it much brighter');

  // What differs is told word by word, and put back as one change.
  await page.keyboard.press('h');
  await history.getByRole('listitem').last().getByRole('button', { name: 'How it was made', exact: true }).click();
  await expect(panel.getByText('What differs from the graph now')).toBeVisible();
  await expect(panel.locator('ins')).toHaveText(['sepia']);
  await expect(panel.getByText('Made by “Shots”, at Edit.')).toBeVisible();
  await expectNoFaults(page);
  await panel.getByRole('button', { name: 'Put these settings back' }).click();
  await expect(prompt).toHaveValue('make it sepia');
  await page.keyboard.press('Control+z');
  await expect(prompt).toHaveValue('make it much brighter');

  // Another graph is open by now: its own is opened, at the card that made it, with a way back.
  await title(page).fill('Other shots');
  await page.keyboard.press('Enter');
  await prompt.fill('something else');
  await editor.card('Edit').focus();
  await page.keyboard.press('h');
  await history.getByRole('listitem').last().getByRole('button', { name: 'How it was made', exact: true }).click();
  await panel.getByRole('button', { name: 'Open the graph that made this' }).click();
  await expect(title(page)).toHaveValue('Shots');
  await expect(prompt).toHaveValue('make it sepia');
  await expect(editor.card('Edit')).toBeFocused();
  await page.getByRole('listitem').filter({ hasText: 'is open now' }).getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveValue('Other shots');
  await expect(prompt).toHaveValue('something else');
  expect(keysIn(app.data)).toHaveLength(3);

  // The same once more, by the graph that made it: a new take of the very same key.
  await editor.card('Edit').focus();
  await page.keyboard.press('h');
  await history.getByRole('listitem').last().getByRole('button', { name: 'How it was made', exact: true }).click();
  await panel.getByRole('button', { name: 'Open its graph and repeat exactly free' }).click();
  await expect(title(page)).toHaveValue('Shots');
  await expect.poll(() => keysIn(app.data).length).toBe(4);
  await editor.untilMade();
  await expect(prompt).toHaveValue('make it sepia');
});
