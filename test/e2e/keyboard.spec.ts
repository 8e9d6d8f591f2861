import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import sharp from 'sharp';
import { expectNoFaults } from './accessibility.ts';
import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { test } from './remote.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Somebody with nothing but a keyboard: presses keys, and sees where the focus is. */
function handsOf(page: Page) {
  const { keyboard } = page;

  /** What is wrong with where the focus is; empty = it can be seen. */
  const faultOfFocus = (): Promise<string> =>
    page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return 'The focus is on nothing';
      const name = `${focused.tagName} “${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40)}”`;
      const active = focused.getAttribute('aria-activedescendant');
      const shown = (focused.role === 'grid' && active && document.querySelector(`[id="${active}"]`)) || focused;
      const { left, top, width, height } = shown.getBoundingClientRect();
      const x = (Math.max(0, left) + Math.min(innerWidth, left + width)) / 2;
      const y = (Math.max(0, top) + Math.min(innerHeight, top + height)) / 2;
      const seen = document.elementFromPoint(x, y);
      if (!seen) return `${name} is out of sight`;
      if (!shown.contains(seen) && !seen.contains(shown))
        return `${name} is hidden behind ${seen.outerHTML.slice(0, 90)}`;
      // A dialog that was just opened holds the focus itself.
      if (focused.role === 'dialog') return '';
      // A field may lend its ring to the box around it, and the cell of a grid to the picture in it.
      const around = [shown, shown.parentElement!, shown.parentElement!.parentElement!];
      const hasRing = [...around, ...(shown === focused ? [] : shown.querySelectorAll('*'))]
        .map((each) => getComputedStyle(each))
        .some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none');
      return hasRing ? '' : `${name} has no ring`;
    });

  const seen = (): Promise<void> => expect.poll(faultOfFocus).toBe('');

  return {
    seen,
    press: async (...keys: string[]): Promise<void> => {
      for (const key of keys) await keyboard.press(key);
    },
    write: async (text: string): Promise<void> => {
      await keyboard.press('ControlOrMeta+a');
      await keyboard.type(text);
    },
    /** The focus is here, and it is seen. */
    at: async (target: Locator): Promise<void> => {
      await expect(target).toBeFocused();
      await seen();
    },
    /** Presses a key until this has the focus. */
    goTo: async (target: Locator, key = 'Tab'): Promise<void> => {
      await expect(target).toBeAttached();
      for (let presses = 0; presses < 50; presses++) {
        if (await target.evaluate((element) => element === document.activeElement)) return seen();
        await keyboard.press(key);
      }
      throw new Error(`50 presses of ${key} do not lead to ${target.toString()}`);
    },
  };
}

