import type { Page } from 'playwright/test';
import type { Settings } from '../../app/settings-wire.ts';
import { expectNoFaults } from './accessibility.ts';
import { expect, type App } from './app.ts';
import { editorOf } from './editor.ts';
import { coffee, sweepFile, test } from './remote.ts';

/** A graph file: the photograph, and each of these edits behind the one before. */
const chainFile = (...prompts: string[]): string =>
  JSON.stringify({
    format: 'editloom-graph',
    version: 1,
    title: 'Chain',
    nodes: {
      photo: { type: 'load-image', position: { x: 0, y: 0 }, params: { picture: coffee } },
      ...Object.fromEntries(
        prompts.map((prompt, i) => [
          prompt,
          { type: 'edit', title: `Edit ${prompt}`, position: { x: 400 * (i + 1), y: 0 }, params: { seed: 1, prompt } },
        ]),
      ),
    },
    edges: prompts.map((prompt, i) => ({
      from: { node: prompts[i - 1] ?? 'photo', port: 'image' },
      to: { node: prompt, port: 'image' },
    })),
  });

/** Prompts down, seeds across. */
function gridFile(prompts: readonly string[], seeds: number): string {
  const file = JSON.parse(sweepFile('Grid', prompts)) as { nodes: Record<string, unknown>; edges: unknown[] };
  file.nodes['seeds'] = { type: 'seed-sweep', position: { x: 0, y: 640 }, params: { first: 1, count: seeds } };
  file.edges.push({ from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } });
  return JSON.stringify(file);
}

async function change(page: Page, app: App, settings: Partial<Settings>): Promise<void> {
  const reply = await page.request.put(`${app.url}/api/settings`, {
    headers: { 'x-editloom': '1', origin: app.url },
    data: settings,
  });
  expect(reply.ok()).toBe(true);
}

const prices = (page: Page) => page.getByRole('menu', { name: 'Node' });

test('[X10] run to here pays for a node and what it needs, as its menu said before; one more edit is one more', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(chainFile('one', 'two', 'three'));
  await expect(editor.count).toContainText('3 edits · 3 to pay');
  await editor.card('Edit two').getByText('Prompt', { exact: true }).hover();
  await expect(page.getByText('Changing this makes 2 new edits · $0.10')).toBeVisible();
  await editor.card('Edit two').getByRole('button', { name: 'Menu of Edit two' }).click();
  await expect(prices(page)).toContainText('This node: 1 edit, 1 to pay · $0.05');
  await prices(page).getByRole('menuitem', { name: 'Run to here · 2 to pay · $0.10' }).click();
  await expect(editor.count).toContainText('3 edits · 2 already made · 1 to pay');
  expect(remote.submissions.map(({ prompt }) => prompt)).toEqual(['one', 'two']);

  // By keyboard, and only what is left.
  await editor.card('Edit three').click({ position: { x: 60, y: 16 } });
  await page.keyboard.press('Control+Shift+Enter');
  await editor.untilMade();
  expect(remote.submissions.map(({ prompt }) => prompt)).toEqual(['one', 'two', 'three']);

  // The bill of this run is told, and of today, as the service billed it.
  await editor.runBar.getByRole('button', { name: '$0.04 paid' }).click();
  const costs = page.getByRole('dialog', { name: 'What it has cost' });
  await expect(costs).toContainText('This run1 edit · $0.04');
  await expect(costs).toContainText('Today3 edits · $0.12');
  await expect(costs).toContainText('This graph3 edits · $0.12');
  await expectNoFaults(page);
});

