import { Cable, Unplug } from 'lucide-react';
import type { PortRef, Position } from '../../graphs/graph.ts';
import { outputsOf } from '../../graphs/node-type.ts';
import { useDocument, useEditor } from '../use-editor.ts';
import { possibleEdges } from './fitting.ts';
import { Menu, type MenuItem } from './Menu.tsx';
import { useCanvas } from './view.ts';

/** Drawing edges without a mouse: every edge that may begin or end at this node, and those that are there, to be cut. */
export default function ConnectMenu({ node, at, onClose }: { node: string; at: Position; onClose: () => void }) {
  const { nodeTypes } = useEditor();
  const { commands } = useCanvas();
  const graph = useDocument((state) => state.graph);
  const nameOf = ({ node: id }: PortRef): string => {
    const found = graph.nodes[id];
    return found ? (found.title ?? nodeTypes.get(found.type)?.title ?? found.type) : id;
  };
  const outputTitle = ({ node: id, port }: PortRef): string => {
    const found = graph.nodes[id];
    const type = nodeTypes.get(found?.type ?? '');
    return (found && type && outputsOf(type, found.params)[port]?.title) ?? port;
  };
  const inputTitle = ({ node: id, port }: PortRef): string =>
    nodeTypes.get(graph.nodes[id]?.type ?? '')?.inputs[port]?.title ?? port;

  const possible = possibleEdges(graph, nodeTypes, node).slice(0, 200);
  const existing = Object.values(graph.edges).filter(({ from, to }) => from.node === node || to.node === node);
  const items: MenuItem[] = [
    ...possible.map(({ from, to, replaces }) => ({
      title: from.node === node ? `To ${nameOf(to)}: ${inputTitle(to)}` : `From ${nameOf(from)}: ${outputTitle(from)}`,
      detail: `${outputTitle(from)} → ${inputTitle(to)}${replaces ? ', in place of the edge that is there' : ''}`,
      icon: <Cable size={14} />,
      act: () => commands.connect(from, to),
    })),
    ...(possible.length > 0 && existing.length > 0 ? (['line'] as const) : []),
    ...existing.map(({ id, from, to }) => ({
      title: `Disconnect ${nameOf(from)} from ${nameOf(to)}`,
      detail: `${outputTitle(from)} → ${inputTitle(to)}`,
      icon: <Unplug size={14} />,
      act: () => commands.remove([], [id]),
    })),
  ];
  const heading =
    items.length > 0
      ? `Connect ${nameOf({ node, port: '' })}`
      : 'There is nothing that this node could be connected to.';
  return <Menu at={at} label="Connect" heading={heading} items={items} onClose={onClose} />;
}
