import type { Page } from 'playwright';
import type { Remote } from './remote.ts';
import type { Random } from './random.ts';

export type Decision = 'look again' | 'forget' | 'new take' | 'retry';

/** What the user decides at last about edits that failed or whose answer was lost; in the page, as a user would. */
export function drawDecision(random: Random, { unknown, stuck }: { unknown: number; stuck: number }): Decision | null {
  const possible: Decision[] = [];
  if (unknown > 0) possible.push('look again', 'forget', 'new take');
  if (stuck > 0) possible.push('retry');
  return possible.length > 0 && random.chance(0.6) ? random.pick(possible) : null;
}

export async function decide(page: Page, decision: Decision, remote: Remote): Promise<void> {
  const bar = page.getByRole('region', { name: 'Run' });
  const dialog = page.getByRole('dialog');
  if (decision === 'retry') {
    await bar.getByRole('button', { name: /^Retry/ }).click();
    await dialog.getByRole('button', { name: /^Make [\d,]+ edits?$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    return;
  }
  await bar.getByRole('button', { name: /unknown outcome/ }).click();
  if (decision === 'look again') await lookAgain(page, remote);
  else await dialog.getByRole('button', { name: decision === 'forget' ? /^Forget/ : /^New take of/ }).click();
  if (decision === 'look again') await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** Types the request ids in that the service's own site would show, for up to three edits. */
async function lookAgain(page: Page, remote: Remote): Promise<void> {
  const rows = page.getByRole('dialog').getByRole('listitem');
  await rows.first().waitFor();
  const texts = (await rows.allInnerTexts()).slice(0, 3);
  for (const [i, text] of texts.entries()) {
    const id = requestFor(text, remote);
    const row = rows.nth(i);
    if (id === null || (await row.getByRole('textbox').count()) === 0) continue;
    await row.getByRole('textbox').fill(id);
    await row.getByRole('button', { name: 'Look again' }).click();
    // Found, or refused in words: a photograph has the same prompt and seed as another one.
    await row.getByRole('status').or(row.getByRole('alert')).first().waitFor();
  }
}

function requestFor(text: string, { book }: Remote): string | null {
  for (const { id, body } of book.requests.values()) {
    const { prompt, seed } = body as { prompt: string; seed: number };
    const isNamed = book.submissions.some(({ requestId }) => requestId === id);
    if (!isNamed && text.includes(prompt) && text.includes(`Seed ${seed} `)) return id;
  }
  return null;
}
