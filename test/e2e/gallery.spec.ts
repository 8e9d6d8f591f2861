import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { expectNoFaults } from './accessibility.ts';
import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { editFile, sweepFile, test } from './remote.ts';

/** The service's picture is one that no other test has: noise. */
test.use({
  answer: async ({ token: _ }, provide) => {
    const noise = sharp(randomBytes(60 * 40 * 3), { raw: { width: 60, height: 40, channels: 3 } });
    await provide(await noise.resize(600, 400).png().toBuffer());
  },
});

const looks = ['make it black and white', 'make it sepia', 'blur the background'];

/** One picture that was paid for, then three of another graph that were free. */
async function makeTwoGraphs(page: Page, url: string): Promise<void> {
  const editor = editorOf(page);
  await page.goto(url);
  await editor.openGraph(editFile('Orange cup', { prompt: 'make it orange' }));
  await expect(editor.count).toContainText('1 edit · 1 to pay');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  const { settings } = (await (await page.request.get(`${url}/api/settings`)).json()) as { settings: object };
  await page.request.put(`${url}/api/settings`, {
    data: { ...settings, service: 'offline' },
    headers: { 'x-editloom': '1' },
  });
  await page.reload();
  await editor.openGraph(sweepFile('Cup looks', looks));
  await expect(editor.count).toContainText('3 edits');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
}

const tilesOf = (page: Page) => page.getByRole('grid', { name: 'Pictures' }).getByRole('gridcell');

