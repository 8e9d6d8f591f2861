import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

type Rect = { x: number; y: number; width: number; height: number };

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test('at the first view no card stands below the map, and a menu is whole where there is room', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  // The last of its rows, which come with the plan.
  await expect(editor.card('Save').getByText('The 6 files will be listed here.')).toBeVisible();
  const map = page.getByRole('img', { name: 'Map of the graph' });
  const hidden = async (): Promise<boolean> => {
    const over = (await map.boundingBox())!;
    const cards = await page.locator('.react-flow__node').all();
    return (await Promise.all(cards.map((card) => card.boundingBox()))).some((card) => overlap(card!, over));
  };
  await expect.poll(hidden).toBe(false);
  await editor
    .card('Looks')
    .getByRole('button', { name: /^Menu of/ })
    .click();
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeInViewport({ ratio: 1 });
  expect(await page.getByRole('menu').evaluate((menu) => menu.scrollHeight - menu.clientHeight)).toBe(0);
});

test('an input drawn into the open gets its node there, and the card that it came from stays in view', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.startEmpty();
  await editor.add('Edit', 700, 200);
  const before = (await editor.card('Edit').boundingBox())!;
  const port = (await editor.card('Edit').locator('.target[data-handleid="prompt"]').boundingBox())!;
  await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
  await page.mouse.down();
  await page.mouse.move(460, 420, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('combobox', { name: 'Search nodes' }).fill('prompt sweep');
  await page.keyboard.press('Enter');
  await expect(editor.card('Prompt sweep')).toBeInViewport({ ratio: 1 });
  await expect(editor.card('Edit')).toBeInViewport({ ratio: 1 });
  // The view has come to rest.
  const places = async (): Promise<Rect[]> =>
    Promise.all(['Edit', 'Prompt sweep'].map(async (title) => (await editor.card(title).boundingBox())!));
  let last = '';
  await expect.poll(async () => last === (last = JSON.stringify(await places()))).toBe(true);
  const [edit, sweep] = await places();
  expect(overlap(edit!, sweep!)).toBe(false);
  // It ends where the hand let go, and the view has moved no further than it had to.
  expect(Math.abs(sweep!.x + sweep!.width - edit!.x - (460 - before.x))).toBeLessThan(24);
  expect(edit!.x - before.x).toBeLessThan(200);
});

test('a new graph shows nothing of the one before, though its nodes have the same names', async ({ page, app }) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  // With the names that the editor gives.
  const file = readFileSync('graphs/templates/prompt-and-seed-sweep.json', 'utf8').replaceAll(
    '"background"',
    '"edit1"',
  );
  await editor.openGraph(file.replace('"title": "', '"title": "Another: '));
  await editor.card('Orange background').getByRole('heading').click();
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(editor.card('Orange background').getByRole('button', { name: 'Open the picture' })).toBeVisible();
  await editor.startEmpty();
  await editor.add('Edit', 700, 200);
  await expect(editor.card('Edit')).toHaveAttribute('data-id', 'edit1');
  await expect(page.getByText('stale')).toHaveCount(0);
});
