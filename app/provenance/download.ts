import type { Artifact } from '../../graphs/artifact.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Provenance } from '../../graphs/provenance.ts';
import type { Api } from '../api.ts';
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
