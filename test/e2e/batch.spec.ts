import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { expectNoFaults } from './accessibility.ts';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

type Dropped = { readonly name: string; readonly type: string; readonly bytes: Uint8Array | string };

const photographs = ['astronaut', 'chelsea', 'coffee', 'rocket'] as const;

/** Real photographs, small enough to be edited quickly. */
async function smallPhotographs(): Promise<Dropped[]> {
  return Promise.all(
    photographs.map(async (name) => ({
      name: `${name}.jpg`,
      type: 'image/jpeg',
      bytes: await sharp(`app/samples/${name === 'rocket' ? 'rocket.jpg' : `${name}.png`}`)
        .resize(96)
        .jpeg()
        .toBuffer(),
    })),
  );
}

/** Drops files as from the desktop; on the empty canvas, or on what the selector names. */
async function drop(page: Page, files: readonly Dropped[], onto = '.react-flow__pane'): Promise<void> {
  const data = await page.evaluateHandle(
    (list) => {
      const transfer = new DataTransfer();
      for (const { name, type, base64 } of list) {
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([content], name, { type }));
      }
      return transfer;
    },
    files.map(({ name, type, bytes }) => ({ name, type, base64: Buffer.from(bytes).toString('base64') })),
  );
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.locator(onto).first().dispatchEvent(event, { dataTransfer: data, clientX: 420, clientY: 140 });
}

/** Draws an edge from the keyboard's list: cards that were dropped may lie on the ports of others. */
async function connect(page: Page, from: string, edge: string): Promise<void> {
  const edges = page.locator('.react-flow__edge');
  const before = await edges.count();
  await editorOf(page).card(from).focus();
  await page.keyboard.press('c');
  await page.getByRole('menuitem', { name: edge }).click();
  await expect(edges).toHaveCount(before + 1);
}

/** What the edit service is asked for, as it is sent. */
function requestsOf(page: Page): { prompt: string; seed: number; image: string; thinking: boolean }[] {
  const requests: { prompt: string; seed: number; image: string; thinking: boolean }[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'PUT' || !request.url().includes('/api/jobs/')) return;
    const { input } = request.postDataJSON() as {
      input: { prompt: string; seed: number; image: string; enable_thinking_mode: boolean };
    };
    const { prompt, seed, image, enable_thinking_mode: thinking } = input;
    requests.push({ prompt, seed, image, thinking });
  });
  return requests;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

test('[A1, N1] four photographs × two prompts × two seeds are 16 cells, and 16 files that tell them apart', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const requests = requestsOf(page);
  await page.goto(app.url);
  await editor.openGraph(
    JSON.stringify({
      format: 'editloom-graph',
      version: 1,
      title: 'Batch',
      nodes: {
        prompts: {
          type: 'prompt-sweep',
          title: 'Looks',
          position: { x: 380, y: 0 },
          params: { prompts: 'make it grey\nflip it' },
        },
        seeds: {
          type: 'seed-sweep',
          title: 'Seeds',
          position: { x: 380, y: 300 },
          params: { as: 'list', list: '7, 9' },
        },
        edit: { type: 'edit', position: { x: 760, y: 0 } },
        save: {
          type: 'save',
          position: { x: 1140, y: 0 },
          params: { name: '{axis:Image batch} {axis:Looks} {axis:Seeds}' },
        },
      },
      edges: [
        { from: { node: 'prompts', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
        { from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } },
        { from: { node: 'edit', port: 'image' }, to: { node: 'save', port: 'image' } },
      ],
    }),
  );
  const files = await smallPhotographs();
  await drop(page, [...files.slice(0, 3), { name: 'notes.txt', type: 'text/plain', bytes: 'no picture' }]);
  const question = page.getByRole('dialog', { name: '1 file cannot be taken' });
  await expect(question).toContainText('notes.txt');
  await question.getByRole('button', { name: 'Skip it and take 3 pictures' }).click();
  const batch = editor.card('Image batch');
  await expect(batch.getByRole('option')).toHaveCount(3);
  await connect(page, 'Image batch', 'To Edit: Image');
  await expect(editor.count).toContainText('12 edits · 12 to make · 12 files to save');

  const id = await batch.getAttribute('data-id');
  await drop(page, files.slice(3), `.react-flow__node[data-id="${id}"] header`);
  await expect(batch.getByRole('option')).toHaveCount(4);
  await expect(editor.count).toContainText('16 edits · 16 to make · 16 files to save');
  await expect(
    editor.card('Edit').getByRole('img', { name: /^Looks: 2 values × Seeds: 2 values × Image batch: 4 values$/ }),
  ).toBeVisible();

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  expect(new Set(requests.map((request) => JSON.stringify(request))).size).toBe(16);
  expect(new Set(requests.map(({ image }) => image)).size).toBe(4);
  expect(filesBelow(join(app.data, 'outputs')).map((name) => name.replace(/\.[a-z]+$/, ''))).toEqual(
    photographs
      .flatMap((name) => ['flip it', 'make it grey'].flatMap((look) => [7, 9].map((seed) => `${name} ${look} ${seed}`)))
      .sort(),
  );
});

