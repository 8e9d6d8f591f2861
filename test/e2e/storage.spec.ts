import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expectNoFaults } from './accessibility.ts';
import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { editFile, test } from './remote.ts';

/** The service's picture is one that no other test has: noise. */
test.use({
  answer: async ({ token: _ }, provide) => {
    const noise = sharp(randomBytes(60 * 40 * 3), { raw: { width: 60, height: 40, channels: 3 } });
    await provide(await noise.resize(600, 400).png().toBuffer());
  },
});

const graph = editFile('Orange cup', { prompt: 'make it orange' });

test('a damaged picture is repaired, a paid one is removed only with its price, and comes back from the trash', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(graph);
  await expect(editor.count).toContainText('1 edit · 1 to pay');
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  await editor.untilMade();
  const [job] = (
    await (
      await page.request.get(`${app.url}/api/storage/pictures?group=${encodeURIComponent('result:Orange cup')}`)
    ).json()
  ).pictures as { sha256: string }[];
  const file = join(app.data, 'pictures', job!.sha256.slice(0, 2), job!.sha256);
  const sound = readFileSync(file);
  const damaged = Buffer.from(sound);
  damaged[2000]! ^= 1;
  writeFileSync(file, damaged);

  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Storage/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'Pictures by graph' })).toBeVisible();
  await expectNoFaults(page);
  await dialog.getByRole('button', { name: 'Check all pictures' }).click();
  await expect(dialog.getByRole('list', { name: 'Found' })).toContainText(
    'The picture “make it orange” of “Orange cup” ($0.04) is damaged. It was fetched again from the edit service, which cost nothing.',
  );
  await expect(dialog).toContainText('1 found, 1 repaired');
  expect(readFileSync(file).equals(sound)).toBe(true);

  await dialog.getByRole('checkbox', { name: 'Choose all of Orange cup' }).check();
  await dialog.getByRole('button', { name: 'Remove…' }).click();
  await expect(dialog).toContainText('was paid for: “make it orange” of “Orange cup” ($0.04)');
  await expectNoFaults(page);
  const remove = dialog.getByRole('button', { name: 'Move to the trash' });
  await expect(remove).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'Remove 1 paid picture, $0.04' }).check();
  await remove.click();
  await expect(dialog).toContainText('1 picture moved to the trash');
  expect(existsSync(file)).toBe(false);
  // Behind the dialog: the card is told that its picture is not here.
  await expect(page.getByText('Everything is made')).toHaveCount(0);

  await dialog.getByRole('button', { name: 'Put back', exact: true }).click();
  await expect(dialog).toContainText('1 picture put back');
  expect(readFileSync(file).equals(sound)).toBe(true);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await dialog.evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await expect(editor.runBar.getByText('Everything is made')).toBeVisible();
  expect(remote.submissions).toHaveLength(1);
});
