import type { Artifact } from '../../graphs/artifact.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { provenanceOf, type Provenance } from '../../graphs/provenance.ts';
import type { Task } from '../../graphs/task.ts';
import type { Api } from '../api.ts';
import { labelText } from '../canvas/task-words.ts';
import type { Editor } from '../editor.ts';
import { pictureFileName } from '../panels/picture-name.ts';
import type { CopyRequest } from '../wire.ts';

/** A picture with what a file of it carries: how it was made, and the graph that made it where that is known. */
export type Downloaded = {
  readonly picture: Artifact;
  readonly provenance: Provenance;
  readonly graph: { readonly title: string; readonly graph: Graph } | null;
  /** Parts of the file's name. */
  readonly name: readonly string[];
};

/** What a file of a task's picture carries, in the graph that is open. */
export function savedOf(
  { document, nodeTypes }: Pick<Editor, 'document' | 'nodeTypes'>,
  made: { readonly plan: Plan; readonly task: Task; readonly picture: Artifact; readonly lookup: Lookup },
): Downloaded {
  const { plan, task, picture, lookup } = made;
  const { title, graph } = document.get();
  const node = graph.nodes[task.node];
  const card = node?.title ?? nodeTypes.get(node?.type ?? '')?.title ?? task.node;
  return {
    picture,
    provenance: provenanceOf(plan, task, lookup),
    graph: { title, graph },
    name: [title, card, labelText(plan.nodes.get(task.node)?.axes ?? [], task.index)],
  };
}

/** [V2, V7] Saves a picture through the browser, with how it was made inside or plain. */
export async function downloadPicture(api: Pick<Api, 'ask'>, what: Downloaded, plain: boolean): Promise<void> {
  const { picture, provenance, graph, name } = what;
  const request: CopyRequest = {
    picture: picture.sha256,
    plain,
    // What is not sent cannot get into the file.
    provenance: plain ? null : provenance,
    graph: plain || !graph ? null : (JSON.parse(writeGraphFile(graph.title, graph.graph)) as unknown),
  };
  const answer = await api.ask('/api/outputs/copy', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  giveFile(await answer.blob(), pictureFileName(name, picture.mediaType));
}

function giveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
