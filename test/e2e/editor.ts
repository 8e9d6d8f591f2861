import { type Locator, type Page } from 'playwright/test';
import { expect } from './app.ts';

/** The editor as a person at it sees it. */
export function editorOf(page: Page) {
  const card = (title: string): Locator =>
    page.locator('.react-flow__node').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const port = (title: string, name: string, side: 'source' | 'target'): Locator =>
    card(title).locator(`.react-flow__handle.${side}[data-handleid="${name}"]`);
  const runBar = page.getByRole('region', { name: 'Run' });

  const editor = {
    card,
    runBar,
    count: runBar.getByRole('paragraph').first(),
    async startEmpty(): Promise<void> {
      await page.getByRole('button', { name: 'File', exact: true }).click();
      await page.getByRole('menuitem', { name: /^New/ }).click();
      await expect(page.locator('.react-flow__node')).toHaveCount(0);
    },
    /** Drags a node type from the palette to a place on the canvas. */
    async add(type: string, x: number, y: number): Promise<void> {
      const before = await page.locator('.react-flow__node').count();
      const item = page
        .getByRole('complementary', { name: 'Nodes' })
        .getByRole('button', { name: new RegExp(`^${type} [A-Z]`) });
      const canvas = page.locator('.react-flow__pane');
      const box = (await canvas.boundingBox())!;
      await item.dragTo(canvas, { targetPosition: { x: x - box.x, y: y - box.y } });
      await expect(page.locator('.react-flow__node')).toHaveCount(before + 1);
    },
    async rename(from: string, to: string): Promise<void> {
      await card(from).getByRole('heading', { name: from, exact: true }).dblclick();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(to);
      await page.keyboard.press('Enter');
      await expect(card(to)).toBeVisible();
    },
    /** Draws an edge with the mouse, from dot to dot. */
    async connect(from: [title: string, port: string], to: [title: string, port: string]): Promise<void> {
      const edges = page.locator('.react-flow__edge');
      const before = await edges.count();
      const start = (await port(from[0], from[1], 'source').boundingBox())!;
      const end = (await port(to[0], to[1], 'target').boundingBox())!;
      await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
      await page.mouse.down();
      await page.mouse.move(end.x - 30, end.y + 4, { steps: 5 });
      await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 3 });
      await page.mouse.up();
      await expect(edges).toHaveCount(before + 1);
    },
    async write(title: string, field: string, text: string): Promise<void> {
      await card(title).getByRole('textbox', { name: field, exact: true }).click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    /** Drops a file on the canvas, as from the desktop. */
    async drop(name: string, type: string, bytes: Uint8Array | string): Promise<void> {
      const data = await page.evaluateHandle(
        ({ fileName, mediaType, base64 }) => {
          const transfer = new DataTransfer();
          const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          transfer.items.add(new File([content], fileName, { type: mediaType }));
          return transfer;
        },
        { fileName: name, mediaType: type, base64: Buffer.from(bytes).toString('base64') },
      );
      const canvas = page.locator('.react-flow__pane');
      for (const event of ['dragenter', 'dragover', 'drop'])
        await canvas.dispatchEvent(event, { dataTransfer: data, clientX: 700, clientY: 300 });
    },
    /** Drops a graph file and waits until it is the open graph: a key that is pressed earlier is meant for the one before. */
    async openGraph(file: string): Promise<void> {
      const { title } = JSON.parse(file) as { title: string };
      await editor.drop('graph.json', 'application/json', file);
      await expect(page.getByRole('textbox', { name: 'Title of the graph' })).toHaveValue(title);
    },
    async fit(): Promise<void> {
      await page.getByRole('button', { name: 'Fit into view' }).click();
    },
    /** Waits until the run has ended with everything made. */
    async untilMade(): Promise<void> {
      await expect(runBar.getByText('Everything is made')).toBeVisible({ timeout: 100_000 });
    },
    async untilSaved(): Promise<void> {
      await expect(page.getByRole('banner').getByText('Saved', { exact: true })).toBeVisible();
    },
  };
  return editor;
}
