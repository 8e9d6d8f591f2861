import { readGraphFile } from '../../graphs/file.ts';
import type { Known } from '../../graphs/known.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import type { Editor } from '../editor.ts';
import { galleryPageSchema, type GalleryAsk } from '../gallery-wire.ts';
import { createCache } from '../services/cache.ts';
import { documentOf } from '../versions/lineage.ts';
import { candidatesOf, entriesOf, type Candidate, type EarlierGraph, type HistoryEntry } from './history.ts';
import { takesOf } from './made-actions.ts';

export type History = {
  readonly entries: readonly HistoryEntry[];
  /** What could not be looked at, in sentences: nobody shall think that nothing was there. */
  readonly gaps: readonly string[];
};

const makesNothing = 'This card makes no picture of its own: the cards that feed it have what was made before.';
const makesNothingNow = 'This card makes nothing just now, so what it made before cannot be found here.';

/** So many of the newest are looked at. */
const MOST_VERSIONS = 60;
const MOST_GRAPHS = 60;
const MOST_RECORDS = 500;

/** Everything that is known of what a node made before: its takes, and its settings in kept graphs and versions. */
export async function readHistory(editor: Editor, node: string, index: number): Promise<History> {
  const { document, plans, nodeTypes, api } = editor;
  const { graph, title } = document.get();
  const { plan } = plans.get();
  const task = plan.nodes.get(node)?.tasks[index];
  if (!task?.key) return { entries: [], gaps: [task ? makesNothing : makesNothingNow] };

  const shown = task.firstKey ? (graph.takes[task.firstKey] ?? 1) : 1;
  const takes = await takesOf(editor, { plan, task, shown });
  const known = new Map<string, Known>();
  const candidates: Candidate[] = [{ plan, task, key: task.key, take: shown, back: { type: 'now' } }];
  for (const { take, key, known: it } of takes) {
    if (it) known.set(key, it);
    if (take !== shown && task.firstKey)
      candidates.push({ plan, task, key, take, back: { type: 'take', firstKey: task.firstKey, take } });
  }
  const taken = new Set(candidates.map(({ key }) => key));

  const gaps: string[] = [];
  const or = async (work: Promise<EarlierGraph[]>, gap: string): Promise<EarlierGraph[]> =>
    work.catch((error: unknown) => {
      gaps.push(`${gap}: ${(error as Error).message}`);
      return [];
    });
  const earlier = [
    ...(await or(graphsOfPictures(editor, title, node), 'The graphs kept with pictures could not be read')),
    ...(await or(graphsOfVersions(editor, title), 'The versions could not be read')),
  ].filter((then) => Object.hasOwn(then.graph.nodes, node));
  candidates.push(...candidatesOf({ graph, node, plan, task, earlier, nodeTypes, isTaken: (key) => taken.has(key) }));

  const keys = new Set(candidates.map(({ key }) => key));
  for (const each of candidates)
    for (const step of provenanceOf(each.plan, each.task, () => undefined).steps) keys.add(step.key);
  for (const [key, value] of await createCache(api).lookUp([...keys])) known.set(key, value);
  return { entries: entriesOf(candidates, { plan, task }, (key) => known.get(key)), gaps };
}

/** The graphs by which this node made pictures, as the server keeps them; newest first, each once. */
async function graphsOfPictures({ api, nodeTypes }: Editor, title: string, node: string): Promise<EarlierGraph[]> {
  const ask: GalleryAsk = { filter: { graphs: [title], here: 'any' }, limit: MOST_RECORDS };
  const answer = await api.ask('/api/gallery', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(ask),
  });
  const page = galleryPageSchema.parse(await answer.json());
  const services = new Map<string, string>();
  for (const { made, service } of page.entries)
    if (made?.node === node && !services.has(made.graph)) services.set(made.graph, service);
  const graphs: EarlierGraph[] = [];
  for (const [sha256, service] of [...services].slice(0, MOST_GRAPHS)) {
    // One that is lost, or of a newer Editloom, has none to show; the others have.
    const text = await api.graph(sha256).catch(() => null);
    if (text !== null) graphs.push(...read(text, nodeTypes, service));
  }
  return graphs;
}

async function graphsOfVersions({ versions, nodeTypes }: Editor, title: string): Promise<EarlierGraph[]> {
  const book = await versions.book();
  const list = await book.list();
  const current = documentOf(list.versions, title, list.current);
  const graphs: EarlierGraph[] = [];
  for (const { id } of list.versions.filter(({ document }) => document === current).slice(0, MOST_VERSIONS)) {
    const text = await book.text(id).catch(() => null);
    if (text !== null) graphs.push(...read(text, nodeTypes, null));
  }
  return graphs;
}

function read(text: string, nodeTypes: Editor['nodeTypes'], service: string | null): EarlierGraph[] {
  try {
    return [{ graph: readGraphFile(text, nodeTypes).graph, service }];
  } catch {
    return [];
  }
}
