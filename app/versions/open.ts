import { makePlan } from '../../graphs/plan.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import { createVersionBook } from './book.ts';
import type { Book } from './keeper.ts';
import { picturesFor } from './pictures.ts';
import { createVersionStorage, type VersionStorage } from './storage.ts';

/** All that keeping needs; a chunk of its own. A graph that is no longer open is planned once more to find its pictures. */
export function openVersions(nodeTypes: NodeTypes, storage: VersionStorage = createVersionStorage()): Book {
  return {
    book: createVersionBook({ storage, nodeTypes }),
    picturesFor: (graph, plan, plans) =>
      picturesFor(graph, plan ?? makePlan(graph, nodeTypes, plans.get().plan.service), plans.lookup),
  };
}
