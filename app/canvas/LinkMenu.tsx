import { Link2 } from 'lucide-react';
import type { GraphNode, Position } from '../../graphs/graph.ts';
import { useDocument, useEditor } from '../use-editor.ts';
import { Menu, type MenuItem } from './Menu.tsx';
import { useCanvas } from './view.ts';

/** Which other sweep shall this one go in step with? Says how many values each has: they must be equally many. */
export default function LinkMenu({ node, at, onClose }: { node: string; at: Position; onClose: () => void }) {
  const { nodeTypes } = useEditor();
  const { commands } = useCanvas();
  const graph = useDocument((state) => state.graph);
  const own = graph.nodes[node];
  const titleOf = ({ type, title }: GraphNode): string => title ?? nodeTypes.get(type)?.title ?? type;

  function lengthOf({ type, params }: GraphNode): number | null {
    const found = nodeTypes.get(type);
    const parsed = found?.params.safeParse(params);
    if (!found?.axis || !parsed?.success) return null;
    try {
      return found.axis(parsed.data).length;
    } catch {
      return null;
    }
  }

  const length = own ? lengthOf(own) : null;
  const others = Object.values(graph.nodes).filter(
    (other) =>
      other.id !== node && nodeTypes.get(other.type)?.axis && (other.link === undefined || other.link !== own?.link),
  );
  const items = others.slice(0, 100).map((other): MenuItem => {
    const values = lengthOf(other);
    const words = values === 1 ? '1 value' : `${values ?? '?'} values`;
    return {
      title: titleOf(other),
      detail:
        values === length
          ? `${words}, as many as here`
          : `${words}, and ${length ?? '?'} here: nothing runs until both have equally many`,
      icon: <Link2 size={14} />,
      act: () => commands.join(node, other.id),
    };
  });
  const heading = !own
    ? ''
    : items.length > 0
      ? `“${titleOf(own)}” goes in step with`
      : 'There is no other sweep that this one could go in step with.';
  return <Menu at={at} label="Go in step with" heading={heading} items={items} onClose={onClose} />;
}
