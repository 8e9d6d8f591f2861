import { test } from './app.ts';
import { editorOf } from './editor.ts';

test('the first graph after one press of Run', async ({ page, app }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  await editor.untilMade();
  await editor.fit();
  await page.waitForLoadState('load');
  await page.screenshot({ path: 'docs/editloom.png' });
});
