import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { extract } from '../../app/embed/embed.ts';
import { expectNoFaults } from './accessibility.ts';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

type Manifest = {
  axes: { title: string; values: string[] }[];
  cells: { file?: string; state: string; point: { axis: string; value: string }[]; picture: { sha256: string } }[];
};

/** Chooses a format in the open dialog, exports, and gives back the file. */
async function exported(page: Page, format: string): Promise<{ name: string; bytes: Buffer }> {
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: format }).check({ force: true });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  await expect(dialog).toBeHidden();
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('a grid of three looks and two seeds is exported in every format, and each file is read back', async ({
  page,
  app,
}, info) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  await editor.untilMade();
  const open = async (): Promise<void> => {
    await editor.card('Look').getByRole('heading', { name: 'Look', exact: true }).click();
    await page.keyboard.press('e');
    await expect(page.getByRole('dialog', { name: 'Export' })).toContainText('Look · 6 pictures');
  };

  await open();
  await expect(page.getByRole('img', { name: 'The first page, as it will be' })).toBeVisible();
  await expectNoFaults(page);
  const png = await exported(page, 'Sheet, PNG');
  expect(png.name).toBe('Prompts × seeds - Look.png');
  const { width, height } = await sharp(png.bytes).metadata();
  expect(width).toBeGreaterThan(2 * 320);
  expect(height).toBeGreaterThan(3 * 200);

  await open();
  const pdf = await exported(page, 'Sheet, PDF');
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');

  await open();
  const { cells } = JSON.parse((await exported(page, 'Data, JSON')).bytes.toString()) as Manifest;
  expect(cells.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'made'));

  await open();
  const csv = await exported(page, 'Table, CSV');
  const { data } = Papa.parse<Record<string, string>>(csv.bytes.toString().replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  expect(data.map((row) => [row['axis: Looks'], row['axis: Seeds'], row.prompt, row.seed, row.picture])).toEqual(
    cells.map(({ point, picture }) => [
      point[0]!.value,
      point[1]!.value,
      point[0]!.value,
      point[1]!.value,
      picture.sha256,
    ]),
  );

  await open();
  const zip = unzipSync((await exported(page, 'Pictures, zip')).bytes);
  const manifest = JSON.parse(strFromU8(zip['manifest.json']!)) as Manifest;
  expect(Object.keys(zip).sort()).toEqual(
    ['cells.csv', 'manifest.json', ...manifest.cells.map(({ file }) => file!)].sort(),
  );
  expect(manifest.cells[0]!.file).toBe('pictures/1 - make it warm and add film grain - 1.jpg');
  expect(extract(zip[manifest.cells[0]!.file!]!)?.graph).toMatchObject({ title: 'Prompts × seeds' });

  await open();
  const html = await exported(page, 'Web page');
  const file = info.outputPath('page.html');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(file, html.bytes);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`file://${file}`);
  await expect(page.getByRole('button', { name: /Looks: make it warm/ })).toHaveCount(2);
  await expect(page.getByRole('rowheader')).toHaveText([
    'make it warm and add film grain',
    'make it black and white and add film grain',
    'make it look like golden hour',
  ]);
  await expectNoFaults(page);
  // By keyboard alone: to the first picture, one down, open, one on, and back.
  await page.getByRole('button', { name: /make it warm.*Seeds: 1/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const lightbox = page.getByRole('dialog');
  await expect(lightbox).toContainText('Looks: make it black and white and add film grain · Seeds: 1');
  await expect(lightbox).toContainText('change the background to orange');
  await page.keyboard.press('ArrowRight');
  await expect(lightbox).toContainText('Seeds: 2');
  await page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
});

test('an export says what cannot be exported, remembers what was chosen, and is left with Escape', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await expect(editor.card('Look')).toBeVisible();
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Export/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog).toContainText('6 cells: 6 not made');
  await dialog.getByRole('radio', { name: 'Only made' }).check({ force: true });
  await expect(dialog).toContainText('Nothing of this is made yet');
  await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'Sheet, PDF' }).check({ force: true });
  await dialog.getByRole('radio', { name: 'Letter' }).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('e');
  await expect(dialog.getByRole('radio', { name: 'Letter' })).toBeChecked();
});
