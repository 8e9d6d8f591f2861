import type { Locator, Page } from 'playwright/test';
import sharp from 'sharp';
import { expectNoFaults } from './accessibility.ts';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';
import { coffee } from './remote.ts';

const swept = JSON.stringify({
  format: 'editloom-graph',
  version: 1,
  title: 'To compare',
  nodes: {
    photo: { type: 'load-image', position: { x: 0, y: 0 }, params: { picture: { ...coffee, name: 'coffee.png' } } },
    prompts: {
      type: 'prompt-sweep',
      title: 'Look',
      position: { x: 0, y: 360 },
      params: { prompts: 'make the whole picture black and white\nmake the whole picture sepia' },
    },
    seeds: { type: 'seed-sweep', title: 'Seeds', position: { x: 0, y: 620 }, params: { first: 1, count: 3 } },
    edit: { type: 'edit', position: { x: 400, y: 0 }, params: { output_format: 'png' } },
  },
  edges: [
    { from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } },
    { from: { node: 'prompts', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
    { from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } },
  ],
});

type Pixels = { data: Buffer; width: number };

async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width };
}

const pixelAt = ({ data, width }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** The bytes of the picture that an <img> shows. */
async function shownBy(page: Page, image: Locator): Promise<Pixels> {
  const address = await image.getAttribute('src');
  return pixelsOf(await (await page.request.get(new URL(address!, page.url()).href)).body());
}

/** Presses Tab until the focus is in something of this role. */
async function tabTo(page: Page, role: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.getAttribute('role') === wanted, role)) return;
  }
  throw new Error(`Tab never came to a ${role}`);
}

async function openMade(page: Page, url: string): Promise<ReturnType<typeof editorOf>> {
  const editor = editorOf(page);
  await page.goto(url);
  await editor.openGraph(swept);
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  await editor.untilMade();
  return editor;
}

test('two points are marked and compared with the keyboard alone: slider, neighbours, what differs, and back', async ({
  page,
  app,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const editor = await openMade(page, app.url);
  await editor.card('Edit').focus();
  await page.keyboard.press('Enter');
  await tabTo(page, 'option');
  await page.keyboard.press('Space');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key);
  await expect(editor.card('Edit').getByRole('option', { checked: true })).toHaveCount(2);
  await page.keyboard.press('Shift+C');

  const view = page.getByRole('dialog', { name: 'Compare' });
  const pictures = view.getByRole('list', { name: 'Pictures' });
  await expect(pictures).toContainText(/Look: make the whole picture black and white · Seeds: 1/);
  await expect(pictures).toContainText(/Look: make the whole picture sepia · Seeds: 1/);

  // What is left of the divider is of the one picture, what is right of it of the other.
  await page.keyboard.press('1');
  const [a, b] = [view.getByRole('img', { name: /^A:/ }), view.getByRole('img', { name: /^B:/ })];
  await expect(a).toHaveJSProperty('complete', true);
  await expect(b).toHaveJSProperty('complete', true);
  const [first, second] = [await shownBy(page, a), await shownBy(page, b)];
  const box = (await a.boundingBox())!;
  expect([box.width, box.height]).toEqual([600, 400]);
  const divider = view.getByRole('slider', { name: 'Divider between A and B' });
  const expectHalves = async (from: number): Promise<void> => {
    const seen = await pixelsOf(
      await page.screenshot({ clip: { ...box, x: Math.round(box.x), y: Math.round(box.y) } }),
    );
    for (const y of [60, 340])
      for (const x of [20, 150, 290, 330, 450, 580]) {
        if (Math.abs(x - from) < 24) continue;
        const wanted = pixelAt(x < from ? first : second, x, y);
        const got = pixelAt(seen, x, y);
        for (let channel = 0; channel < 3; channel++)
          expect(Math.abs(got[channel]! - wanted[channel]!), `at ${x}, ${y}`).toBeLessThanOrEqual(2);
      }
  };
  expect(pixelAt(first, 150, 60)).not.toEqual(pixelAt(second, 150, 60));
  await expectHalves(300);
  await divider.focus();
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Shift+ArrowRight');
  await expect(divider).toHaveAttribute('aria-valuenow', '80');
  await expectHalves(480);

  // The same neighbours along both axes.
  await view.focus();
  await page.keyboard.press('ArrowRight');
  await expect(pictures).toContainText(/black and white · Seeds: 2/);
  await expect(pictures).toContainText(/sepia · Seeds: 2/);
  await page.keyboard.press('ArrowDown');
  await expect(pictures, 'B is at the end of that axis, so both stay').toContainText(/black and white · Seeds: 2/);
  await page.keyboard.press('x');
  await expect(pictures.getByRole('listitem').first()).toContainText(/sepia/);

  const differs = view.getByRole('complementary', { name: 'What differs' });
  await expect(differs.locator('mark')).toHaveText(['sepia', 'black and white']);
  await expect(differs.getByRole('term').filter({ visible: true })).toHaveText(['Prompt']);
  await differs.getByText(/^Equal in both/).click();
  await expect(differs).toContainText('Format');
  await expectNoFaults(page);

  for (const key of ['n', 'b', 'd']) {
    await page.keyboard.press(key);
    await expectNoFaults(page);
  }
  await page.keyboard.press('Escape');
  await expect(view).toBeHidden();
  await expect(editor.card('Edit').getByRole('option', { selected: true })).toBeFocused();

  await page.keyboard.press('Shift+C');
  await expect(pictures).toBeVisible();
  // On a telephone words give way to signs, which still have names and room.
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoFaults(page);
});

