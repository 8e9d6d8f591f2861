import type { Page } from 'playwright/test';
import { expect, test } from './app.ts';
import { editorOf } from './editor.ts';

test('eight tabs of one browser are served, over one event stream that moves on when its tab is closed', async ({
  app,
  page,
  context,
}) => {
  const streams: string[] = [];
  context.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === '/api/events') streams.push(search);
  });
  const pages: Page[] = [page];
  while (pages.length < 8) pages.push(await context.newPage());
  for (const each of pages) {
    await each.goto(app.url);
    await expect(editorOf(each).count).toContainText('edits');
  }
  expect(streams).toEqual(['']);

  const [first, ...others] = pages;
  await first!.bringToFront();
  await first!.getByRole('button', { name: /^Run/ }).first().click();
  await editorOf(first!).untilMade();
  for (const each of others) await expect(each.locator('[data-made="7"][data-to-pay="0"]')).toBeVisible();

  await first!.close();
  await expect.poll(() => streams.length).toBe(2);
  expect(streams[1]).toMatch(/^\?after=[1-9]\d*$/);

  const gone = (each: Page) => each.getByText('Editloom’s server does not answer');
  await app.kill();
  for (const each of others) await expect(gone(each)).toBeVisible();
  await app.start();
  for (const each of others) await expect(gone(each)).toBeHidden();
});