test('[A3] a CSV of three rows goes in step: prompt, seed and a switch of each row meet in one edit', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const requests = requestsOf(page);
  await page.goto(app.url);
  await editor.openGraph(
    JSON.stringify({
      format: 'editloom-graph',
      version: 1,
      title: 'Table',
      nodes: { edit: { type: 'edit', position: { x: 760, y: 0 } } },
      edges: [],
    }),
  );
  const [photograph] = await smallPhotographs();
  await drop(page, [photograph!]);
  await expect(editor.card('Load image').locator('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await drop(page, [
    {
      name: 'looks.csv',
      type: 'text/csv',
      bytes: '\uFEFFprompt;seed;thinking\n"make it grey; flip it";7;on\n"make it\nblue";8;off\nflip it;9;on\n',
    },
  ]);
  const question = page.getByRole('dialog', { name: 'Is this the table?' });
  await expect(question).toContainText('looks.csv: 3 rows × 3 columns');
  await expect(question.getByRole('checkbox', { name: /first row/ })).toBeChecked();
  await question.getByRole('button', { name: 'Take 3 rows' }).click();
  await expect(editor.card('looks')).toContainText('3 rows × 3 columns');
  await connect(page, 'Load image', 'To Edit: Image');
  await connect(page, 'looks', 'To Edit: Prompt prompt');
  await connect(page, 'looks', 'To Edit: Seed');
  await connect(page, 'looks', 'To Edit: Thinking');
  await expect(editor.count).toContainText('3 edits · 3 to make');

  await editor.card('looks').getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'looks' });
  // One press chooses a cell; keys go on from there.
  await dialog.getByRole('gridcell', { name: 'flip it', exact: true }).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('10');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('gridcell', { name: '10', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  const asked = requests.map(({ prompt, seed, thinking }) => [seed, prompt, thinking] as const);
  expect(asked.sort(([a], [b]) => a - b)).toEqual([
    [7, 'make it grey; flip it', true],
    [8, 'make it\nblue', false],
    [10, 'flip it', true],
  ]);
});

test('[A6, A7] a folder is a batch in natural order; pasted cells are a table; no serious fault of accessibility', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  // It goes with the data of the test.
  const folder = join(app.data, 'shoes');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  const [photograph] = await smallPhotographs();
  for (const name of ['10.jpg', '2.jpg', 'sub/2.jpg']) writeFileSync(join(folder, name), photograph!.bytes);
  writeFileSync(join(folder, 'notes.txt'), 'no picture');

  await page.goto(app.url);
  await editor.startEmpty();
  await editor.add('Image batch', 420, 90);
  await editor.card('Image batch').getByLabel('Add a folder').setInputFiles(folder);
  await page.getByRole('button', { name: 'Skip it and take 3 pictures' }).click();
  const pictures = editor.card('Image batch').getByRole('option');
  await expect(pictures).toHaveCount(3);
  expect(await pictures.evaluateAll((all) => all.map((each) => (each as HTMLElement).title))).toEqual([
    'shoes/2.jpg',
    '10.jpg',
    'shoes/sub/2.jpg',
  ]);
  await expect(editor.card('Image batch')).toContainText('1 picture occurs 3 times: made once, shown 3 times.');
  await pictures.nth(0).focus();
  await page.keyboard.press('Delete');
  await expect(pictures).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(pictures).toHaveCount(3);

  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'prompt\tseed\nmake it grey\t7\nflip it\t8\n');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('dialog', { name: 'Is this the table?' })).toContainText('2 rows × 2 columns');
  await expectNoFaults(page);
  await page.getByRole('button', { name: 'Take 2 rows' }).click();
  await expectNoFaults(page);
  await editor.card('Table').getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('gridcell', { name: 'flip it' })).toBeVisible();
  await expectNoFaults(page);
});

test('[A3] two sweeps go in step from the menu of one; unequal lengths are named and can be unlinked there', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(
    JSON.stringify({
      format: 'editloom-graph',
      version: 1,
      title: 'Step',
      nodes: {
        prompts: { type: 'prompt-sweep', position: { x: 0, y: 0 }, params: { prompts: 'make it grey\nflip it' } },
        seeds: { type: 'seed-sweep', position: { x: 0, y: 300 }, params: { first: 1, count: 3 } },
        edit: { type: 'edit', position: { x: 400, y: 0 } },
      },
      edges: [
        { from: { node: 'prompts', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
        { from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } },
      ],
    }),
  );
  const extents = (title: string) => editor.card('Edit').getByRole('img', { name: title });
  const goInStep = async (): Promise<void> => {
    await editor.card('Seed sweep').focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Go in step with…' }).click();
    await page.getByRole('menuitem', { name: /^Prompt sweep/ }).click();
  };
  await goInStep();
  const unlink = page.getByRole('button', { name: 'Unlink', exact: true });
  await expect(page.locator('li').filter({ has: unlink })).toContainText(
    'Linked sweeps must have equally many values: "Prompt sweep" has 2, "Seed sweep" has 3.',
  );
  await unlink.click();
  await expect(unlink).toBeHidden();
  await goInStep();
  await editor.write('Seed sweep', 'How many', '2');
  await expect(unlink).toBeHidden();
  const [photograph] = await smallPhotographs();
  await drop(page, [photograph!]);
  await expect(editor.card('Load image')).toBeVisible();
  await connect(page, 'Load image', 'To Edit: Image');
  await expect(editor.count).toContainText('2 edits · 2 to make');
  await expect(extents('Prompt sweep + Seed sweep: 2 values')).toBeVisible();

  await editor.card('Seed sweep').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitemradio', { name: 'Colour 6' }).click();
  await expect(extents('Prompt sweep + Seed sweep: 2 values').locator('i')).toHaveCSS(
    'background-color',
    await page.evaluate(() => {
      const sample = document.body.appendChild(document.createElement('i'));
      sample.style.color = 'var(--axis-5)';
      const { color } = getComputedStyle(sample);
      sample.remove();
      return color;
    }),
  );
});