test('the difference of two known pictures has the known figure, also where their sizes differ', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.startEmpty();
  const grey = { create: { width: 200, height: 100, channels: 3 as const, background: '#646464' } };
  const patch = { create: { width: 100, height: 50, channels: 3 as const, background: '#64b464' } };
  const plain = await sharp(grey).png().toBuffer();
  const patched = await sharp(grey)
    .composite([{ input: await sharp(patch).png().toBuffer(), left: 0, top: 0 }])
    .png()
    .toBuffer();
  const small = await sharp(grey).resize(100, 50).png().toBuffer();
  const nodes: Record<string, object> = {};
  for (const [name, bytes] of Object.entries({ plain, patched, small })) {
    const response = await page.request.post(`${app.url}/api/pictures`, {
      data: bytes,
      headers: { 'Content-Type': 'image/png', 'X-Editloom': '1', Origin: new URL(app.url).origin },
    });
    const picture = (await response.json()) as object;
    nodes[name] = {
      type: 'load-image',
      title: name,
      position: { x: 320 * Object.keys(nodes).length, y: 0 },
      params: { picture: { ...picture, name: `${name}.png` } },
    };
  }
  await editor.openGraph(
    JSON.stringify({ format: 'editloom-graph', version: 1, title: 'Known pictures', nodes, edges: [] }),
  );
  await editor.card('plain').getByRole('heading').click();
  await editor
    .card('patched')
    .getByRole('heading')
    .click({ modifiers: ['Shift'] });
  await editor.card('patched').getByRole('heading').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Compare results/ }).click();
  const view = page.getByRole('dialog', { name: 'Compare' });
  await expect(view).toBeVisible();
  const [plainImage, patchedImage] = [view.getByRole('img', { name: /^A:/ }), view.getByRole('img', { name: /^B:/ })];
  await expect(patchedImage).toBeVisible();

  const divider = view.getByRole('slider', { name: 'Divider between A and B' });
  const grip = (await divider.boundingBox())!;
  const picture = (await plainImage.boundingBox())!;
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width / 4, grip.y + 20);
  await page.mouse.up();
  await expect(divider).toHaveAttribute('aria-valuenow', '25');
  expect(await plainImage.boundingBox(), 'the picture itself was not moved').toEqual(picture);

  // Beside each other, zoom and movement of one are those of the other.
  await page.keyboard.press('n');
  const transforms = (): Promise<string[]> =>
    Promise.all([plainImage, patchedImage].map((image) => image.evaluate((element) => element.style.transform)));
  const pane = (await patchedImage.boundingBox())!;
  const before = await transforms();
  await page.mouse.move(pane.x + pane.width / 4, pane.y + pane.height / 4);
  await page.mouse.wheel(0, -900);
  await expect.poll(async () => (await transforms())[0] !== before[0]).toBe(true);
  const zoomed = await transforms();
  expect(zoomed[1]).toBe(zoomed[0]);
  await expect(plainImage).toHaveCSS('image-rendering', 'pixelated');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await transforms())[0] !== zoomed[0]).toBe(true);
  const moved = await transforms();
  expect(moved[1]).toBe(moved[0]);
  await page.keyboard.press('0');

  await page.keyboard.press('d');
  const figure = view.getByRole('region', { name: 'How far apart they are' });
  await expect(figure).toContainText('25.0 %');
  // 80 of 255 in one of three channels, in a quarter of the pixels.
  await expect(figure).toContainText(/6\.7 of 255, at most 80/);
  await expect(figure).toContainText(/0\.\d{3} SSIM/);

  await view.getByRole('button', { name: 'Choose another picture for B' }).click();
  await view.getByRole('combobox', { name: 'Picture B from' }).selectOption('small');
  await expect(figure).toContainText('0.0 %');
  await expect(figure).toContainText('B has 100 × 50 pixels and is scaled to the size of A, 200 × 100.');
  await expect(figure).toContainText('1.000 SSIM');
});

test('one picture against its original, from the full view and back to it; and what is not made yet says so', async ({
  page,
  app,
}) => {
  const editor = await openMade(page, app.url);
  await editor.write('Seeds', 'How many', '4');
  await editor.card('Edit').getByRole('option').nth(2).click();
  await page.getByRole('button', { name: /^Open the picture of .*Seeds: 3/ }).click();
  const viewer = page.getByRole('dialog', { name: 'Edit' });
  await expect(viewer).toContainText('3 / 8');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await expect(viewer).toContainText('6 / 8');
  await page.keyboard.press('c');
  const view = page.getByRole('dialog', { name: 'Compare' });
  await view.getByRole('button', { name: 'The original of A' }).click();
  const b = view.getByRole('img', { name: /^B: Original of Edit/ });
  await expect(b).toHaveAttribute('src', `/api/pictures/${coffee.sha256}`);

  // Chosen with the arrows of the strip: the last point is not made.
  const points = view.getByRole('listbox', { name: 'Points' });
  await points.getByRole('option').first().focus();
  await page.keyboard.press('End');
  await expect(points.getByRole('option', { selected: true })).toBeFocused();
  await expect(view.getByText('B: Not made yet')).toBeVisible();
  // It appears when it is made.
  await view.getByRole('button', { name: /^Make this one/ }).click();
  await expect(view.getByRole('img', { name: /^B: Edit.*Seeds: 4/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view, 'closed the choice only').toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toContainText('6 / 8');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: /^Open the picture of .*Seeds: 3/ })).toBeFocused();
});
