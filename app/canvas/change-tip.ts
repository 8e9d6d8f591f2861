import type { Graph } from '../../graphs/graph.ts';
import type { Plan } from '../../graphs/plan.ts';
import { whatChanges } from '../../graphs/what-changes.ts';
import { plural, sumWords } from '../panels/run-words.ts';
import type { ServiceInfo } from '../settings-wire.ts';

type Service = Pick<ServiceInfo, 'kind' | 'price'> | null;

/** What a change of a node's parameter costs in edits, for the tip at its name; null where it makes no edit anew. */
export function changeTip(plan: Plan, graph: Graph, node: string, service: Service): string | null {
  const { edits, perValue } = whatChanges(plan, graph, node);
  if (edits === 0) return null;
  const price = service && service.kind === 'remote' ? ` · ${sumWords(edits, service)}` : '';
  return perValue === null || perValue === edits
    ? `Changing this makes ${plural(edits, 'new edit')}${price}`
    : `Changing one value makes ${plural(perValue, 'new edit')}, changing all ${edits.toLocaleString('en')}${price}`;
}
