import type { Page } from 'playwright/test';
import type { FaultServer } from '../support/fault-server.ts';
import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { sweepFile, test } from './remote.ts';

const sweepOf = (...prompts: string[]) => sweepFile('Lost', prompts);

const idOf = (remote: FaultServer, prompt: string): string =>
  [...remote.jobs.values()].find((job) => job.prompt === prompt)!.id;

async function pressed(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name });
  await button.focus();
  await page.keyboard.press('Enter');
}

test('[M4] three lost answers, by keyboard: one is looked for by its id, one is forgotten, one is made anew; the rest did not wait', async ({
  page,
  app,
  remote,
}) => {
  for (const prompt of ['found', 'forgotten', 'again'])
    remote.behave(prompt, { submits: [{ accepts: true, cut: true }] });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(sweepOf('found', 'forgotten', 'again', 'quick'));
  await expect(editor.count).toContainText('4 edits · 4 to pay');
  await page.keyboard.press('Control+Enter');
  const points = editor.card('Edit').getByRole('option');
  await expect(points.nth(3)).toHaveAccessibleName(/: quick: Done/);
  for (const i of [0, 1, 2]) await expect(points.nth(i)).toHaveAccessibleName(/Outcome unknown/);
  await expect(editor.count).toContainText('4 edits · 1 already made');

  // A reload changes nothing of it, and Run asks for nothing.
  await page.reload();
  const alarm = editor.runBar.getByRole('button', { name: '3 edits have an unknown outcome' });
  await expect(alarm).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Nothing was run: 3 edits have an unknown outcome/)).toBeVisible();

  await alarm.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'What became of these edits?' });
  await expect(dialog.getByRole('listitem')).toHaveCount(3);
  await expect(dialog).toContainText('3 edits to pay, 3 × $0.05 = $0.15');
  const row = (prompt: string) => dialog.getByRole('listitem').filter({ has: page.getByText(prompt, { exact: true }) });
  await expect(row('found')).toContainText(/Seed 1 · sent \d\d:\d\d:\d\d to 127\.0\.0\.1.* · “Lost”/);

  // An id that belongs to another edit is refused, the right one brings the picture.
  const field = row('found').getByRole('textbox');
  await field.focus();
  await page.keyboard.type(idOf(remote, 'quick'));
  await page.keyboard.press('Enter');
  await expect(row('found').getByRole('alert')).toContainText('belongs to another edit');
  await field.fill(idOf(remote, 'again'));
  await page.keyboard.press('Enter');
  await expect(row('found').getByRole('alert')).toContainText('its prompt is “again”');
  await field.fill(idOf(remote, 'found'));
  await page.keyboard.press('Enter');
  await expect(row('found')).toContainText('its picture is here');
  expect(remote.submissions).toHaveLength(4);

  await row('again').getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await pressed(page, 'Forget 1');
  await expect(row('forgotten')).toContainText('Forgotten');
  await row('again').getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await expect(dialog).toContainText('1 edit to pay, $0.05');
  await pressed(page, 'New take of 1');
  await expect(dialog).toBeHidden();

  await expect(points.nth(0)).toHaveAccessibleName(/: found: Done/);
  await expect(points.nth(2)).toHaveAccessibleName(/: again: Done/);
  await expect(points.nth(1)).toHaveAccessibleName(/: forgotten: Not made/);
  await expect(editor.count).toContainText('4 edits · 3 already made · 1 forgotten');
  expect(['found', 'forgotten', 'again', 'quick'].map(remote.submissionsOf)).toEqual([1, 1, 2, 1]);

  // Neither Run nor a killed server asks for the forgotten one; a new take does, and says that it pays.
  await page.keyboard.press('Control+Enter');
  await app.kill();
  await app.start();
  await page.reload();
  await expect(editor.count).toContainText('4 edits · 3 already made · 1 forgotten');
  expect(remote.submissionsOf('forgotten')).toBe(1);
  await points.nth(1).click();
  await editor.card('Edit').getByRole('button', { name: 'New take $0.05' }).click();
  await editor.untilMade();
  expect(['found', 'forgotten', 'again', 'quick'].map(remote.submissionsOf)).toEqual([1, 2, 2, 1]);
});

test('[X5, M8] after Stop a new run begins at once, and joins what is still being made; a reload in mid-run says what waits', async ({
  page,
  app,
  remote,
}) => {
  remote.behave('slow', { life: ['in_progress', 'succeeded'], endHeld: true });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(sweepOf('slow', 'other'));
  const run = editor.runBar.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  const points = editor.card('Edit').getByRole('option');
  await expect(points.nth(0)).toHaveAccessibleName(/Being made/);
  await expect(points.nth(1)).toHaveAccessibleName(/Done/);
  await editor.runBar.getByRole('button', { name: 'Stop' }).click();
  await expect(editor.runBar).toContainText('Stopped. The one begun already arrives by itself');
  await expect(points.nth(0)).toHaveAccessibleName(/Being made/);
  await run.click();
  await expect(editor.runBar.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(points.nth(0)).toHaveAccessibleName(/Being made/);

  await editor.card('Prompt sweep').getByRole('textbox').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nlater');
  await page.keyboard.press('Escape');
  await editor.untilSaved();
  await page.reload();
  await expect(editor.runBar).toContainText('The run was cut off: 1 arrives by itself, Run goes on with the rest');
  remote.letGo('slow');
  await expect(points.nth(0)).toHaveAccessibleName(/Done/);
  expect(['slow', 'other', 'later'].map(remote.submissionsOf)).toEqual([1, 1, 0]);
  await run.click();
  await editor.untilMade();
  expect(['slow', 'other', 'later'].map(remote.submissionsOf)).toEqual([1, 1, 1]);
});
