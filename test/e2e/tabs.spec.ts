import type { Locator, Page } from 'playwright/test';
import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { editFile, test as base } from './remote.ts';

/** Pages that one browser shows of the same app, with an edit service that counts what is asked of it. */
const test = base.extend<{ openTab: () => Promise<Tab> }>({
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

const graphFile = editFile('Shared', { prompt: 'one' });

/** On the graph, wherever the view is. */
function placeOf(card: Locator): Promise<string> {
  return card.evaluate((element) => element.style.transform);
}

async function firstTab(openTab: () => Promise<Tab>): Promise<Tab> {
  const tab = await openTab();
  await tab.openGraph(graphFile);
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

test('both tabs press Run on the same graph: each edit is bought once, and both show the picture', async ({
  openTab,
  remote,
}) => {
  remote.behave('one', { endHeld: true });
  const one = await firstTab(openTab);
  const two = await openTab();
  await expect(two.count).toContainText('1 edit · 1 to pay');
  await one.page.bringToFront();
  await one.runBar.getByRole('button', { name: 'Run' }).click();
  await two.page.bringToFront();
  await two.runBar.getByRole('button', { name: 'Run' }).click();
  await expect(two.runBar.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect.poll(() => remote.submissionsOf('one')).toBe(1);
  remote.letGo('one');
  await two.untilMade();
  await one.page.bringToFront();
  await one.untilMade();
  expect(remote.submissionsOf('one')).toBe(1);

  // A new take is a change of the graph, so the reader may not make one.
  await two.page.bringToFront();
  await two.card('Edit').getByRole('button', { name: 'Menu of Edit' }).click();
  await two.page.getByRole('menuitem', { name: /New take/ }).click();
  await expect(two.refusal).toBeVisible();
  expect(remote.submissionsOf('one')).toBe(1);
});

test('the writer is closed, another one crashes: the next tab goes on with all of it, and a reload keeps its place', async ({
  openTab,
}) => {
  const one = await firstTab(openTab);
  const two = await openTab();
  await expect(two.bar).toBeVisible();
  await one.page.bringToFront();
  await one.write('Edit', 'Prompt', 'typed right before the end');
  // Not saved yet: the page writes it while it goes.
  await one.page.close({ runBeforeUnload: true });
  await expect(two.bar).toBeHidden();
  await expect(two.prompt).toHaveValue('typed right before the end');
  await two.rename('Second');
  await two.untilSaved();

  const three = await openTab();
  await expect(three.title).toHaveValue('Second');
  await expect(three.bar).toBeVisible();
  await two.page.reload();
  await expect(two.title).toHaveValue('Second');
  await expect(two.bar).toBeHidden();
  await expect(three.bar).toBeVisible();

  const crashed = two.page.waitForEvent('crash');
  await two.page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await expect(three.bar).toBeHidden();
  await expect(three.title).toHaveValue('Second');
  await three.rename('Third');
  await three.untilSaved();
  await three.page.reload();
  await expect(three.title).toHaveValue('Third');
  await expect(three.prompt).toHaveValue('typed right before the end');
});

test('tabs that cannot hear each other do not write over each other: the storage lets only the last one write', async ({
  openTab,
  context,
}) => {
  await context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'locks');
    BroadcastChannel.prototype.postMessage = () => undefined;
  });
  const one = await firstTab(openTab);
  const two = await openTab();
  await expect(two.bar).toBeHidden();
  await two.rename('Of the second');
  await two.untilSaved();
  await one.page.bringToFront();
  await one.rename('Of the first');
  await expect(one.bar).toBeVisible();
  await expect(one.kept).toContainText('They are kept as a version of “Of the first”');
  await one.page.close();
  await two.page.reload();
  await expect(two.title).toHaveValue('Of the second');
});

test('a frozen writer is taken over; the change that it could not save is kept as a version, and never written over the new ones', async ({
  openTab,
}) => {
  const one = await firstTab(openTab);
  const two = await openTab();
  await expect(two.bar).toBeVisible();
  await one.page.bringToFront();
  await one.page.evaluate(() => {
    const original = Reflect.get(IDBObjectStore.prototype, 'put') as (...given: unknown[]) => IDBRequest<IDBValidKey>;
    Object.assign(window, { mend: () => (IDBObjectStore.prototype.put = original) });
    IDBObjectStore.prototype.put = function (value, key) {
      if (key === 'draft') throw new DOMException('The disk is full.', 'QuotaExceededError');
      return original.call(this, value, key);
    };
  });
  await one.rename('Never saved');
  await expect(one.page.getByRole('button', { name: 'Not saved' })).toBeVisible();
  // A page with an open alert does nothing else, as one that is frozen or hangs.
  const asleep = one.page.waitForEvent('dialog');
  await one.page.evaluate(() => void setTimeout(() => alert('asleep')));
  const dialog = await asleep;

  await two.page.bringToFront();
  await two.editHere.click();
  await expect(two.bar).toBeHidden();
  await two.rename('Saved by the second');
  await two.untilSaved();
  await dialog.dismiss();
  await one.page.bringToFront();
  await expect(one.bar).toBeVisible();
  await expect(one.kept).toContainText('They are kept as a version of “Never saved”');
  await expect(one.title).toHaveValue('Saved by the second');
  await one.page.evaluate(() => (window as unknown as { mend: () => void }).mend());
  await one.page.close();
  await two.page.reload();
  await expect(two.title).toHaveValue('Saved by the second');
});
