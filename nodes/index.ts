import { nodeTypesOf, type NodeType } from '../graphs/node-type.ts';

/** Every file of this folder is one node type; a new file needs no entry anywhere. */
const files = import.meta.glob<NodeType>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' });

const categories = ['Sources', 'Edits', 'Sweeps', 'Results'];

export const nodeTypes = nodeTypesOf(
  Object.values(files).sort((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category)),
);
