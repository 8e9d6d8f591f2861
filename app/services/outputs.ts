import type { Graph } from '../../graphs/graph.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import { fillName } from '../../graphs/file-name.ts';
import type { Lookup } from '../../graphs/known.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import type { Services } from '../../graphs/services.ts';
import type { Api } from '../api.ts';

export type OpenDocument = { readonly title: string; readonly graph: Graph };

/** The browser's outputs service: names the file, adds how the picture was made and the graph, and lets the server write it. */
export function createOutputs(api: Api, document: () => OpenDocument, lookup: Lookup): Services['outputs'] {
  return {
    async save({ key, plan, task, picture, nameTemplate, plain }) {
      const { title, graph } = document();
      const { file, url } = await api.save({
        key,
        picture: picture.sha256,
        name: fillName(nameTemplate, { title, plan, task }),
        // What stays here cannot get into the file.
        provenance: plain ? null : provenanceOf(plan, task, lookup),
        graph: plain ? null : (JSON.parse(writeGraphFile(title, graph)) as unknown),
        plain,
      });
      return { file, url };
    },
    async saveSheet(request) {
      const { saveSheet } = await import('../exports/save-sheet.ts');
      return saveSheet(api, document(), lookup, request);
    },
  };
}
