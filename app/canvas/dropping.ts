import type { Position } from '../../graphs/graph.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import type { Table } from '../../graphs/table.ts';
import type { Editor } from '../editor.ts';
import type { Shell } from '../panels/shell.ts';
import { takeIntoBatch } from './batch-intake.ts';
import { filesBelow, MOST_FILES, sortFiles, type DroppedFile } from './dropped-files.ts';
import { fieldWith, type Field } from './fields.ts';
import type { CanvasContextValue } from './view.ts';

export type DropWorld = {
  readonly editor: Editor;
  readonly canvas: CanvasContextValue;
  readonly shell: Pick<Shell, 'show' | 'tell' | 'openFile'>;
};

/** Where they go: to a place on the canvas, to the middle of the view, or to the card of a node. */
export type DropTarget = { readonly at?: Position | undefined; readonly node?: string | undefined };

/** Takes files and folders: pictures become one batch or join one, a table is looked at first, a graph is opened. */
export async function takeFiles(
  world: DropWorld,
  dropped: readonly (FileSystemEntry | File)[],
  target: DropTarget,
): Promise<void> {
  const { editor, canvas, shell } = world;
  if (editor.document.refuses()) return;
  const { files, left } = await filesBelow(dropped);
  const { pictures, tables, graphs, others } = sortFiles(files);
  const [table] = tables;
  const [graph] = graphs;
  if (pictures.length === 0) {
    if (table && tables.length === 1) return askForTable(world, { file: table.file }, target);
    if (graph && graphs.length === 1) return shell.openFile(graph.file);
    const text =
      files.length === 0
        ? 'There is no file in what was dropped.'
        : `Expected pictures, a table or a graph file, got ${listed(files)}.`;
    return shell.tell({ kind: 'error', text });
  }
  const into = batchFor(editor, target.node);
  if (!into || (pictures.length === 1 && files.length === 1 && !into.node && !isFolder(dropped)))
    return canvas.commands.addFiles(
      pictures.map(({ file }) => file),
      target.at,
    );

  const room = Math.max(0, into.field.most - into.count);
  const taken = pictures.slice(0, room);
  const skipped = [
    ...others.map(({ path }) => ({ name: path, why: 'not a picture' })),
    ...tables.map(({ path }) => ({ name: path, why: 'a table: drop it by itself' })),
    ...graphs.map(({ path }) => ({ name: path, why: 'a graph: drop it by itself' })),
    ...pictures
      .slice(room)
      .map(({ path }) => ({ name: path, why: `a batch holds ${into.field.most.toLocaleString('en')} pictures` })),
    ...(left ? [{ name: '…', why: `only ${MOST_FILES.toLocaleString('en')} files were looked at` }] : []),
  ];
  const take = (): void => void putIntoBatch(world, into, taken, target, titleFor(dropped));
  if (skipped.length === 0) take();
  else shell.show({ type: 'skip-files', count: taken.length, skipped, take });
}

/** Shows a table as it was understood; it becomes a node, or takes the place of what the node holds, once the user agrees. */
export function askForTable(
  { editor, canvas, shell }: DropWorld,
  source: { readonly file: File } | { readonly text: string },
  { at, node }: DropTarget,
): void {
  const { document, nodeTypes } = editor;
  const target = node === undefined ? undefined : document.get().graph.nodes[node];
  const own = nodeTypes.get(target?.type ?? '');
  const field = own && fieldWith(own, 'table');
  const type = field ? own : [...nodeTypes.values()].find((candidate) => fieldWith(candidate, 'table'));
  const name = field?.name ?? (type && fieldWith(type, 'table')!.name);
  if (!type || !name) return;
  shell.show({
    type: 'table-import',
    source,
    before: field ? { table: target!.params[name] as Table, title: target!.title ?? type.title } : null,
    take(table: Table, title: string) {
      if (field && document.get().graph.nodes[node!])
        document.change({ type: 'setParam', node: node!, name, value: table });
      else canvas.commands.addNode({ type, params: { [name]: table }, title, ...(at ? { at, exact: true } : {}) });
    },
  });
}

type Batch = { readonly type: NodeType; readonly field: Field; readonly node: string | null; readonly count: number };

/** The batch that a drop on this node adds to; else the type that becomes a new one. */
function batchFor({ document, nodeTypes }: Editor, node: string | undefined): Batch | null {
  const target = node === undefined ? undefined : document.get().graph.nodes[node];
  const own = nodeTypes.get(target?.type ?? '');
  const field = own && fieldWith(own, 'pictures');
  if (own && field)
    return { type: own, field, node: target!.id, count: (target!.params[field.name] as readonly unknown[]).length };
  for (const type of nodeTypes.values()) {
    const first = fieldWith(type, 'pictures');
    if (first) return { type, field: first, node: null, count: 0 };
  }
  return null;
}

async function putIntoBatch(
  { editor, canvas }: DropWorld,
  { type, field, node }: Batch,
  files: readonly DroppedFile[],
  { at }: DropTarget,
  title: string | undefined,
): Promise<void> {
  // The new node and its pictures are one step for undo, unless something else is done meanwhile.
  const gesture = canvas.view.gesture('batch');
  const into =
    node ?? canvas.commands.addNode({ type, gesture, ...(title ? { title } : {}), ...(at ? { at, exact: true } : {}) });
  if (into === null) return;
  await takeIntoBatch({ editor, view: canvas.view }, { node: into, field: field.name, gesture }, files);
}

const isFolder = (dropped: readonly (FileSystemEntry | File)[]): boolean =>
  dropped.some((entry) => !(entry instanceof File));

/** The name of the one folder that was dropped. */
function titleFor([first, ...others]: readonly (FileSystemEntry | File)[]): string | undefined {
  return first && others.length === 0 && !(first instanceof File) ? first.name.slice(0, 200) : undefined;
}

function listed(files: readonly DroppedFile[]): string {
  const names = files.slice(0, 3).map(({ path }) => `“${path}”`);
  const more = files.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more.toLocaleString('en')} more` : names.join(' and ');
}