test('[X11] corners first, one at a time, and stop after four pictures', async ({ page, app, remote }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await change(page, app, { inFlight: 1 });
  await editor.openGraph(gridFile(['a', 'b', 'c'], 3));
  await expect(editor.count).toContainText('9 edits · 9 to pay');
  await editor.runBar.getByRole('button', { name: 'Order of making' }).click();
  const making = page.getByRole('dialog', { name: 'Order of making' });
  await making.getByRole('radio', { name: /Corners first/ }).check();
  await making.getByRole('radio', { name: /new pictures/ }).check();
  await making.getByRole('textbox', { name: 'New pictures' }).fill('4');
  await expectNoFaults(page);
  await page.keyboard.press('Escape');
  await expect(editor.runBar).toContainText('corners first · stops after 4 pictures');
  await page.keyboard.press('Control+Enter');
  await expect(editor.runBar).toContainText('Stopped after 4 pictures');
  await expect(editor.count).toContainText('9 edits · 4 already made · 5 to pay');
  const made = [...remote.jobs.values()].map(({ prompt, input }) => `${prompt}${(input as { seed: number }).seed}`);
  expect(made).toEqual(['a1', 'a3', 'c1', 'c3']);
});

test('above the limit Run asks, and makes only the first ones when told so', async ({ page, app, remote }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await change(page, app, { askAbove: 2 });
  await page.reload();
  await editor.openGraph(sweepFile('Many', ['one', 'two', 'three', 'four']));
  await expect(editor.count).toContainText('4 edits · 4 to pay');
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('dialog', { name: 'Make 4 new pictures?' });
  await expect(question).toContainText('4 × $0.05 = $0.20');
  await expect(question).toContainText('not known yet: the first pictures will tell');
  await expectNoFaults(page);
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(remote.submissions).toEqual([]);

  await page.keyboard.press('Control+Enter');
  await question.getByRole('button', { name: 'Only the first 2' }).press('Enter');
  await expect(editor.count).toContainText('4 edits · 2 already made · 2 to pay');
  expect(remote.submissions.map(({ prompt }) => prompt)).toEqual(['one', 'two']);
});

test('[M11, M12] a run stops before its budget and asks how to go on; the day’s budget holds whatever a tab wants', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await expect(editor.count).toContainText('to pay');
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByLabel('Budget of a run, in US dollars').fill('0.12');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings).toBeHidden();
  await editor.openGraph(sweepFile('Budget', ['one', 'two', 'three', 'four', 'five']));
  await expect(editor.runBar).toContainText('asks at the budget of $0.12');
  await page.keyboard.press('Control+Enter');
  const held = page.getByRole('dialog', { name: 'The run stopped at its budget' });
  await expect(held).toContainText('This run2 edits · $0.08');
  await expect(held).toContainText('Still to pay3 edits · $0.15');
  await expectNoFaults(page);
  expect(remote.submissions).toHaveLength(2);
  await held.getByRole('button', { name: 'Go on with another $0.12' }).click();
  await expect(held).toContainText('Still to pay1 edit · $0.05');
  expect(remote.submissions).toHaveLength(4);
  await held.getByRole('button', { name: 'Leave it there' }).click();

  await change(page, app, { dayBudget: 0.2, runBudget: null });
  await page.reload();
  await expect(editor.count).toContainText('5 edits · 4 already made · 1 to pay');
  await page.keyboard.press('Control+Enter');
  const day = page.getByRole('dialog', { name: 'Today’s budget is used' });
  await expect(day).toContainText('The budget of today, $0.20, leaves no room for one more edit.');
  await page.keyboard.press('Escape');
  await expect(editor.count).toContainText('1 to pay');
  expect(remote.submissions).toHaveLength(4);
});

test('[X13] more seeds: the price first, then one step that makes just those', async ({ page, app, remote }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(gridFile(['a', 'b'], 1));
  await editor.runBar.getByRole('button', { name: 'Run', exact: true }).click();
  await editor.untilMade();
  await editor.card('Edit').getByRole('button', { name: 'Menu of Edit' }).click();
  await prices(page).getByRole('menuitem', { name: 'Make more seeds…' }).click();
  const more = page.getByRole('dialog', { name: 'Make more seeds' });
  await more.getByRole('textbox', { name: 'How many more' }).fill('2');
  await more.getByRole('button', { name: 'Make 2 more · 4 to pay · $0.20' }).click();
  await expect(editor.count).toContainText('6 edits · 6 already made');
  expect(remote.submissions).toHaveLength(6);
  await page.keyboard.press('Control+z');
  await expect(editor.count).toContainText('2 edits · 2 already made');
});
