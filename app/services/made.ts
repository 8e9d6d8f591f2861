import { labelsOf, valueWords } from '../../graphs/axes.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import { hashText } from '../../graphs/key.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { Task } from '../../graphs/task.ts';
import { HttpError, type Api } from '../api.ts';
import type { Made } from '../wire.ts';

type Document = { readonly title: string; readonly graph: Graph };

/**
 * Says where an edit is made: in which graph, at which node and point. The server is given the graph before the first of
 * its edits, once; where it cannot keep it the edits are made all the same.
 */
export function createMadeRecords(api: Pick<Api, 'putGraph'>) {
  const hashes = new WeakMap<Graph, { title: string; hash: string }>();
  let last: { hash: string; kept: Promise<void> } | null = null;

  function hashOf({ title, graph }: Document): string {
    const known = hashes.get(graph);
    if (known?.title === title) return known.hash;
    const hash = hashText(writeGraphFile(title, graph));
    hashes.set(graph, { title, hash });
    return hash;
  }

  return async function recordOf(document: Document, plan: Plan, task: Task): Promise<Made> {
    const graph = hashOf(document);
    if (last?.hash !== graph) {
      const kept = api.putGraph(graph, writeGraphFile(document.title, document.graph)).catch((error: unknown) => {
        // A graph that is refused will be refused again; a server that was away is asked with the next edit.
        if (!(error instanceof HttpError && error.status >= 400 && error.status < 500)) last = null;
      });
      last = { hash: graph, kept };
    }
    await last.kept;
    const { type, axes } = plan.nodes.get(task.node)!;
    const title = document.graph.nodes[task.node]?.title ?? type?.title ?? task.node;
    return {
      graph,
      node: task.node,
      nodeTitle: shortened(title, 200),
      index: task.index,
      point: labelsOf(axes, task.index)
        .slice(0, 100)
        .map((label) => ({ title: shortened(label.title, 200), value: shortened(valueWords(label.value), 400) })),
    };
  };
}

/** Cut between two signs, never within one. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
