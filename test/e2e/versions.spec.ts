import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { expectNoFaults } from './accessibility.ts';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';
import { coffee, editFile } from './remote.ts';

const graphFile = (title: string, prompt: string) => editFile(title, { prompt, enable_reflection_mode: false });

async function leaveFields(page: Page): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 12, y: 300 } });
}

test('[R1, R3] a run keeps a version, which the keyboard alone finds and restores; undo brings back what was there', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const dialog = page.getByRole('dialog', { name: 'Versions' });
  const title = page.getByRole('textbox', { name: 'Title of the graph' });
  const prompt = editor.card('Edit').getByRole('textbox', { name: 'Prompt', exact: true });
  await page.goto(app.url);
  await editor.drop('shots.json', 'application/json', graphFile('Shots', 'sepia'));
  await expect(prompt).toHaveValue('sepia');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  await editor.write('Edit', 'Prompt', 'make it brighter');
  await title.fill('Other shots');
  await page.keyboard.press('Enter');
  await leaveFields(page);

  await page.keyboard.press('v');
  const kept = dialog.getByRole('option', { name: /^Run/ });
  await expect(kept).toHaveAttribute('aria-selected', 'true');
  await expect(dialog.getByRole('listbox')).toBeFocused();
  await expect(dialog.getByRole('list')).toHaveText(['Titled “Shots”Prompt of Edit changed to “sepia”']);
  const made = kept.locator('img');
  await expect(made).toHaveCount(1);
  expect(await made.getAttribute('src')).not.toContain(coffee.sha256);
  await expect.poll(() => made.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(prompt).toHaveValue('sepia');
  await expect(title).toHaveValue('Shots');
  await expect(editor.runBar.getByText('Everything is made')).toBeVisible();

  await page.keyboard.press('Control+z');
  await expect(prompt).toHaveValue('make it brighter');
  await expect(title).toHaveValue('Other shots');
  await page.keyboard.press('Control+y');
  await expect(prompt).toHaveValue('sepia');
  await expect(title).toHaveValue('Shots');

  // What was open before is a version too, and so is the first graph, which was opened over.
  await page.keyboard.press('v');
  await expect(dialog.getByRole('option')).toHaveText([/Before a version was restored.*brighter/, /^Run/]);
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByText('The graph that is open now is the same.')).toBeVisible();
  await dialog.getByText('All graphs').click();
  await expect(dialog.getByRole('option').last()).toContainText('Before another graph was opened');
});

test('[R1, R4, R6] a version kept under a name survives a reload; what is deleted can be had back; what cannot be read is offered', async ({
  page,
  app,
  context,
}) => {
  const editor = editorOf(page);
  const dialog = page.getByRole('dialog');
  const options = dialog.getByRole('option');
  await page.goto(app.url);
  await editor.openGraph(graphFile('Shots', 'sepia'));
  await page.keyboard.press('Control+Shift+s');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Before the meeting');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await editor.write('Edit', 'Prompt', 'make it warm');
  await leaveFields(page);
  await editor.untilSaved();
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const put = (database: string, store: string, entries: [string, unknown][]) =>
          new Promise<void>((done) => {
            const opening = indexedDB.open(database);
            opening.onerror = () => reject(new Error('not opened'));
            opening.onsuccess = () => {
              const transaction = opening.result.transaction(store, 'readwrite');
              for (const [key, value] of entries) transaction.objectStore(store).put(value, key);
              transaction.oncomplete = () => done();
            };
          });
        void Promise.all([
          put('editloom-versions', 'versions', [
            ['about/odd', { id: 'odd', at: 'yesterday' }],
            ['graph/odd', '{"the graph": "as it was"}'],
          ]),
          put('editloom', 'drafts', [['draft-unreadable-2026-01-02T03-04-05', 'half a dra']]),
        ]).then(() => resolve());
      }),
  );
  await page.reload();

  await expect(editor.card('Edit')).toBeVisible();
  await page.keyboard.press('v');
  await expect(options).toHaveText([/Before the meeting/]);
  const unread = dialog.getByRole('region', { name: 'Could not be read' });
  await expect(unread.getByRole('listitem')).toHaveText([
    /^draft-unreadable-2026-01-02T03-04-05/,
    /^version-unreadable-odd.*document/,
  ]);
  for (const [name, text] of [
    ['draft-unreadable-2026-01-02T03-04-05', 'half a dra'],
    ['version-unreadable-odd', '{"the graph": "as it was"}'],
  ] as const) {
    const downloading = page.waitForEvent('download');
    await unread.getByRole('button', { name: `Download ${name}` }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toBe(`${name}.json`);
    expect(readFileSync(await file.path(), 'utf8')).toBe(text);
  }
  await expectNoFaults(page);
  await unread.getByRole('button', { name: 'Delete version-unreadable-odd' }).click();
  await expect(unread.getByRole('listitem')).toHaveCount(1);

  await dialog.getByRole('listbox').focus();
  await page.keyboard.press('F2');
  await expect(dialog.getByRole('textbox', { name: 'Name of the version' })).toBeFocused();
  await page.keyboard.type('After the meeting');
  await page.keyboard.press('Enter');
  await expect(options).toHaveText([/After the meeting/]);
  await expect(dialog.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(dialog.getByText('There is no version of this graph yet.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(options).toHaveText([/After the meeting/]);

  // Another tab shows the graph and its versions, but may not put one back.
  const other = await context.newPage();
  await other.goto(app.url);
  await expect(other.getByText(/is open in another tab/).first()).toBeVisible();
  await leaveFields(other);
  await other.keyboard.press('v');
  await expect(other.getByRole('option')).toHaveText([/After the meeting/]);
  await expect(other.getByRole('dialog').getByText(/is open in another tab/)).toBeVisible();
  await expect(other.getByRole('button', { name: 'Restore' })).toBeDisabled();
  await other.keyboard.press('Enter');
  await other.keyboard.press('Escape');
  await expect(editorOf(other).card('Edit').locator('textarea').first()).toHaveValue('make it warm');
});

test('on a telephone the versions fit the screen', async ({ page, app }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.drop('shots.json', 'application/json', graphFile('Shots', 'sepia'));
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Versions…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Versions' });
  await expect(dialog.getByRole('option')).toHaveText([/Before another graph was opened/]);
  expect(await dialog.evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(390);
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(dialog).toBeHidden();
  const notice = page.getByRole('listitem').filter({ hasText: 'is as it was just now' });
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Title of the graph' })).toHaveValue('Shots');
});
