import {
  Cable,
  ChevronsDownUp,
  Copy,
  FileOutput,
  Grid3x3,
  History,
  Link2,
  Link2Off,
  Pencil,
  SquareSplitHorizontal,
  Trash2,
} from 'lucide-react';
import { AXIS_COLOURS, axisColours } from '../../graphs/axis-colours.ts';
import { isLinked, type Position } from '../../graphs/graph.ts';
import { axisId } from '../../graphs/own-axis.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import { useShell } from '../panels/shell.ts';
import { axisColour } from './axis-look.ts';
import { meantNodes } from './meant.ts';
import { Menu, type MenuItem } from './Menu.tsx';
import { useRunItems } from './run-items.tsx';
import { useCompare } from './use-compare.ts';
import { useCanvas } from './view.ts';

/** What can be done with a node, or with all selected ones when it is among them. */
export default function NodeMenu({ node, at, onClose }: { node: string; at: Position; onClose: () => void }) {
  const { document, nodeTypes } = useEditor();
  const { view, commands } = useCanvas();
  const shell = useShell();
  const compare = useCompare(view);
  const ids = meantNodes(view.selected(), node);
  const graph = useDocument((state) => state.graph);
  const plan = usePlans((state) => state.plan);
  const making = useRunItems(ids);
  const tasks = ids.flatMap((id) => plan.nodes.get(id)?.tasks ?? []);
  const sweeps = ids.filter((id) => nodeTypes.get(graph.nodes[id]?.type ?? '')?.axis);
  const linked = sweeps.filter((id) => isLinked(graph, id));
  const sameLink =
    sweeps.length > 1 && new Set(sweeps.map((id) => graph.nodes[id]?.link)).size === 1 && linked.length > 0;
  const only = ids.length === 1 ? graph.nodes[node] : undefined;
  const colour = only && axisColours(graph, nodeTypes).get(axisId(only));
  const many = ids.length > 1 ? ` ${ids.length} nodes` : '';

  const items: MenuItem[] = [
    ...making.items,
    'line',
    ...(tasks.length > 0
      ? [
          {
            title: ids.length > 1 ? 'Compare results' : 'Compare…',
            icon: <SquareSplitHorizontal size={14} />,
            keys: 'Shift+C',
            act: () => compare(ids),
          },
        ]
      : []),
    ...(ids.length === 1
      ? [
          {
            title: 'Results as a grid',
            icon: <Grid3x3 size={14} />,
            keys: 'G',
            disabled: tasks.length === 0,
            act: () => shell.show({ type: 'grid' as const, node }),
          },
          {
            title: 'Earlier takes and settings',
            icon: <History size={14} />,
            keys: 'H',
            disabled: !tasks.some(({ key }) => key !== null),
            act: () => shell.show({ type: 'history' as const, node, index: view.get().current.get(node) ?? 0 }),
          },
          {
            title: 'Export…',
            icon: <FileOutput size={14} />,
            keys: 'E',
            disabled: tasks.length === 0,
            act: () => shell.show({ type: 'export' as const, node }),
          },
          { title: 'Rename', icon: <Pencil size={14} />, keys: 'F2', act: () => commands.rename(node) },
          {
            title: 'Connect…',
            icon: <Cable size={14} />,
            keys: 'C',
            act: () => view.set({ popup: { type: 'connect' as const, at, node } }),
          },
        ]
      : []),
    {
      title: `Fold or unfold${many}`,
      icon: <ChevronsDownUp size={14} />,
      keys: 'Alt+C',
      act: () => view.toggleCollapsed(ids),
    },
    { title: `Duplicate${many}`, icon: <Copy size={14} />, keys: 'Ctrl+D', act: () => commands.duplicate(ids) },
    ...(only && nodeTypes.get(only.type)?.axis
      ? [
          {
            title: 'Go in step with…',
            detail: 'Linked sweeps advance together instead of multiplying.',
            icon: <Link2 size={14} />,
            act: () => view.set({ popup: { type: 'link' as const, at, node } }),
          },
        ]
      : []),
    ...(sweeps.length > 1 && !sameLink
      ? [
          {
            title: `Link ${sweeps.length} sweeps`,
            detail: 'They advance in step instead of multiplying.',
            icon: <Link2 size={14} />,
            act: () => commands.link(sweeps),
          },
        ]
      : []),
    ...(linked.length > 0
      ? [{ title: 'Unlink', icon: <Link2Off size={14} />, act: () => commands.unlink(linked) }]
      : []),
    ...(only && colour !== undefined
      ? [
          'line' as const,
          {
            label: 'Colour of the axis',
            swatches: [
              ...Array.from({ length: AXIS_COLOURS }, (_, number) => ({
                label: `Colour ${number + 1}`,
                colour: axisColour(number),
                chosen: only.colour === number,
                act: () => document.change({ type: 'setColour', node, colour: number }),
              })),
              {
                label: 'The usual colour',
                colour: null,
                chosen: only.colour === undefined,
                act: () => document.change({ type: 'setColour', node, colour: null }),
              },
            ],
          },
        ]
      : []),
    'line',
    {
      title: `Delete${many}`,
      icon: <Trash2 size={14} />,
      keys: 'Del',
      danger: true,
      act: () => document.change({ type: 'remove', nodes: ids }),
    },
  ];
  return (
    <Menu
      at={at}
      label="Node"
      items={items}
      onClose={onClose}
      {...(making.heading !== null && { heading: making.heading })}
    />
  );
}
