import { fillName } from '../../graphs/file-name.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { SavedFile } from '../../graphs/node-type.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import type { Services } from '../../graphs/services.ts';
import type { Api } from '../api.ts';
import { savedOutputSchema } from '../wire.ts';
import { gatherSheet } from './gather-sheet.ts';
import { nowWords } from './now-words.ts';
import type { SheetRequest } from './wire.ts';

/** Lets the server draw and write the sheet of a node, labelled by the points of what it took. */
export async function saveSheet(
  api: Pick<Api, 'ask'>,
  { title, graph }: { title: string; graph: Graph },
  lookup: Lookup,
  request: Parameters<Services['outputs']['saveSheet']>[0],
): Promise<SavedFile> {
  const { key, plan, task, nameTemplate, look } = request;
  const body: SheetRequest = {
    key,
    name: fillName(nameTemplate, { title, plan, task }),
    grid: gatherSheet(request, { title, graph }, nowWords()),
    sheet:
      look.format === 'pdf'
        ? { format: 'pdf', cell: look.cell, paper: 'a4', turned: true, pictures: 'whole' }
        : { format: 'png', cell: look.cell },
    provenance: provenanceOf(plan, task, lookup),
    graph: JSON.parse(writeGraphFile(title, graph)) as unknown,
  };
  const reply = await api.ask('/api/outputs/sheet', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { file, url } = savedOutputSchema.parse(await reply.json());
  return { file, url };
}
