import { z } from 'zod';
import { loadGraph, type LoadedGraph } from '../graphs/file.ts';
import type { NodeTypes } from '../graphs/node-type.ts';
import promptAndSeedSweep from '../graphs/templates/prompt-and-seed-sweep.json';
import oneEdit from '../graphs/templates/one-edit.json';
import batch from '../graphs/templates/batch.json';
import chainOfThree from '../graphs/templates/chain-of-three.json';
import seedSweep from '../graphs/templates/seed-sweep.json';
import table from '../graphs/templates/table.json';

/** Ready-made graphs, in the order in which they are offered; the first is on screen at the very first start: see first-graph.ts. */
const files: readonly unknown[] = [promptAndSeedSweep, oneEdit, chainOfThree, seedSweep, batch, table];

export type Template = LoadedGraph & {
  readonly description: string;
  /** The photograph that it begins with, for its picture in the list. */
  readonly picture: string | null;
};

export function templates(nodeTypes: NodeTypes): Template[] {
  return files.map((file) => {
    const loaded = loadGraph(file, nodeTypes);
    const { description } = z.object({ description: z.string() }).parse(file);
    return { ...loaded, description, picture: pictureIn(loaded) };
  });
}

function pictureIn({ graph }: LoadedGraph): string | null {
  for (const { params } of Object.values(graph.nodes))
    for (const value of Object.values(params).flat())
      if (value !== null && typeof value === 'object' && 'sha256' in value) return String(value.sha256);
  return null;
}
