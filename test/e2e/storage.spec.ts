import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { goodToken, startFaultServer, type FaultServer } from '../support/fault-server.ts';
import { expectNoFaults } from './accessibility.ts';
import { expect, test as base } from './app.ts';
import { editorOf } from './editor.ts';

/** The app with an edit service that costs money and makes a picture of its own. */
const test = base.extend<{ remote: FaultServer }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  remote: async ({}, provide) => {
    const noise = sharp(randomBytes(60 * 40 * 3), { raw: { width: 60, height: 40, channels: 3 } });
    const remote = await startFaultServer(await noise.resize(600, 400).png().toBuffer());
    await provide(remote);
    await remote.close();
  },
  env: async ({ remote }, provide) => {
    await provide({ EDITLOOM_BASE_URL: remote.url, RUNCOMFY_API_TOKEN: goodToken });
  },
});

const coffee = {
  sha256: 'cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7',
  width: 600,
  height: 400,
  mediaType: 'image/png',
  bytes: 466706,
  name: 'coffee.png',
};
const graph = JSON.stringify({
  format: 'editloom-graph',
  version: 1,
  title: 'Orange cup',
  nodes: {
    photo: { type: 'load-image', position: { x: 0, y: 0 }, params: { picture: coffee } },
    edit: { type: 'edit', position: { x: 400, y: 0 }, params: { seed: 1, prompt: 'make it orange' } },
  },
  edges: [{ from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } }],
});

test('a damaged picture is repaired, a paid one is removed only with its price, and comes back from the trash', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.drop('orange.json', 'application/json', graph);
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
  await expect(dialog).toContainText('1 of them was paid for: “make it orange” of “Orange cup” ($0.04)');
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
