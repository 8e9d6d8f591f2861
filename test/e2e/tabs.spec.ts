import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright/test';
import { startFaultServer, goodToken, type FaultServer } from '../support/fault-server.ts';
import { expect, test as base } from './app.ts';
import { editorOf } from './editor.ts';

/** Pages that one browser shows of the same app, with an edit service that counts what is asked of it. */
const test = base.extend<{ remote: FaultServer; openTab: () => Promise<Tab> }>({
  remote: async ({ baseURL: _ }, provide) => {
    const remote = await startFaultServer(readFileSync('app/samples/chelsea.png'));
    await provide(remote);
    await remote.close();
  },
  env: async ({ remote }, provide) => {
    await provide({ EDITLOOM_BASE_URL: remote.url, RUNCOMFY_API_TOKEN: goodToken });
  },
  openTab: async ({ context, app, complaints }, provide) => {
    await provide(async () => {
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(app.url);
      return tabOf(page);
    });
  },
});

type Tab = ReturnType<typeof tabOf>;

function tabOf(page: Page) {
  const bar = page.getByRole('region', { name: 'Open in another tab' });
  return {
    page,
    ...editorOf(page),
    bar,
    editHere: bar.getByRole('button', { name: 'Edit here instead' }),
    title: page.getByRole('textbox', { name: 'Title of the graph' }),
    prompt: editorOf(page).card('Edit').getByRole('textbox', { name: 'Prompt', exact: true }),
    refusal: page.getByText('so it can only be looked at here'),
    kept: page.getByRole('region', { name: 'Changes that were not saved' }),
    async rename(title: string): Promise<void> {
      const field = page.getByRole('textbox', { name: 'Title of the graph' });
      await field.fill(title);
      await field.press('Enter');
    },
  };
}

const graphFile = JSON.stringify({
  format: 'editloom-graph',
  version: 1,
  title: 'Shared',
  nodes: {
    photo: {
      type: 'load-image',
      params: {
        picture: {
          sha256: 'cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7',
          width: 600,
          height: 400,
          mediaType: 'image/png',
          bytes: 466706,
          name: 'coffee.png',
        },
      },
    },
    edit: { type: 'edit', position: { x: 400, y: 0 }, params: { seed: 1, prompt: 'one' } },
  },
  edges: [{ from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } }],
});

/** On the graph, wherever the view is. */
function placeOf(card: Locator): Promise<string> {
  return card.evaluate((element) => element.style.transform);
}

async function firstTab(openTab: () => Promise<Tab>): Promise<Tab> {
  const tab = await openTab();
  await tab.drop('shared.json', 'application/json', graphFile);
  await expect(tab.title).toHaveValue('Shared');
  await tab.untilSaved();
  return tab;
}

test('a second tab shows the graph live, refuses every change with the reason, and takes the writing over when asked', async ({
  openTab,
}) => {
  const one = await firstTab(openTab);
  const two = await openTab();
  await expect(two.bar).toContainText('open in another tab');
  await expect(two.title).toHaveValue('Shared');

  // Live: texts, the title, nodes that come and go.
  await one.page.bringToFront();
  await one.write('Edit', 'Prompt', 'make it blue');
  await one.rename('Renamed');
  await expect(two.prompt).toHaveValue('make it blue');
  await expect(two.title).toHaveValue('Renamed');
  await one.card('Edit').click({ position: { x: 100, y: 16 } });
  await one.page.keyboard.press('Control+d');
  await expect(two.page.locator('.react-flow__node')).toHaveCount(3);
  await one.page.keyboard.press('Control+z');
  await expect(two.page.locator('.react-flow__node')).toHaveCount(2);

  // Read-only: fields, drags and keys change nothing, and say why.
  await two.page.bringToFront();
  await expect(two.prompt).toHaveAttribute('readonly');
  await expect(two.title).toHaveAttribute('readonly');
  const card = two.card('Edit');
  const before = (await card.boundingBox())!;
  const place = await placeOf(card);
  await two.page.mouse.move(before.x + 100, before.y + 16);
  await two.page.mouse.down();
  await two.page.mouse.move(before.x + 260, before.y + 160, { steps: 4 });
  await two.page.mouse.up();
  expect(await placeOf(card)).toBe(place);
  await card.click({ position: { x: 100, y: 16 } });
  await two.page.keyboard.press('Delete');
  await expect(two.refusal).toBeVisible();
  await expect(two.page.locator('.react-flow__node')).toHaveCount(2);

  // The writer changes places; what can be undone comes along.
  await two.editHere.click();
  await expect(two.bar).toBeHidden();
  await expect(one.bar).toBeVisible();
  await two.write('Edit', 'Prompt', 'make it green');
  await expect(one.prompt).toHaveValue('make it green');
  await expect(one.prompt).toHaveAttribute('readonly');
  await two.card('Edit').click({ position: { x: 100, y: 16 } });
  await two.page.keyboard.press('Control+z');
  await expect(two.prompt).toHaveValue('make it blue');
  await two.page.keyboard.press('Control+z');
  await expect(two.prompt).toHaveValue('one');
  await expect(one.prompt).toHaveValue('one');
  await two.untilSaved();
});
