import type { Page } from 'playwright/test';
import { expect } from './app.ts';
import { editorOf } from './editor.ts';
import { coffee, test as base } from './remote.ts';

const test = base.extend<{ violations: string[] }>({
  /** What the page's policy had to forbid: it shall have nothing to do. */
  violations: [
    async ({ page }, provide) => {
      const violations: string[] = [];
      await page.exposeFunction('tellViolation', (text: string) => void violations.push(text));
      await page.addInitScript(() =>
        addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
          const tell = (window as unknown as { tellViolation: (text: string) => void }).tellViolation;
          tell(`${effectiveDirective} ${blockedURI} ${sourceFile}`);
        }),
      );
      await provide(violations);
      expect(violations).toEqual([]);
    },
    { auto: true },
  ],
});

const evil = [
  '<img src=x onerror="window.pwned=1">',
  '<script>window.pwned=1</script>',
  '"><svg onload=window.pwned=1>',
  "'><iframe srcdoc='<script>parent.pwned=1</script>'>",
];
const [image = '', script = '', svg = '', frame = ''] = evil;

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  await expect(page.locator('img[src="x"], iframe, [onerror], [onload], #root script')).toHaveCount(0);
}

const poisoned = JSON.stringify({
  format: 'editloom-graph',
  version: 1,
  title: `Title ${image}`,
  nodes: {
    photo: {
      type: 'load-image',
      title: svg,
      position: { x: 0, y: 0 },
      params: { picture: { ...coffee, name: image } },
    },
    prompts: { type: 'prompt-sweep', title: script, position: { x: 0, y: 360 }, params: { prompts: evil.join('\n') } },
    edit: { type: 'edit', title: image, position: { x: 400, y: 0 }, params: { seed: 1, prompt: frame } },
    odd: { type: frame, title: frame, position: { x: 400, y: 600 }, params: { [image]: script } },
  },
  edges: [
    { from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } },
    { from: { node: 'prompts', port: 'text' }, to: { node: 'edit', port: 'prompt' } },
    { from: { node: svg, port: 'image' }, to: { node: 'edit', port: 'seed' } },
  ],
});

test.describe('strings of strangers', () => {
  test('script in titles, prompts, file names and the words of a service is shown as the text it is', async ({
    page,
    app,
    remote,
  }) => {
    const refused = {
      error_code: 422001,
      error_message: evil.join(' '),
      detail: [{ loc: ['body', image], msg: script }],
    };
    remote.behave(image, { submits: [{ accepts: false, raw: () => ({ status: 422, body: refused }) }] });
    remote.behave(script, {
      submits: [{ accepts: false, raw: () => ({ status: 400, body: `<h1>${evil.join('')}</h1>` }) }],
    });
    remote.behave(svg, { result: () => ({ status: 'failed', output: null, error: evil }) });
    remote.behave(frame, { result: (urls) => ({ output: { images: urls }, note: evil.join(' ') }) });
    const editor = editorOf(page);
    await page.goto(app.url);
    await editor.drop(`${image}.json`, 'application/json', '{');
    await expect(page.getByText(`“${image}.json” was not opened`)).toBeVisible();
    await editor.drop(`${image}.png`, 'image/png', 'no picture');
    await expect(page.getByText(`${image}.png was not taken`)).toBeVisible();
    await editor.drop('poisoned.json', 'application/json', poisoned);
    await expect(page.getByRole('dialog')).toContainText(`of the unknown type "${frame}"`);
    await page.keyboard.press('Escape');
    for (const title of [image, script, svg, frame]) await expect(editor.card(title)).toBeVisible();
    await expect(page).toHaveTitle(/^Title <img src=x/);

    await editor.runBar.getByRole('button', { name: 'Run' }).click();
    await expect(editor.runBar.getByRole('button', { name: 'Run' })).toBeVisible();
    const points = editor.card(image).getByRole('option');
    await expect(points).toHaveCount(4);
    for (const [index, status] of ['Failed', 'Failed', 'Failed', 'Done'].entries())
      await expect(points.nth(index)).toHaveAccessibleName(new RegExp(status));
    // Large, one after the other, with what the service said and how each was made.
    const viewer = page.getByRole('dialog');
    await points.first().focus();
    await page.keyboard.press('Enter');
    await expect(viewer).toContainText('1 / 4');
    await expect(viewer).toContainText(`It said: ${evil.join(' ')}`);
    for (const shown of ['2 / 4', '3 / 4', '4 / 4']) {
      await page.keyboard.press('ArrowRight');
      await expect(viewer).toContainText(shown);
    }
    await expectHarmless(page);
    await page.keyboard.press('Escape');
    await expectHarmless(page);
    await page.reload();
    await expect(editor.card(image)).toBeVisible();
    await expectHarmless(page);
  });
});

test.describe('with a password', () => {
  const password = 'correct horse battery';
  test.use({ env: { EDITLOOM_PASSWORD: password } });

  test('a session that ends asks for the password over the open page, and nothing of the work is lost', async ({
    page,
    app,
    context,
  }) => {
    const editor = editorOf(page);
    await page.goto(app.url);
    const field = page.getByLabel('Password');
    await expect(field).toBeFocused();
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('This is not the password.');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await expect(page.locator('.react-flow__node').first()).toBeVisible();

    await editor.startEmpty();
    await editor.add('Prompt', 700, 300);
    await editor.write('Prompt', 'Prompt', 'kept through everything');
    await context.clearCookies();
    await app.kill();
    await app.start();
    const again = page.getByRole('dialog', { name: 'Log in again' });
    await expect(again).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(again).toBeVisible();
    await again.getByLabel('Password').fill('wrong again, sorry');
    await again.getByRole('button', { name: 'Log in' }).click();
    await expect(again.getByRole('alert')).toHaveText('This is not the password.');
    await again.getByLabel('Password').fill(password);
    await again.getByRole('button', { name: 'Log in' }).click();
    await expect(again).toHaveCount(0);
    await expect(editor.card('Prompt').getByRole('textbox', { name: 'Prompt' })).toHaveValue('kept through everything');

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await expect(page.getByRole('heading', { name: 'Editloom' })).toBeVisible();
    await expect(page.getByLabel('Password')).toBeFocused();
  });
});
