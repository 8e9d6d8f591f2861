import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodToken } from '../support/fault-server.ts';
import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { coffee, editFile, test } from './remote.ts';

const graphWith = (prompt: string) => editFile(`With ${prompt}`, { prompt });

test('a job book that was damaged on the disk is told, offered, and nothing that costs money is sent before the user agrees', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(graphWith('one'));
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  await app.kill();
  const damaged = Buffer.alloc(9000, 'nothing that could be read ');
  for (const name of ['jobs.sqlite', 'jobs.sqlite-wal']) writeFileSync(join(app.data, name), damaged);
  await app.start();
  expect(app.log()).toMatch(/The job book, which remembers every edit that was paid for, could not be used/);

  const notice = page.getByRole('region', { name: 'What was set aside' });
  await expect(notice).toContainText('Part of the job book was lost.');
  await editor.openGraph(graphWith('two'));
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
  await editor.openGraph(graphWith('a very private prompt'));
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
