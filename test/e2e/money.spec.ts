import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { chainFile, sweepFile, test } from './remote.ts';

const sweepOf = (...prompts: string[]) => sweepFile('Money', prompts);

test('[M1, M3, M4, M10] double click, reload, a killed server and a lost answer: no edit is ever bought twice', async ({
  page,
  app,
  remote,
}) => {
  remote.behave('two', { endHeld: true });
  remote.behave('three', { submits: [{ accepts: true, cut: true }] });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(sweepOf('one', 'two', 'three'));
  await expect(editor.count).toContainText('3 edits · 3 to pay');
  await expect(editor.runBar).toContainText('3 × $0.05 = $0.15');

  await editor.runBar.getByRole('button', { name: 'Run' }).dblclick();
  const points = editor.card('Edit').getByRole('option');
  await expect(points.nth(0)).toHaveAccessibleName(/: one: Done/);
  await expect(points.nth(2)).toHaveAccessibleName(/: three: Outcome unknown/);
  expect(remote.submissions).toHaveLength(3);

  await page.reload();
  await expect(editor.count).toContainText(/3 edits · 1 already made · 1 underway\s*1 edit has an unknown outcome/);
  await app.kill();
  await expect(page.getByText(/server does not answer/)).toBeVisible();
  await app.start();
  await expect(page.getByText(/server does not answer/)).toBeHidden();
  remote.letGo('two');
  await expect(points.nth(1)).toHaveAccessibleName(/: two: Done/);
  await expect(editor.count).toContainText(/3 edits · 2 already made\s*1 edit has an unknown outcome/);
  await page.keyboard.press('Control+Enter');
  await app.kill();
  await app.start();
  await page.reload();
  await expect(editor.count).toContainText(/3 edits · 2 already made\s*1 edit has an unknown outcome/);
  expect(['one', 'two', 'three'].map(remote.submissionsOf)).toEqual([1, 1, 1]);

  await points.nth(2).click();
  await expect(editor.card('Edit')).toContainText('not known whether the edit was accepted');
  await editor.card('Edit').getByRole('button', { name: 'Decide…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New take of 1' }).click();
  await editor.untilMade();
  expect(['one', 'two', 'three'].map(remote.submissionsOf)).toEqual([1, 1, 2]);
  expect(remote.tokensSeenByStorage).toEqual([]);
});

test('[M8] Stop cancels what is queued at the service, and what is being made arrives all the same', async ({
  page,
  app,
  remote,
}) => {
  // Each look takes a step of its life, and nobody knows how many there are: it stays in the queue until it is cancelled.
  remote.behave('queued', { life: ['in_queue'], endHeld: true });
  remote.behave('begun', { life: ['in_progress', 'succeeded'], endHeld: true });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(sweepOf('begun', 'queued'));
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  const points = editor.card('Edit').getByRole('option');
  await expect(points.nth(0)).toHaveAccessibleName(/Being made/);
  await expect(points.nth(1)).toHaveAccessibleName(/In the queue/);
  await page.keyboard.press('Control+Alt+Enter');
  await expect(points.nth(1)).toHaveAccessibleName(/Cancelled/);
  remote.letGo('begun');
  await expect(points.nth(0)).toHaveAccessibleName(/Done/);
  expect(['begun', 'queued'].map(remote.submissionsOf)).toEqual([1, 1]);
});

test('[M8] Stop on one page leaves what another page of the browser waits for', async ({
  page,
  app,
  remote,
  context,
}) => {
  remote.behave('queued', { life: ['in_queue', 'succeeded'], endHeld: true });
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(sweepOf('queued'));
  await editor.runBar.getByRole('button', { name: 'Run' }).click();
  await expect(editor.card('Edit')).toContainText(/In the queue|Queued/);
  const other = await context.newPage();
  const second = editorOf(other);
  await other.goto(app.url);
  await expect(second.count).toContainText('1 edit · 1 underway');
  await second.runBar.getByRole('button', { name: 'Run' }).click();
  await expect(second.runBar.getByRole('progressbar')).toBeVisible();

  await page.bringToFront();
  await page.keyboard.press('Control+Alt+Enter');
  await expect(editor.runBar).toContainText('Stopped. The one begun already arrives by itself');
  remote.letGo('queued');
  await expect(second.count).toContainText('1 edit · 1 already made');
  await expect(editor.count).toContainText('1 edit · 1 already made');
  expect([remote.requests.cancel, remote.submissionsOf('queued')]).toEqual([0, 1]);
});

