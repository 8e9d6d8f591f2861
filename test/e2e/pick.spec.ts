import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { coffee, test } from './remote.ts';

/** Two edits of one photograph, a choice between them, and an edit of what was chosen. */
const pickFile = JSON.stringify({
  format: 'editloom-graph',
  version: 1,
  title: 'Pick',
  nodes: {
    photo: { type: 'load-image', position: { x: 0, y: 0 }, params: { picture: coffee } },
    prompts: { type: 'prompt-sweep', position: { x: 0, y: 420 }, params: { prompts: 'one\ntwo' } },
    edit: { type: 'edit', position: { x: 380, y: 0 }, params: { seed: 1 } },
    pick: { type: 'pick', position: { x: 760, y: 0 } },
    after: { type: 'edit', title: 'After', position: { x: 1140, y: 0 }, params: { seed: 1, prompt: 'after' } },
  },
  edges: [
    { from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } },
    { from: { node: 'prompts', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
    { from: { node: 'edit', port: 'image' }, to: { node: 'pick', port: 'image' } },
    { from: { node: 'pick', port: 'image' }, to: { node: 'after', port: 'image' } },
  ],
});

test('[S5] by keys alone: pick A, run, pick B, run, pick A again: nothing new to pay; undo likewise', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  const dialog = page.getByRole('dialog', { name: 'Pick' });
  const choose = editor.card('Pick').getByRole('button', { name: 'Choose…' });
  const candidate = (prompt: string) => dialog.getByRole('button', { name: new RegExp(`^${prompt}`) });
  await page.goto(app.url);
  await editor.openGraph(pickFile);
  await expect(editor.count).toContainText('2 edits · 2 to pay');
  await expect(editor.runBar).toContainText('1 pick waits for pictures');

  await page.keyboard.press('Control+Enter');
  const waiting = editor.runBar.getByRole('button', { name: '1 pick waits for you' });
  await expect(editor.count).toContainText('2 edits · 2 already made');
  await waiting.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('0 of 1 chosen');
  await expect(candidate('one')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(candidate('one')).toHaveAttribute('aria-pressed', 'true');
  await expect(dialog.getByRole('status')).toContainText('All choices are made');
  await page.keyboard.press('Escape');
  await expect(waiting).toBeHidden();
  await expect(editor.count).toContainText('3 edits · 2 already made · 1 to pay');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  expect(remote.submissions.map(({ prompt }) => prompt).sort()).toEqual(['after', 'one', 'two']);

  await choose.focus();
  await page.keyboard.press('Enter');
  await expect(candidate('one')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(candidate('two')).toBeFocused();
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog', { name: /Edit/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(candidate('two')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(candidate('two')).toHaveAttribute('aria-pressed', 'true');
  await expect(candidate('one')).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Escape');
  await expect(editor.count).toContainText('3 edits · 2 already made · 1 to pay');
  await page.keyboard.press('Control+Enter');
  await editor.untilMade();
  expect(remote.submissionsOf('after')).toBe(2);

  await choose.focus();
  await page.keyboard.press('Enter');
  await expect(candidate('one')).toBeFocused();
  await page.keyboard.press('1');
  await page.keyboard.press('Escape');
  await expect(editor.card('Pick')).toContainText('1 of 1 chosen');
  await expect(editor.count).toContainText('3 edits · 3 already made');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+z');
  await expect(editor.count).toContainText('3 edits · 3 already made');
  await page.reload();
  await expect(editor.count).toContainText('3 edits · 3 already made');
  expect(remote.submissions).toHaveLength(4);
});

test('by numbers down the rows: the focus goes to each next choice, also where its row was not drawn yet', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  const dialog = page.getByRole('dialog', { name: 'Pick' });
  const file = JSON.parse(pickFile) as { nodes: Record<string, object>; edges: object[] };
  file.nodes['seeds'] = { type: 'seed-sweep', position: { x: 0, y: 700 }, params: { count: 4 } };
  file.nodes['pick'] = { type: 'pick', position: { x: 760, y: 0 }, params: { over: ['prompts'] } };
  file.edges.push({ from: { node: 'seeds', port: 'seed' }, to: { node: 'edit', port: 'seed' } });
  await page.goto(app.url);
  await editor.openGraph(JSON.stringify(file));
  await expect(editor.card('After')).toContainText('Waits for a pick');
  await page.keyboard.press('Control+Enter');
  await expect(editor.count).toContainText('8 edits · 8 already made');
  await editor.runBar.getByRole('button', { name: '1 pick waits for you' }).click();
  await expect(dialog).toContainText('0 of 4 chosen');
  for (let row = 0; row < 4; row++) {
    await expect(dialog.locator(`[data-row="${row}"] [data-candidate]`).first()).toBeFocused();
    await page.keyboard.press('2');
  }
  await expect(dialog).toContainText('4 of 4 chosen');
});
