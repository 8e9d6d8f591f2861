import type { Graph } from '../../graphs/graph.ts';
import type { Known } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { nearestEdit } from '../../graphs/provenance.ts';
import { keyOfTake } from '../../graphs/takes.ts';
import { same } from '../../graphs/same.ts';
import type { Task } from '../../graphs/task.ts';
import type { Editor } from '../editor.ts';
import type { Shell } from '../panels/shell.ts';
import { createCache } from '../services/cache.ts';

type World = { readonly editor: Editor; readonly shell: Shell };

/** Opens the graph that made a picture, at the very card and point; the open graph can be had back. False where nothing may be opened. */
export function openAt(
  { editor, shell }: World,
  place: { readonly title: string; readonly graph: Graph },
  cell: { readonly node: string; readonly index: number } | null,
): boolean {
  const { document } = editor;
  if (document.refuses()) return false;
  // The same graph is not opened a second time: nothing is undone by looking.
  const open = document.get();
  const isOpen = open.title === place.title && same(open.graph, place.graph);
  if (!isOpen) shell.openGraph(place);
  if (cell) shell.canvas()?.showCell(cell.node, cell.index);
  return true;
}

export type TakeFound = { readonly take: number; readonly key: string; readonly known: Known | undefined };

/** Which takes of a task are in the job book, and how they stand: at least up to the one that is shown. */
export async function takesOf(
  { api }: Pick<Editor, 'api'>,
  { plan, task, shown }: { plan: Plan; task: Task; shown: number },
): Promise<TakeFound[]> {
  const cache = createCache(api);
  const takes: TakeFound[] = [];
  // What it would not name as the plan does, it cannot name at all.
  if (keyOfTake(plan, task, shown) !== task.key) return [];
  for (let first = 1; first <= MOST_TAKES; first += PIECE) {
    const keys = Array.from({ length: PIECE }, (_, i) => keyOfTake(plan, task, first + i));
    if (keys.includes(null)) return [];
    const known = await cache.lookUp(keys.flatMap((key) => key ?? []));
    for (const [i, key] of keys.entries()) takes.push({ take: first + i, key: key!, known: known.get(key!) });
    if (first + PIECE > shown && takes.slice(-PIECE).every((each) => each.known === undefined)) break;
  }
  return takes;
}

/** Nobody repeats an edit more often than this; takes are asked for in pieces. */
const MOST_TAKES = 1000;
const PIECE = 8;

/** The edit that a repeat of this task's picture would make once more; null where none made it. */
export function repeated(plan: Plan, task: Task): Task | null {
  return nearestEdit(plan, task);
}

/** "Repeat exactly": the same request once more, as the first take that nobody has asked for yet. Its price was said. */
export async function repeatExactly({ editor, shell }: World, node: string, index: number): Promise<void> {
  const { document, plans } = editor;
  if (document.refuses()) return;
  const { plan } = plans.get();
  const task = plan.nodes.get(node)?.tasks[index];
  const edit = task && repeated(plan, task);
  if (!edit?.firstKey) return;
  const shown = document.get().graph.takes[edit.firstKey] ?? 1;
  const takes = await takesOf(editor, { plan, task: edit, shown });
  const last = takes.findLast(({ known }) => known !== undefined)?.take ?? shown;
  if (last <= shown) return shell.newTake([edit.firstKey], { said: true });
  // An earlier take is shown: the one after it was made already, and would only be shown again.
  const fresh = takes.find(({ take }) => take === last + 1);
  if (!fresh || document.get().graph.takes[edit.firstKey] === fresh.take) return;
  document.change({ type: 'showTakes', takes: { [edit.firstKey]: fresh.take } });
  shell.make([fresh.key], { title: 'Repeat exactly' });
}
