import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './app.ts';
import { browserFlags } from './browser.ts';
import { editorOf } from './editor.ts';

/** Writes the draft as a crash, another program or another version of the app might have left it. */
function writeDraft(page: Page, text: string): Promise<void> {
  return page.evaluate(
    (draft) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('editloom');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('drafts', 'readwrite');
          transaction.objectStore('drafts').put(draft, 'draft');
          transaction.oncomplete = () => resolve();
          transaction.onerror = () => reject(new Error('not written'));
        };
      }),
    text,
  );
}

/** Everything in the storage whose name begins like this, by name. */
function stored(page: Page, begin: string): Promise<Record<string, string>> {
  return page.evaluate(
    (prefix) =>
      new Promise<Record<string, string>>((resolve, reject) => {
        const opening = indexedDB.open('editloom');
        opening.onsuccess = () => {
          const found: Record<string, string> = {};
          const cursor = opening.result.transaction('drafts').objectStore('drafts').openCursor();
          cursor.onerror = () => reject(new Error('not read'));
          cursor.onsuccess = () => {
            const entry = cursor.result;
            if (!entry) return resolve(found);
            if (String(entry.key).startsWith(prefix)) found[String(entry.key)] = String(entry.value);
            entry.continue();
          };
        };
      }),
    begin,
  );
}

const newer = '{"format":"editloom-graph","version":99,"title":"Tomorrow","nodes":{}}';

test('drafts that cannot be read are set aside, each under its own name, and nothing is written over them', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const dialog = page.getByRole('dialog');
  await page.goto(app.url);
  await editor.untilSaved();
  for (const [broken, words] of [
    ['{"format":"editloom-graph","nodes":', /could not be read/],
    [newer, /version 99, made by a newer Editloom/],
  ] as const) {
    await writeDraft(page, broken);
    await page.reload();
    await expect(dialog).toContainText(words);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download it' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^draft-unreadable-.*\.json$/);
    await dialog.getByRole('button', { name: 'Begin with an empty graph' }).click();
    await editor.untilSaved();
    // The empty graph is the draft now, so the next start has nothing to set aside.
    await page.reload();
    await expect(page.getByText('Begin with a picture')).toBeVisible();
    await expect(dialog).toBeHidden();
  }
  const kept = await stored(page, 'draft-unreadable-');
  expect(Object.values(kept).sort()).toEqual([newer, '{"format":"editloom-graph","nodes":'].sort());
});

test('while the draft cannot be read nothing is written over it; trying again brings it back, with what was drawn meanwhile behind it', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const dialog = page.getByRole('dialog');
  await page.goto(app.url);
  await page.getByRole('textbox', { name: 'Title of the graph' }).fill('My work');
  await page.keyboard.press('Enter');
  await editor.untilSaved();
  const before = await stored(page, 'draft');

  await page.addInitScript(() => {
    const original = Reflect.get(IDBObjectStore.prototype, 'get') as (key: unknown) => IDBRequest;
    Object.assign(window, { mend: () => (IDBObjectStore.prototype.get = original) });
    IDBObjectStore.prototype.get = function (key) {
      if (key === 'draft') throw new DOMException('Failed to read large IndexedDB value', 'DataError');
      return original.call(this, key);
    };
  });
  await page.reload();
  await expect(dialog).toContainText('Your last draft could not be read');
  await expect(dialog).toContainText('Failed to read large IndexedDB value');
  await page.keyboard.press('Escape');
  await editor.startEmpty();
  await editor.add('Edit', 760, 90);
  await expect(page.getByRole('button', { name: 'Not saved' })).toBeVisible();
  await page.evaluate(() => (window as unknown as { mend: () => void }).mend());
  expect((await stored(page, 'draft')).draft).toBe(before.draft);

  await page.getByRole('button', { name: 'Not saved' }).click();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('textbox', { name: 'Title of the graph' })).toHaveValue('My work');
  await editor.untilSaved();
  expect((await stored(page, 'draft')).draft).toBe(before.draft);
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Back to the graph before' }).click();
  await expect(editor.card('Edit')).toBeVisible();
  await expect(page.locator('.react-flow__node')).toHaveCount(1);
});

test('a browser that keeps nothing, and one without locks, still open the editor and say what that means', async ({
  browser,
  app,
}) => {
  const blocked = await browser.newContext();
  await blocked.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Site data are blocked.', 'SecurityError');
    };
  });
  const page = await blocked.newPage();
  await page.goto(app.url);
  await expect(page.getByRole('dialog')).toContainText('Nothing can be saved here');
  await expect(page.getByRole('dialog')).toContainText('Site data are blocked.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Not saved' })).toBeVisible();
  await expect(page.locator('.react-flow__node')).not.toHaveCount(0);
  await blocked.close();

  // As on plain http from another machine.
  const plain = await browser.newContext();
  await plain.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'locks'));
  const [one, two] = [await plain.newPage(), await plain.newPage()];
  await one.goto(app.url);
  await editorOf(one).untilSaved();
  await two.goto(app.url);
  const bar = two.getByRole('region', { name: 'Open in another tab' });
  await expect(bar).toContainText('cannot tell by itself when the other tab is gone');
  await bar.getByRole('button', { name: 'Edit here instead' }).click();
  await expect(bar).toBeHidden();
  await expect(one.getByRole('region', { name: 'Open in another tab' })).toBeVisible();
  await two.goto('about:blank');
  await expect(one.getByRole('region', { name: 'Open in another tab' })).toBeHidden();
  await plain.close();
});

test('with site data blocked in the browser itself the page opens, says so, and pictures can be made, in two tabs', async ({
  playwright,
  app,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'editloom-blocked-'));
  mkdirSync(join(profile, 'Default'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
  const context = await playwright.chromium.launchPersistentContext(profile, {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: browserFlags,
    viewport: { width: 1440, height: 900 },
  });
  for (const prompt of ['make it blue', 'make it green']) {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(app.url);
    const refused = page.evaluate(() =>
      navigator.locks.request('x', () => 'given').catch((error: Error) => error.name),
    );
    expect(await refused).toBe('SecurityError');
    await expect(page.getByRole('dialog')).toContainText('Nothing can be saved here');
    await page.keyboard.press('Escape');
    const editor = editorOf(page);
    await editor.write('Orange background', 'Prompt', prompt);
    await expect(page.getByRole('button', { name: 'Not saved' })).toBeVisible();
    await editor.runBar.getByRole('button', { name: 'Run' }).click();
    await editor.untilMade();
    expect(faults).toEqual([]);
  }
  await context.close();
  rmSync(profile, { recursive: true, force: true });
});
