import { loadGraph, type LoadedGraph } from '../graphs/file.ts';
import type { NodeTypes } from '../graphs/node-type.ts';
import file from '../graphs/templates/prompt-and-seed-sweep.json';

/** The template that is on screen at the very first start; by itself, since the others can wait. */
export function firstGraph(nodeTypes: NodeTypes): LoadedGraph {
  return loadGraph(file, nodeTypes);
}