test('[L1, L3, L4, L7] pictures of two graphs are found, filtered, rated, removed with their price and put back, by keyboard alone', async ({
  page,
  app,
  context,
}) => {
  await makeTwoGraphs(page, app.url);
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
  await page.keyboard.press('p');
  const gallery = page.getByRole('dialog', { name: 'Gallery' });
  const tiles = tilesOf(page);
  await expect(tiles).toHaveCount(4);
  await expect(tiles.nth(0)).toHaveAccessibleName(/of Cup looks/);
  await expect(tiles.nth(3)).toHaveAccessibleName(/^make it orange, of Orange cup, seed 1,/);
  await expect(tiles.nth(3).locator('img')).toHaveJSProperty('complete', true);
  await expectNoFaults(page);

  // Words and filters.
  await page.keyboard.press('Tab');
  await expect(gallery.getByRole('searchbox', { name: 'Search in prompts' })).toBeFocused();
  await page.keyboard.type('SEP make');
  await expect(tiles).toHaveCount(1);
  await expect(tiles).toHaveAccessibleName(/^make it sepia/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('zebra');
  await expect(gallery.getByText('No picture was found')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tiles).toHaveCount(4);
  const ofGraph = gallery.getByRole('group', { name: 'Graph' }).getByRole('checkbox', { name: 'Orange cup 1' });
  await ofGraph.focus();
  await page.keyboard.press('Space');
  await expect(tiles).toHaveCount(1);
  await gallery.getByRole('button', { name: 'Clear all' }).press('Enter');
  await gallery
    .getByRole('group', { name: 'Axis Prompt sweep' })
    .getByRole('checkbox', { name: 'make it sepia 1' })
    .press('Space');
  await expect(tiles).toHaveCount(1);
  await gallery.getByRole('button', { name: 'Clear all' }).press('Enter');
  await expect(tiles).toHaveCount(4);

  // A rating, told to another tab at once.
  const other = await context.newPage();
  await other.goto(app.url);
  await other.getByRole('button', { name: 'Gallery of all pictures' }).click();
  await expect(tilesOf(other)).toHaveCount(4);
  await page.bringToFront();
  await gallery.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('4');
  await expect(tiles.nth(3)).toHaveAccessibleName(/4 stars/);
  await expect(tilesOf(other).nth(3)).toHaveAccessibleName(/4 stars/);
  await other.close();

  // The large view: to the next, how it was made, and back to the same place.
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const large = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Back to the gallery' }) });
  await page.keyboard.press('End');
  await expect(large.getByRole('heading', { name: 'make it orange', exact: true })).toBeVisible();
  await expect(large).toContainText('4 / 4');
  await expect(large.getByRole('complementary', { name: 'How it was made' })).toContainText('$0.04');
  await expectNoFaults(page);
  await page.keyboard.press('Escape');

  // Removed only with its price, and put back.
  await expect(page.getByRole('grid', { name: 'Pictures' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(tiles.nth(3)).toHaveAttribute('aria-selected', 'true');
  await expectNoFaults(page);
  await page.keyboard.press('Delete');
  const question = page.getByRole('dialog', { name: 'Remove 1 picture' });
  await expect(question).toContainText('it was paid for: “make it orange” of “Orange cup” ($0.04)');
  await expect(question.getByRole('button', { name: 'Move to the trash' })).toBeDisabled();
  await question.getByRole('checkbox', { name: 'Remove 1 paid picture, $0.04' }).press('Space');
  const { entries } = (await (
    await page.request.post(`${app.url}/api/gallery`, {
      data: { filter: { words: 'orange' } },
      headers: { 'x-editloom': '1' },
    })
  ).json()) as { entries: { sha256: string }[] };
  const file = join(app.data, 'pictures', entries[0]!.sha256.slice(0, 2), entries[0]!.sha256);
  expect(existsSync(file)).toBe(true);
  await question.getByRole('button', { name: 'Move to the trash' }).press('Enter');
  await expect(tiles).toHaveCount(3);
  await expect(gallery).toContainText('1 picture is in the trash for 30 days.');
  expect(existsSync(file)).toBe(false);
  await gallery.getByRole('button', { name: 'Put back' }).press('Enter');
  await expect(tiles).toHaveCount(4);
  expect(existsSync(file)).toBe(true);

  // Made as narrow as a telephone, nothing comes before it.
  await page.setViewportSize({ width: 390, height: 844 });
  await gallery.getByRole('button', { name: 'Filters' }).click();
  await gallery.getByRole('button', { name: 'Show 4 pictures' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(1);

  // On a telephone nothing hangs over; what was rated stays so.
  await page.reload();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Gallery/ }).click();
  await expect(tiles.nth(3)).toHaveAccessibleName(/4 stars/);
  expect(await gallery.evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(390);
  await gallery.getByRole('button', { name: 'Filters' }).click();
  await gallery.getByRole('group', { name: 'At least: none' }).getByRole('button', { name: '3 stars' }).click();
  await gallery.getByRole('button', { name: 'Show 1 picture' }).click();
  await expect(tiles).toHaveCount(1);
});

test('[L2, L6] new pictures come in at the top, many are chosen with Shift, and go to a zip or into the graph', async ({
  page,
  app,
}) => {
  await makeTwoGraphs(page, app.url);
  await page.getByRole('button', { name: 'Gallery of all pictures' }).click();
  const tiles = tilesOf(page);
  await expect(tiles).toHaveCount(4);
  const input = (await (
    await page.request.get(`${app.url}/api/jobs/${await tiles.nth(0).getAttribute('data-key')}`)
  ).json()) as { service: string; input: Record<string, unknown> };
  const put = await page.request.put(`${app.url}/api/jobs/${'ab'.repeat(32)}`, {
    data: { service: input.service, madeFor: 'From elsewhere', input: { ...input.input, prompt: 'flip it' } },
    headers: { 'x-editloom': '1' },
  });
  expect(put.status()).toBe(200);
  await expect(tiles.nth(0)).toHaveAccessibleName(/^flip it, of From elsewhere/);
  await expect(tiles).toHaveCount(5);

  await page.getByRole('grid', { name: 'Pictures' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowRight');
  const bar = page.getByRole('toolbar', { name: 'Chosen pictures' });
  await expect(bar).toContainText('2 chosen');
  await page.keyboard.press('ControlOrMeta+a');
  await expect(bar).toContainText('5 chosen');
  const download = page.waitForEvent('download');
  await bar.getByRole('button', { name: 'Save as zip' }).click();
  expect((await download).suggestedFilename()).toBe('editloom-pictures.zip');
  await page.getByRole('grid', { name: 'Pictures' }).focus();
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await page.keyboard.press('u');
  await expect(page.getByText('The picture is an input of the graph now.')).toBeVisible();
  await expect(editorOf(page).card('Load image').last()).toBeVisible();
});
