import { expectNoFaults } from './accessibility.ts';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test(`no serious fault of accessibility in the editor, its dialogs and the viewer (${colorScheme})`, async ({
    page,
    app,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const editor = editorOf(page);
    await page.goto(app.url);
    await expect(page.locator('.react-flow__node')).not.toHaveCount(0);
    await expectNoFaults(page);
    await editor.runBar.getByRole('button', { name: 'Run' }).click();
    await editor.untilMade();
    await expectNoFaults(page);

    for (const open of ['Settings', 'Keyboard shortcuts']) {
      await page.getByRole('banner').getByRole('button', { name: open }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoFaults(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    await page
      .getByRole('button', { name: /^Open the picture/ })
      .first()
      .click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoFaults(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });
}

test('on a telephone nothing is wider than the screen, and Run is in reach', async ({ page, app }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const editor = editorOf(page);
  await page.goto(app.url);
  await expect(editor.count).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const run = (await editor.runBar.getByRole('button', { name: 'Run' }).boundingBox())!;
  expect(run.height).toBeGreaterThanOrEqual(40);
  expect(run.x + run.width).toBeLessThanOrEqual(390);
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  await editor.untilMade();
});
