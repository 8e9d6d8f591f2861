import sharp from 'sharp';
import type { Locator, Page } from 'playwright/test';
import type { Job } from '../../app/wire.ts';
import { expectNoFaults } from './accessibility.ts';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';
import { coffee, sweepFile, test as paidTest } from './remote.ts';

const looks = ['make it black and white', 'make it sepia', 'rotate it by 90 degrees'];
const seeds = [11, 12, 13, 14];

const gridFile = JSON.stringify({
  format: 'editloom-graph',
  version: 1,
  title: 'Looks and seeds',
  nodes: {
    photo: { type: 'load-image', position: { x: 0, y: 0 }, params: { picture: coffee } },
    looks: { type: 'prompt-sweep', title: 'Looks', position: { x: 0, y: 360 }, params: { prompts: looks.join('\n') } },
    seeds: { type: 'seed-sweep', title: 'Seeds', position: { x: 0, y: 640 }, params: { first: seeds[0], count: 4 } },
    edit: { type: 'edit', title: 'Look', position: { x: 400, y: 0 }, params: { seed: 1 } },
  },
  edges: [
    { from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } },
    { from: { node: 'looks', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
    { from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } },
  ],
});

/** With the keyboard, from the card. */
async function openGrid(page: Page, card: Locator): Promise<Locator> {
  await card.focus();
  await page.keyboard.press('g');
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('gridcell').first()).toBeFocused();
  return grid;
}

const cellOf = (grid: Locator, look: string, seed: number): Locator =>
  grid.getByRole('gridcell', { name: `Looks: ${look}, Seeds: ${seed}:` });

/** The jobs that the page asks for, as the job book has them. */
function jobsAskedFor(page: Page): { keys: Set<string>; read: () => Promise<Job[]> } {
  const keys = new Set<string>();
  page.on('request', (request) => {
    const key = /\/api\/jobs\/([0-9a-f]{64})$/.exec(new URL(request.url()).pathname)?.[1];
    if (request.method() === 'PUT' && key) keys.add(key);
  });
  const read = async (): Promise<Job[]> =>
    page.evaluate(
      async (all) => Promise.all(all.map(async (key) => (await (await fetch(`/api/jobs/${key}`)).json()) as Job)),
      [...keys],
    );
  return { keys, read };
}

async function meansOf(bytes: Uint8Array): Promise<number[]> {
  return (await sharp(bytes).removeAlpha().toColourspace('srgb').stats()).channels.map(({ mean }) => mean);
}

test('[A1, M9] a photograph × 3 looks × 4 seeds: each cell stands at its values, a struck row is not made, one cell alone is', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const asked = jobsAskedFor(page);
  await page.goto(app.url);
  await editor.openGraph(gridFile);
  await expect(editor.count).toContainText('12 edits · 12 to make');
  await editor.card('Look').getByRole('button', { name: '12 results as a grid' }).click();
  const grid = page.getByRole('grid', { name: 'Results of Look' });
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await expect(grid).toHaveAttribute('aria-colcount', '5');
  await expect(grid.getByRole('columnheader')).toHaveText([/Seeds/, '11', '12', '13', '14']);
  for (const look of looks) await expect(grid.getByRole('rowheader', { name: `Looks: ${look}` })).toBeVisible();
  await expect(cellOf(grid, looks[2]!, 14)).toHaveAccessibleName(/Not made yet/);

  // Struck out by key, from the first cell of the row; counted, and dimmed with a way back.
  await cellOf(grid, looks[1]!, 11).click();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('x');
  await expect(grid.getByRole('rowheader', { name: 'Looks: make it sepia, struck out' })).toBeFocused();
  await expect(page.getByText('Looks: 1 of 3 struck out: not made')).toBeVisible();
  await expect(editor.count).toContainText('8 edits · 8 to make');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  expect(asked.keys.size).toBe(8);
  expect(new Set((await asked.read()).map(({ input }) => input.prompt))).toEqual(new Set([looks[0], looks[2]]));
  await expect(cellOf(grid, looks[1]!, 12)).toHaveAccessibleName(/Struck out: not made/);

  // Put back, and one of them made alone: nothing else is.
  await page.getByRole('button', { name: 'Put back all values of Looks' }).click();
  await cellOf(grid, looks[1]!, 13).click();
  await page.getByRole('button', { name: /^Make this one/ }).click();
  await expect(cellOf(grid, looks[1]!, 13)).toHaveAccessibleName(/Made/);
  expect(asked.keys.size).toBe(9);
  await expect(cellOf(grid, looks[1]!, 12)).toHaveAccessibleName(/Not made yet/);

  // Every cell shows the picture of the job whose request has the values of its headers.
  const jobs = await asked.read();
  for (const { input, artifacts } of jobs) {
    const cell = cellOf(grid, input.prompt, input.seed);
    const src = await cell.locator('img').getAttribute('src');
    expect(src).toContain(artifacts[0]!.sha256);
    const bytes = new Uint8Array(await (await page.request.get(new URL(src!, app.url).href)).body());
    const [r, g, b] = await meansOf(bytes);
    const { width, height } = await sharp(bytes).metadata();
    if (input.prompt === looks[0]) expect(Math.abs(r! - b!)).toBeLessThan(4);
    if (input.prompt === looks[1]) expect([r! > g!, g! > b!]).toEqual([true, true]);
    if (input.prompt === looks[2]) expect(height).toBeGreaterThan(width);
    const place = await cell.evaluate((element) => [
      Number(element.getAttribute('aria-colindex')) - 2,
      Number(element.closest('[role=row]')!.getAttribute('aria-rowindex')) - 2,
    ]);
    expect(place).toEqual([seeds.indexOf(input.seed), looks.indexOf(input.prompt)]);
  }
  expect(jobs).toHaveLength(9);

  // Exchanged, the same cells keep their names; then both themes, and a telephone.
  await page.getByRole('button', { name: 'Exchange rows and columns' }).click();
  await expect(grid.getByRole('rowheader')).toHaveText(['11', '12', '13', '14']);
  await expect(cellOf(grid, looks[1]!, 13)).toHaveAccessibleName(/Made/);
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    await expectNoFaults(page);
  }
  await page.getByRole('button', { name: 'In place of the canvas' }).click();
  await expect(page.locator('.react-flow__node').first()).toBeHidden();
  await expectNoFaults(page);
});

