import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright/test';
import { expect } from './app.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
};

const isOnCanvas = (html: string): boolean => html.includes('nodrag');

/** Serious and critical faults of accessibility in what is on the page now. */
async function faultsOf(page: Page): Promise<string[]> {
  // The page's own policy forbids inline scripts, so axe comes in through the debugger.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(
    async () =>
      (
        await (
          window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }
        ).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })
      ).violations,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        // How large a target on the canvas is, is up to the zoom.
        .filter(({ html }) => id !== 'target-size' || !isOnCanvas(html))
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
}

/** Colours may still be in transition when a state has just changed, so it is looked at until it holds. */
export async function expectNoFaults(page: Page): Promise<void> {
  await expect.poll(() => faultsOf(page)).toEqual([]);
}