test('[M9] the question before a new take names all that will be bought, and nothing else is', async ({
  page,
  app,
  remote,
}) => {
  const editor = editorOf(page);
  await page.goto(app.url);
  await editor.openGraph(chainFile('Chain', ['first', 'second']));
  await editor.card('Second').getByRole('heading', { name: 'Second' }).click({ button: 'right' });
  // The entry names the price of the take; what it needs is not made yet, so it asks.
  await page.getByRole('menuitem', { name: /^New take of this edit · \$0\.05/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('2 edits: this one, and 1 that comes with it');
  await expect(dialog).toContainText('2 × $0.05 = $0.10');
  expect(remote.submissions).toEqual([]);
  await dialog.getByRole('button', { name: 'Make 2 edits' }).click();
  await editor.untilMade();
  expect(['first', 'second'].map(remote.submissionsOf)).toEqual([1, 1]);
});

test('a notice stands clear of the run bar, however high it is, and of an open dialog’s buttons', async ({
  page,
  app,
}) => {
  const editor = editorOf(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(app.url);
  await editor.openGraph(sweepOf('one'));
  const notice = page.locator('[data-sonner-toast]').filter({ hasText: '“Money” was opened.' });
  // As long as the mouse is over it, it stays.
  await notice.hover();
  await expect(notice).toHaveAttribute('data-y-position', 'bottom');
  const gap = async (): Promise<number> => {
    const [box, bar] = [(await notice.boundingBox())!, (await editor.runBar.boundingBox())!];
    return bar.y - box.y - box.height;
  };
  await expect.poll(gap).toBeGreaterThan(0);
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(notice).toHaveAttribute('data-y-position', 'top');
});

test.describe('with a wrong token', () => {
  test.use({ token: 'wrong-token-9f3a' });

  test('the node says what is wrong, nothing is bought, and the token is nowhere to be seen', async ({
    page,
    app,
    remote,
  }) => {
    const editor = editorOf(page);
    await page.goto(app.url);
    await editor.openGraph(sweepOf('one', 'two', 'three', 'four', 'five', 'six'));
    await editor.runBar.getByRole('button', { name: 'Run' }).click();
    await expect(editor.card('Edit')).toContainText('RunComfy does not accept the API token');
    expect(remote.submissions.filter(({ accepted }) => accepted)).toEqual([]);
    await expect(editor.count).toContainText('6 to pay');
    const said = [
      app.log(),
      await page.content(),
      JSON.stringify(await (await page.request.get(`${app.url}/api/settings`)).json()),
    ];
    expect(said.filter((text) => text.includes('wrong-token-9f3a'))).toEqual([]);
  });
});

test.describe('without a token', () => {
  test.use({ token: '' });

  test('the offline service is named; a token set in the app connects the other one, and the same graph is to pay there', async ({
    page,
    app,
    remote,
  }) => {
    const editor = editorOf(page);
    await page.goto(app.url);
    await editor.openGraph(sweepOf('make it black and white'));
    await editor.runBar.getByRole('button', { name: 'Run' }).click();
    await editor.untilMade();
    expect(remote.submissions).toEqual([]);

    // Chosen without its token, it is refused before anything is sent, with the way to where that is set right.
    const settings = page.getByRole('dialog', { name: 'Settings' });
    const choose = async (service: string): Promise<void> => {
      await settings
        .locator('label')
        .filter({ has: page.getByText(service, { exact: true }) })
        .click();
      await settings.getByRole('button', { name: 'Save' }).click();
      await expect(settings).toBeHidden();
    };
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await choose('RunComfy');
    await expect(page.getByRole('button', { name: /^Edit service: .* no token yet$/ })).toBeVisible();
    await expect(editor.runBar.getByRole('button', { name: 'Wants an API token…' })).toBeVisible();
    await editor.runBar.getByRole('button', { name: 'Run', exact: true }).click();
    const notice = page.locator('[data-sonner-toast]').filter({ hasText: 'wants an API token' });
    await notice.getByRole('button', { name: 'Settings' }).click();
    await choose('Automatic');
    expect(remote.submissions).toEqual([]);

    await page.getByRole('button', { name: /^Edit service: Offline service/ }).click();
    await page.getByLabel('API token').fill('good-secret-77aa');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Edit service: RunComfy|^Edit service: 127/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(editor.count).toContainText('1 edit · 1 to pay');
    await editor.runBar.getByRole('button', { name: 'Run' }).click();
    await editor.untilMade();
    expect(remote.submissions).toEqual([{ prompt: 'make it black and white', accepted: true }]);

    await page.reload();
    await expect(editor.count).toContainText('1 edit · 1 already made');
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect([stored, await page.content(), app.log()].filter((text) => text.includes('good-secret-77aa'))).toEqual([]);
  });
});
