import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openOutputBook } from '../../app/server/output-book.ts';
import type { Job } from '../../app/wire.ts';
import type { Graph } from '../../graphs/graph.ts';
import { readGraphFile, writeGraphFile } from '../../graphs/file.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { pictureFile } from './checks.ts';
import type { Outlook, Press } from './client.ts';
import type { StoryGraph } from './graphs.ts';

/** One press of Run: what the bar promised, and how much was paid for before. */
export type PressRecord = Press & { paidBefore: number };

/** Between a press and the next one no more is bought than the bar said, with what was underway already. */
export function checkPresses(presses: readonly PressRecord[], paid: number): string[] {
  return presses.flatMap(({ toPay, underway, paidBefore }, i) => {
    const bought = (presses[i + 1]?.paidBefore ?? paid) - paidBefore;
    if (bought <= toPay + underway) return [];
    return [`M9: the bar said ${toPay} to pay and ${underway} underway, but ${bought} were submitted (press ${i + 1})`];
  });
}

/** The page and the job book tell the same story. */
export function checkCount(outlook: Outlook | null, keys: readonly string[], jobs: readonly Job[]): string[] {
  if (!outlook) return ['M10: the page shows no Run bar after all faults were healed'];
  const edits = keys.length;
  const wanted = new Set(keys);
  const done = jobs.filter(({ key, status }) => wanted.has(key) && status === 'done').length;
  const violations: string[] = [];
  if (outlook.edits !== edits) violations.push(`the page counts ${outlook.edits} edits where the graph has ${edits}`);
  if (outlook.made !== done) violations.push(`the page says ${outlook.made} made where the job book has ${done}`);
  const { made, toPay, underway, stuck, unknown, forgotten, blocked } = outlook;
  const sum = made + toPay + underway + stuck + unknown + forgotten + blocked;
  if (sum !== edits) violations.push(`the counts of the page add up to ${sum} instead of ${edits}`);
  return violations.map((text) => `M9: ${text}`);
}

/**
 * The draft of the story's graph that the browser keeps. New takes aside it has to be that graph to the letter, and
 * whatever else is kept has to be readable.
 */
export function findDraft(drafts: readonly string[], story: StoryGraph): { graph: Graph | null; violations: string[] } {
  const wanted = writeGraphFile(story.title, { ...story.graph, takes: {} });
  let graph: Graph | null = null;
  for (const text of drafts) {
    try {
      const draft = readGraphFile(text, nodeTypes);
      const isSame = writeGraphFile(draft.title, { ...draft.graph, takes: {} }) === wanted;
      // Older states of the graph may be kept beside it; only the newest has all takes.
      if (isSame && takesOf(draft.graph) >= takesOf(graph)) graph = draft.graph;
    } catch (error) {
      return { graph: null, violations: [`M10: a draft in the browser cannot be read any more: ${String(error)}`] };
    }
  }
  const lost = `M10: the graph is not among the ${drafts.length} drafts that the browser keeps`;
  return { graph, violations: graph ? [] : [lost] };
}

const takesOf = (graph: Graph | null): number => (graph ? Object.keys(graph.takes).length : -1);

/** Every file that a save node is said to have written is there, with the whole picture in it. */
export function checkOutputs(data: string): string[] {
  const book = openOutputBook(join(data, 'outputs.sqlite'));
  const saved = book.all();
  book.close();
  const files = new Set(saved.map(({ file }) => file));
  const violations = saved.flatMap(({ file, artifact }) => {
    const path = join(data, 'outputs', file);
    if (!existsSync(path)) return [`M7: ${file} is said to be saved, but is not there`];
    // A sheet of many pictures holds none of them as it was.
    if (!artifact) return [];
    const picture = readFileSync(pictureFile(data, artifact.sha256));
    const pixels = picture.subarray(picture.indexOf('IDAT') - 4, picture.indexOf('IEND') - 4);
    return readFileSync(path).includes(pixels) ? [] : [`M7: ${file} does not hold the picture that it was saved from`];
  });
  if (files.size < saved.length) violations.push('M7: two outputs share one file');
  return violations;
}