test('the grid by keyboard alone: to a cell, full view and back, a range, stars that stay, a new input and its undoing', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(gridFile);
  await expect(editor.count).toContainText('12 edits');
  const grid = await openGrid(page, editor.card('Look'));
  await page.keyboard.press('m');
  await expect(cellOf(grid, looks[0]!, 11)).toHaveAccessibleName(/: Made/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('m');
  await expect(cellOf(grid, looks[0]!, 12)).toHaveAccessibleName(/: Made/);
  await expect(editor.count).toContainText('2 already made');

  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('img', { name: /Look/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(cellOf(grid, looks[0]!, 12)).toBeFocused();

  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByText('2 cells selected')).toBeVisible();
  await page.keyboard.press('4');
  await expect(cellOf(grid, looks[0]!, 11)).toHaveAccessibleName(/, 4 stars$/);
  await expect(cellOf(grid, looks[0]!, 12)).toHaveAccessibleName(/, 4 stars$/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+End');
  await expect(cellOf(grid, looks[2]!, 14)).toBeFocused();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('0');
  await expect(cellOf(grid, looks[0]!, 11)).toHaveAccessibleName(/: Made$/);

  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('u');
  await page.keyboard.press('Enter');
  // Then the view moves at once: the focus is on the card before the notice is gone.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const told = page.getByText('The picture stands on the canvas as an input.');
  await expect(told).toBeVisible();
  await expect(cellOf(grid, looks[0]!, 11)).toBeFocused();
  await page.getByRole('button', { name: 'Show', exact: true }).press('Enter');
  const added = editor.card('Load image').filter({ hasText: 'Looks and seeds - Look' });
  await expect(added).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(added).toHaveCount(0);
  // The same key goes back into the grid, to the same cell.
  await editor.card('Look').focus();
  await page.keyboard.press('g');
  await expect(cellOf(grid, looks[0]!, 11)).toBeFocused();

  // A dialog that a menu of the grid opened gives the focus back to the cell.
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Make more seeds…' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Make more seeds' })).toContainText('4 now, 8 then.');
  await page.keyboard.press('Escape');
  await expect(cellOf(grid, looks[0]!, 11)).toBeFocused();

  await page.keyboard.press('Escape');
  await expect(grid).toBeHidden();
  await expect(editor.card('Look')).toBeFocused();
  await editor.untilSaved();
  await page.reload();
  await openGrid(page, editor.card('Look'));
  await expect(cellOf(page.getByRole('grid'), looks[0]!, 12)).toHaveAccessibleName(/, 4 stars$/);
});

paidTest(
  '[X9] a failed cell says why, and is tried again alone; its price stood there before',
  async ({ page, app, remote }) => {
    remote.behave('bad', {
      submits: [
        { accepts: false, raw: () => ({ status: 422, body: { error_code: 422001, message: 'No such seed' } }) },
      ],
    });
    const editor = editorOf(page);
    await page.goto(app.url);
    await editor.openGraph(sweepFile('Failing', ['good', 'bad', 'late']));
    await expect(editor.count).toContainText('3 edits · 3 to pay');
    const grid = await openGrid(page, editor.card('Edit'));
    const cell = (prompt: string): Locator => grid.getByRole('gridcell', { name: `Prompt sweep: ${prompt}:` });
    await expect(page.getByRole('button', { name: /^Make this one/ })).toContainText('$0.05');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('m');
    await expect(cell('bad')).toHaveAccessibleName(/: Failed\. .*No such seed/);
    expect(['good', 'bad', 'late'].map(remote.submissionsOf)).toEqual([0, 1, 0]);

    await page.getByRole('button', { name: 'Retry', exact: true }).click();
    await expect(cell('bad')).toHaveAccessibleName(/: Made$/);
    expect(['good', 'bad', 'late'].map(remote.submissionsOf)).toEqual([0, 2, 0]);
    await expect(editor.count).toContainText('3 edits · 1 already made · 2 to pay');
  },
);

