import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodToken, startFaultServer, type FaultServer } from '../support/fault-server.ts';
import { expect, test as base } from './app.ts';
import { editorOf } from './editor.ts';

/** The app before an edit service that costs money. */
const test = base.extend<{ remote: FaultServer }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  remote: async ({}, provide) => {
    const remote = await startFaultServer(readFileSync('app/samples/chelsea.png'));
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

const graphWith = (prompt: string) =>
  JSON.stringify({
    format: 'editloom-graph',
    version: 1,
    title: 'Durable',
    nodes: {
      photo: { type: 'load-image', position: { x: 0, y: 0 }, params: { picture: coffee } },
      edit: { type: 'edit', position: { x: 400, y: 0 }, params: { seed: 1, prompt } },
    },
    edges: [{ from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } }],
  });

test('a job book that was damaged on the disk is told, offered, and nothing that costs money is sent before the user agrees', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.drop('one.json', 'application/json', graphWith('one'));
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  await app.kill();
  const damaged = Buffer.alloc(9000, 'nothing that could be read ');
  for (const name of ['jobs.sqlite', 'jobs.sqlite-wal']) writeFileSync(join(app.data, name), damaged);
  await app.start();
  expect(app.log()).toMatch(/The job book, which remembers every edit that was paid for, could not be used/);

  const notice = page.getByRole('region', { name: 'What was set aside' });
  await expect(notice).toContainText('Part of the job book was lost.');
  await editor.drop('two.json', 'application/json', graphWith('two'));
  await expect(editor.count).toContainText('1 to pay');
  await page.keyboard.press('Control+Enter');
  await expect(editor.card('Edit')).toContainText('Nothing that costs money is sent until you have agreed');
  expect(remote.submissionsOf('two')).toBe(0);

  await notice.getByRole('button', { name: 'What was set aside…' }).click();
  const dialog = page.getByRole('dialog', { name: 'What was set aside' });
  await expect(dialog).toContainText('may be asked for, and paid for, again');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('link', { name: /^Download \(/ }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^jobs\.unreadable-.*\.sqlite$/);
  expect(readFileSync(await file.path()).equals(damaged)).toBe(true);
  await dialog.getByRole('button', { name: 'I agree: edits may be paid for again' }).click();
  await expect(dialog).toBeHidden();
  await expect(notice).toBeHidden();

  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  expect(remote.submissionsOf('two')).toBe(1);
  await page.reload();
  await expect(editor.count).toContainText('already made');
  await expect(notice).toBeHidden();
});

test('a report of a problem is shown whole, copied, and holds neither prompt nor token', async ({
  page,
  app,
  remote,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const refusal = { status: 422, body: { error: 'a very private prompt is not allowed' } };
  remote.behave('a very private prompt', { submits: [{ accepts: false, raw: () => refusal }] });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.drop('private.json', 'application/json', graphWith('a very private prompt'));
  await page.keyboard.press('Control+Enter');
  await editor.card('Edit').getByRole('button', { name: 'Report…' }).click();
  const dialog = page.getByRole('dialog', { name: 'A report of this problem' });
  await expect(dialog.getByLabel('The report')).toContainText('"status": "failed"');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(dialog.getByText('Copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({
    of: 'Editloom',
    node: process.version,
    job: { status: 'failed', http: 422 },
    page: { size: '1440 × 900 at 1' },
  });
  const log = readFileSync(join(app.data, 'logs', 'editloom.log'), 'utf8');
  for (const text of [copied, log]) expect(text).not.toMatch(new RegExp(`private|${goodToken}|${coffee.sha256}`));
});

test('the menu has the report as well', async ({ page, app }) => {
  await page.goto(app.url);
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Report a problem…' }).click();
  await expect(page.getByLabel('The report')).toContainText('"liveJobs": 0');
});
