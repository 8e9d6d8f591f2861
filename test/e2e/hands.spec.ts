import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

test('undo in a card’s field takes back the burst of typing, and redo brings it back', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await expect(editor.card('Orange background')).toBeVisible();
  const prompt = editor.card('Orange background').getByRole('textbox', { name: 'Prompt', exact: true });
  const before = await prompt.inputValue();
  await editor.write('Orange background', 'Prompt', 'change the background to blue');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(prompt).toHaveValue(before);
  await page.keyboard.press('ControlOrMeta+y');
  await expect(prompt).toHaveValue('change the background to blue');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(prompt).toHaveValue(before);
});

test('undo in a number’s field is seen in the field', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  const seed = editor.card('Orange background').getByRole('textbox', { name: 'Seed', exact: true });
  const before = await seed.inputValue();
  await editor.write('Orange background', 'Seed', '4711');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(seed).toHaveValue(before);
  // What cannot stand was never written, so it only goes away.
  await editor.write('Orange background', 'Seed', '12x');
  await expect(seed).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(seed).not.toHaveAttribute('aria-invalid', 'true');
});

test('while an edge is drawn, the pointer tells why it may not end here', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  const port = (title: string, side: string) =>
    editor.card(title).locator(`.react-flow__handle.${side}[data-handleid="image"]`);
  const hover = async (from: string, to: string): Promise<void> => {
    const start = (await port(from, 'source').boundingBox())!;
    const end = (await port(to, 'target').boundingBox())!;
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 });
  };
  await hover('Look', 'Orange background');
  await expect(page.getByText('would close a loop')).toBeVisible();
  await page.mouse.up();
  await hover('Look', 'Look');
  await expect(page.getByText('A node cannot feed itself.')).toBeVisible();
  await page.mouse.up();
});

test('the way back to the graph before is offered until the new one is worked on', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await expect(editor.card('Look')).toBeVisible();
  await editor.startEmpty();
  const offer = page.getByText('“Untitled” is open now.');
  await expect(offer).toBeVisible();
  await editor.add('Prompt', 420, 90);
  await expect(offer).toBeHidden({ timeout: 3000 });
});

test('a menu that a key opens begins with its first entry, also the first time', async ({ page, app }) => {
  await page.goto(app.url);
  await page.getByRole('button', { name: 'File', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'New graph' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'File', exact: true })).toBeFocused();
});

test('a saved picture that is dropped on the canvas offers the graph that made it', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  await editor.untilMade();
  await editor.startEmpty();
  const outputs = join(app.data, 'outputs');
  const saved = readdirSync(outputs, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.jpg'))!;
  await editor.drop('saved.jpg', 'image/jpeg', readFileSync(join(outputs, saved)));
  await page.getByRole('dialog').getByRole('button', { name: 'Open its graph' }).click();
  await expect(editor.card('Look')).toBeVisible();
  await expect(editor.count).toContainText('7 edits · 7 already made');
});

test('a picture that is chosen while another one is still taken in is the one that stays', async ({ page, app }) => {
  const editor = editorOf(page);
  const asked: string[] = [];
  let answer!: () => void;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/pictures', async (route) => {
    const name = route.request().headers()['x-file-name']!;
    asked.push(name);
    if (name === 'coffee.png') await held;
    // The page has given the first one up.
    await route.continue().catch(() => undefined);
  });
  await page.goto(app.url);
  const field = editor.card('Coffee').locator('input[type=file]');
  await field.setInputFiles('app/samples/coffee.png');
  await expect(editor.card('Coffee')).toContainText('Taking coffee.png…');
  await field.setInputFiles('app/samples/rocket.jpg');
  await expect(editor.card('Coffee').getByLabel('Replace rocket.jpg')).toBeAttached();
  answer();
  await editor.untilSaved();
  await expect(editor.card('Coffee').getByLabel('Replace rocket.jpg')).toBeAttached();
  expect(asked).toEqual(['coffee.png', 'rocket.jpg']);
});

test('what could not be loaded is told with a way to load the page again', async ({ page, app, complaints }) => {
  await page.route('**/assets/Dialogs-*.js', (route) => route.abort());
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('This could not be shown')).toBeVisible();
  await page.unroute('**/assets/Dialogs-*.js');
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  complaints.length = 0;
});