const chelsea = {
  ...coffee,
  sha256: '596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb',
  width: 451,
  height: 300,
  bytes: 240512,
  name: 'chelsea.png',
};

/** Photographs down, looks and what they must not show in step to the right, one seed at a time. */
const linkedFile = JSON.stringify({
  format: 'editloom-graph',
  version: 1,
  title: 'In step',
  nodes: {
    photos: {
      type: 'image-batch',
      title: 'Photos',
      position: { x: 0, y: 0 },
      params: { pictures: [coffee, chelsea] },
    },
    looks: {
      type: 'prompt-sweep',
      title: 'Looks',
      link: 'both',
      position: { x: 0, y: 360 },
      params: { prompts: 'make it black and white\nmake it sepia' },
    },
    nots: {
      type: 'prompt-sweep',
      title: 'Not in it',
      link: 'both',
      position: { x: 0, y: 640 },
      params: { prompts: 'blurry\nnoise' },
    },
    seeds: { type: 'seed-sweep', title: 'Seeds', position: { x: 0, y: 900 }, params: { first: 1, count: 3 } },
    edit: { type: 'edit', title: 'Look', position: { x: 400, y: 0 } },
  },
  edges: [
    { from: { node: 'photos', port: 'image' }, to: { node: 'edit', port: 'image' } },
    { from: { node: 'looks', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
    { from: { node: 'nots', port: 'text' }, to: { node: 'edit', port: 'negative_prompt' } },
    { from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } },
  ],
});

test.describe('with fingers, on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('[A3] linked sweeps are one axis with all values at its heads, the third one stands beside; a tap opens, a long one selects, two fingers enlarge', async ({
    page,
    app,
  }) => {
    const editor = editorOf(page);
    const touch = await page.context().newCDPSession(page);
    const fingers = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await page.goto(app.url);
    await editor.openGraph(linkedFile);
    await expect(editor.count).toContainText('12 edits');
    const grid = await openGrid(page, editor.card('Look'));
    await page.getByRole('combobox', { name: 'Down' }).selectOption('Photos (2)');
    await page.getByRole('combobox', { name: 'Across' }).selectOption('Looks + Not in it (2)');
    await expect(grid.getByRole('rowheader')).toHaveText(['coffee.png', 'chelsea.png']);
    await expect(grid.getByRole('columnheader')).toHaveText([
      /Looks \+ Not in it/,
      'make it black and whiteblurry',
      'make it sepianoise',
    ]);
    await page.getByRole('radio', { name: 'Seeds: 2' }).press('ArrowRight');
    await expect(page.getByRole('grid', { name: 'Results of Look, Seeds: 3', exact: true })).toBeVisible();
    await expectNoFaults(page);

    const [first, second] = [grid.getByRole('gridcell').nth(0), grid.getByRole('gridcell').nth(1)];
    await first.tap();
    await expect(page.getByRole('dialog', { name: /Look/ })).toContainText('Not made yet');
    await page.keyboard.press('Escape');
    const box = (await first.boundingBox())!;
    await fingers('touchStart', [box.x + 20, box.y + 20]);
    const select = page.getByRole('menuitem', { name: /^Select/ });
    await expect(select).toBeVisible();
    await fingers('touchEnd');
    await select.tap();
    await second.tap();
    await expect(page.getByText('2 cells selected')).toBeVisible();
    await page.getByRole('button', { name: /^Make 2 edits/ }).tap();
    for (const cell of [first, second]) await expect(cell).toHaveAccessibleName(/: Made$/);
    await expectNoFaults(page);

    // What lies between the fingers stays there: the middle of the cell.
    const small = (await second.boundingBox())!;
    const [x, y] = [small.x + small.width / 2, small.y + small.height / 2];
    await fingers('touchStart', [x - 30, y], [x + 30, y]);
    for (const step of [10, 20, 30, 40, 50]) await fingers('touchMove', [x - 30 - step, y], [x + 30 + step, y]);
    await fingers('touchEnd');
    await expect.poll(async () => (await second.boundingBox())!.width).toBeGreaterThan(small.width * 2);
    const large = (await second.boundingBox())!;
    expect((x - large.x) / large.width).toBeCloseTo(0.5, 1);
    await expect(page.getByText('2 cells selected')).toBeVisible();
  });
});