/** Titles of cards that cover each other. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cards = [...document.querySelectorAll('.react-flow__node')];
    const boxes = cards.map((card) => ({ name: card.getAttribute('aria-label'), box: card.getBoundingClientRect() }));
    return boxes.flatMap(({ name, box }, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (other) =>
            box.left < other.box.right &&
            other.box.left < box.right &&
            box.top < other.box.bottom &&
            other.box.top < box.bottom,
        )
        .map((other) => `${name} and ${other.name}`),
    );
  });
}

test('[U1, U2] by keyboard alone from an empty graph to what is rated, compared, picked, found, exported and saved', async ({
  page,
  app,
  remote,
}) => {
  test.setTimeout(300_000);
  const editor = editorOf(page);
  const { card, count, runBar } = editor;
  const { at, goTo, press, seen, write } = handsOf(page);
  const blue = await sharp({ create: { width: 451, height: 300, channels: 3, background: '#2040a0' } })
    .png()
    .toBuffer();
  remote.behave('make it cold', { files: Array.from({ length: 9 }, () => ({ body: blue })) });
  const menuItem = (name: string | RegExp): Locator => page.getByRole('menuitem', { name });
  const edges = page.locator('.react-flow__edge');
  const add = async (words: string, title: string): Promise<void> => {
    await press('/');
    await expect(page.getByRole('combobox', { name: 'Search nodes' })).toBeFocused();
    await seen();
    await page.keyboard.type(words);
    await press('Enter');
    await at(card(title));
  };
  /** Draws the first edge that is offered at the card with the focus. */
  const connect = async (first: string): Promise<void> => {
    await press('c');
    await expect(menuItem(first)).toBeFocused();
    await press('Enter');
  };

  await page.goto(app.url);
  await test.step('an empty graph, a photograph, two prompts, two seeds', async () => {
    await expect(card('Look')).toBeVisible();
    const menu = page.getByRole('button', { name: 'File', exact: true });
    await goTo(menu);
    await press('Enter');
    await expect(menuItem('New graph')).toBeFocused();
    await press('Enter');
    await expect(page.locator('.react-flow__node')).toHaveCount(0);
    await at(menu);

    // Asked for in time: a key opens it at once.
    const chooser = page.waitForEvent('filechooser');
    await add('load', 'Load image');
    await press('Enter');
    await at(page.getByLabel('Choose a picture'));
    await press('Enter');
    await (await chooser).setFiles('app/samples/coffee.png');
    await at(page.getByLabel('Replace coffee.png'));
    await press('Escape');
    await at(card('Load image'));

    await add('edit', 'Edit');
    await expect(edges).toHaveCount(1);
    await add('prompt sweep', 'Prompt sweep');
    await press('Enter');
    await write('make it warm\nmake it cold');
    await press('Escape');
    await connect('To Edit: Prompt');
    await add('seed sweep', 'Seed sweep');
    await press('Enter');
    await goTo(card('Seed sweep').getByRole('textbox', { name: 'How many' }));
    await write('2');
    await press('Escape');
    await connect('To Edit: Seed');
    await at(card('Seed sweep'));
    // Tab pressed faster than the view moves loses none.
    await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Tab', 'Tab', 'Shift+Tab');
    await at(card('Edit'));
  });

  await test.step('the price is read, then the run is begun', async () => {
    await expect(count).toContainText('4 edits · 4 to pay');
    await expect(runBar).toContainText('4 × $0.05 = $0.20');
    await press('ControlOrMeta+Enter');
    await expect(count).toContainText('4 edits · 4 already made');
    await at(card('Edit'));
  });

  const grid = page.getByRole('grid', { name: 'Results of Edit' });
  const cell = (prompt: string, seed: number): Locator =>
    grid.getByRole('gridcell', { name: `Prompt sweep: ${prompt}, Seed sweep: ${seed}:` });
  await test.step('the grid: rate, strike a column out and put it back, a new take', async () => {
    await press('g');
    await at(cell('make it warm', 1));
    await press('ArrowRight', '4');
    await expect(cell('make it warm', 2)).toHaveAccessibleName(/4 stars$/);
    await press('ArrowUp', 'x');
    await expect(count).toContainText('2 edits · 2 already made');
    await seen();
    await press('x');
    await expect(count).toContainText('4 edits · 4 already made');
    await press('ArrowDown', 't');
    const question = page.getByRole('dialog', { name: 'Make this edit once more?' });
    await expect(question).toContainText('$0.05');
    await goTo(question.getByRole('button', { name: 'Make it again' }));
    await press('Enter');
    await at(cell('make it warm', 2));
    await expect.poll(() => remote.submissionsOf('make it warm')).toBe(3);
    await expect(count).toContainText('4 edits · 4 already made');
  });

  await test.step('compare two cells in four ways, their neighbours, and what differs', async () => {
    await press('ArrowLeft', 'Space', 'ArrowDown', 'Space', 'c');
    const view = page.getByRole('dialog', { name: 'Compare' });
    const pictures = view.getByRole('list', { name: 'Pictures' });
    const mode = (name: string): Locator => view.getByRole('radio', { name });
    await expect(pictures).toContainText(/make it warm · Seed sweep: 1.*make it cold · Seed sweep: 1/);
    await goTo(mode('Slider'));
    await expectNoFaults(page);
    for (const name of ['Side by side', 'Blink', 'Difference']) {
      await press('ArrowRight');
      await at(mode(name));
      await expect(mode(name)).toBeChecked();
      await expectNoFaults(page);
    }
    await expect(view.getByRole('region', { name: 'How far apart they are' })).toContainText('100.0 % of the pixels');
    await expect(view.getByRole('complementary', { name: 'What differs' }).locator('mark')).toHaveText([
      'warm',
      'cold',
    ]);
    await press('Tab', 'ArrowRight');
    await expect(pictures).toContainText(/make it warm · Seed sweep: 2.*make it cold · Seed sweep: 2/);
    await press('Escape');
    await at(cell('make it cold', 1));
    await press('Escape', 'Escape');
    await at(card('Edit'));
  });

  await test.step('one cell of a new row is made, then the row is undone', async () => {
    await press('Tab');
    await at(card('Prompt sweep'));
    await press('Enter', 'ControlOrMeta+End');
    await page.keyboard.type('\nmake it green');
    await press('Escape', 'Shift+Tab');
    await expect(count).toContainText('6 edits · 4 already made · 2 to pay');
    await at(card('Edit'));
    await press('g');
    await goTo(cell('make it green', 1), 'ArrowDown');
    await press('m');
    await expect(count).toContainText('6 edits · 5 already made · 1 to pay');
    await press('ControlOrMeta+z');
    await expect(count).toContainText('4 edits · 4 already made');
    await seen();
    await press('Escape');
    await at(card('Edit'));
  });

  await test.step('[S5] pick A, run, pick B, run, A again: nothing new is made', async () => {
    await add('pick', 'Pick');
    await expect(card('Pick')).toContainText('0 of 1 chosen');
    await press('/');
    await page.keyboard.type('edit');
    await press('Enter');
    // The other one may be out of view, and so not on the page.
    await at(page.locator('.react-flow__node.selected[aria-label="Edit"]'));
    await press('F2');
    await write('After');
    await press('Enter');
    await at(card('After'));
    await press('Enter');
    await write('after');
    await press('Escape');
    await expect(card('After')).toContainText('Waits for a pick');

    const dialog = page.getByRole('dialog', { name: 'Pick' });
    const candidates = dialog.locator('[data-candidate]');
    const choose = async (...keys: string[]): Promise<void> => {
      await press('k');
      await expect(candidates).toHaveCount(4);
      await seen();
      await press(...keys);
      await expect(dialog.locator('[data-candidate][aria-pressed=true]')).toBeFocused();
    };
    await choose('Space');
    await expectNoFaults(page);
    await press('Escape');
    await at(card('After'));
    await press('ControlOrMeta+Enter');
    await editor.untilMade();
    await choose('ArrowRight', 'ArrowRight', 'Enter');
    await press('Escape');
    await expect(count).toContainText('1 to pay');
    await press('ControlOrMeta+Enter');
    await editor.untilMade();
    await choose('1');
    await press('Escape');
    await expect(count).toContainText('5 edits · 5 already made');
    expect(remote.submissionsOf('after')).toBe(2);
    await press('.');
    await expect.poll(() => overlaps(page)).toEqual([]);
  });

  await test.step('run to here goes by the ring, though nothing is selected; the history', async () => {
    await at(card('After'));
    await press('Enter');
    await write('after all');
    await press('Escape', 'Escape');
    await expect(page.locator('.react-flow__node.selected')).toHaveCount(0);
    await expect(count).toContainText('1 to pay');
    await press('ControlOrMeta+Shift+Enter');
    await editor.untilMade();
    await press('h');
    await expect(page.getByRole('dialog')).toContainText('after');
    await seen();
    await press('Escape');
    await at(card('After'));
  });

  await test.step('the gallery: search, filter, rate, look, and back to the graph that made it', async () => {
    await press('p');
    const gallery = page.getByRole('dialog', { name: 'Gallery' });
    const tiles = gallery.getByRole('grid', { name: 'Pictures' }).getByRole('gridcell');
    await expect(tiles).toHaveCount(9);
    await goTo(gallery.getByRole('searchbox', { name: 'Search in prompts' }));
    await page.keyboard.type('cold');
    await expect(tiles).toHaveCount(2);
    await press('Escape');
    await expect(tiles).toHaveCount(9);
    const green = gallery.getByRole('checkbox', { name: 'make it green 1' });
    await goTo(green);
    await press('Space');
    await expect(tiles).toHaveCount(1);
    await goTo(green);
    await press('Space');
    await expect(tiles).toHaveCount(9);
    await goTo(gallery.getByRole('grid', { name: 'Pictures' }));
    await press('ControlOrMeta+End', '5');
    await expect(tiles.last()).toHaveAccessibleName(/^make it .*5 stars$/);
    await seen();
    await press('Enter');
    const lightbox = page.getByRole('dialog', { name: /^make it (warm|cold)/ });
    await expect(lightbox.getByRole('complementary', { name: 'How it was made' })).toContainText('req_');
    await goTo(lightbox.getByRole('button', { name: 'Open the graph that made this' }));
    await press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.locator('.react-flow__node')).toHaveCount(4);
    await at(card('Edit'));
    await expect(count).toContainText('4 edits · 4 already made');
  });

  await test.step('every export', async () => {
    const dialog = page.getByRole('dialog', { name: 'Export' });
    const formats = {
      'Sheet, PNG': /\.png$/,
      'Sheet, PDF': /\.pdf$/,
      'Web page': /\.html$/,
      'Pictures, zip': /\.zip$/,
      'Table, CSV': /\.csv$/,
      'Data, JSON': /\.json$/,
    };
    for (const [format, name] of Object.entries(formats)) {
      await press('e');
      const checked = dialog.getByRole('group', { name: 'Format' }).locator('input:checked');
      await goTo(checked);
      await goTo(dialog.getByRole('radio', { name: format }), 'ArrowRight');
      await goTo(dialog.getByRole('button', { name: 'Export', exact: true }));
      const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
      expect(download.suggestedFilename()).toMatch(name);
      await expect(dialog).toBeHidden();
      await at(card('Edit'));
    }
  });

  await test.step('saved, and the node that saved is undone: the focus stays on the canvas', async () => {
    await add('save', 'Save');
    await expect(count).toContainText('4 files to save');
    await press('ControlOrMeta+Shift+Enter');
    await editor.untilMade();
    const files = readdirSync(join(app.data, 'outputs'), { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toHaveLength(4);
    await press('ControlOrMeta+z');
    await expect(card('Save')).toBeHidden();
    await at(page.getByRole('main', { name: 'Graph' }).locator('> div').first());
    await press('Tab');
    await seen();
  });
  // Four, a new take, one of a new row, two picks and other words behind them.
  expect(remote.submissions).toHaveLength(9);
});
