import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright/test';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
};

const isOnCanvas = (html: string): boolean => html.includes('nodrag');

/** Serious and critical faults of accessibility in what is on the page now. */
async function faultsOf(page: Page): Promise<string[]> {
  // The page's own policy forbids inline scripts, so axe comes in through the debugger.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(
    async () =>
      (
        await (
          window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }
        ).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })
      ).violations,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        // How large a target on the canvas is, is up to the zoom.
        .filter(({ html }) => id !== 'target-size' || !isOnCanvas(html))
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
}

/** Colours may still be in transition when a state has just changed, so it is looked at until it holds. */
async function expectNoFaults(page: Page): Promise<void> {
  await expect.poll(() => faultsOf(page)).toEqual([]);
}

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
