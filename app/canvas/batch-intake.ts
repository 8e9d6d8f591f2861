import type { Artifact } from '../../graphs/artifact.ts';
import type { Editor } from '../editor.ts';
import { namesOf, type DroppedFile } from './dropped-files.ts';
import type { Intake, View } from './view.ts';

/** Few at once: the server decodes each of them. */
const AT_ONCE = 4;

type BatchPicture = Artifact & { readonly name: string };

/**
 * Uploads files and appends them to a node's list of pictures, in their order, as one change. What fails is kept with its
 * reason, to be tried again or left out; stopping keeps what was taken until then.
 */
export async function takeIntoBatch(
  { editor, view }: { editor: Editor; view: View },
  into: { node: string; field: string; gesture?: string },
  files: readonly DroppedFile[],
): Promise<void> {
  const { document } = editor;
  const { opened } = document.get();
  /** Another graph may have a node of the same name. */
  const isOpen = (): boolean => document.get().opened === opened;
  // One list of files after the other.
  while (isBusy(view, into.node)) await untilFree(view, into.node);
  if (!isOpen()) return;
  const stop = new AbortController();
  const names = namesOf(files);
  const taken: (BatchPicture | null)[] = files.map(() => null);
  const before = view.get().intakes.get(into.node);
  const failed = [...(before?.failed ?? [])];
  let done = 0;
  const tell = (running: boolean): void =>
    setIntake(
      view,
      into.node,
      running || failed.length > 0
        ? { total: files.length, done, failed: [...failed], stop: running ? () => stop.abort() : null }
        : null,
    );

  let next = 0;
  async function worker(): Promise<void> {
    while (next < files.length && !stop.signal.aborted) {
      const at = next++;
      const { file } = files[at]!;
      try {
        taken[at] = { ...(await editor.api.upload(file, file.name, stop.signal)), name: names[at]! };
      } catch (error) {
        if (stop.signal.aborted) return;
        failed.push({ file: files[at]!, name: names[at]!, message: messageOf(error, file.name) });
      }
      done++;
      if (!isOpen() || !document.get().graph.nodes[into.node]) stop.abort();
      else tell(true);
    }
  }

  tell(true);
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, worker));
  if (!isOpen()) return;
  tell(false);
  const node = document.get().graph.nodes[into.node];
  const pictures = taken.filter((picture) => picture !== null);
  if (!node || pictures.length === 0 || document.refuses()) return;
  const now = (node.params[into.field] as readonly BatchPicture[] | undefined) ?? [];
  document.change({ type: 'setParam', node: into.node, name: into.field, value: [...now, ...pictures] }, into.gesture);
}

const isBusy = (view: View, node: string): boolean => (view.get().intakes.get(node)?.stop ?? null) !== null;

function untilFree(view: View, node: string): Promise<void> {
  return new Promise((resolve) => {
    const remove = view.store.subscribe(() => {
      if (isBusy(view, node)) return;
      remove();
      resolve();
    });
  });
}

function setIntake(view: View, node: string, intake: Intake | null): void {
  view.set(({ intakes }) => {
    const next = new Map(intakes);
    if (intake) next.set(node, intake);
    else next.delete(node);
    return { intakes: next };
  });
}

/** The files that failed are forgotten. */
export function leaveOut(view: View, node: string): void {
  setIntake(view, node, null);
}

function messageOf(error: unknown, name: string): string {
  const { message } = error as Error;
  return message.startsWith(`${name} was not taken: `) ? message.slice(name.length + 16) : message;
}
