import { CirclePlay, Play, Plus, RotateCcw } from 'lucide-react';
import { nearestSweep } from '../../graphs/more-values.ts';
import { ancestorsOf, countOwn, countWanted } from '../../graphs/wanted.ts';
import { plural, shortCount, sumWords } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import { useDocument, useEditor, usePlans, useServer } from '../use-editor.ts';
import type { MenuItem } from './Menu.tsx';
import { useView } from './view.ts';

const size = 14;

/** What can be made from a node's menu, each with its count and price; and how the node itself stands, as its heading. */
export function useRunItems(ids: readonly string[]): { heading: string | null; items: MenuItem[] } {
  const shell = useShell();
  const { plans } = useEditor();
  const graph = useDocument((state) => state.graph);
  const plan = usePlans((state) => state.plan);
  usePlans((state) => state.knownVersion);
  const service = useServer(({ reply }) => reply?.service ?? null);
  const [node] = ids;
  const shown = useView((state) => (node === undefined ? 0 : (state.current.get(node) ?? 0)));
  const { lookup } = plans;

  const tasks = ids.flatMap((id) => plan.nodes.get(id)?.tasks ?? []);
  const edits = tasks.filter(({ idle, node: of }) => !idle && plan.nodes.get(of)!.type?.uses === 'edits');
  const firstKeys = [...new Set(edits.flatMap(({ firstKey }) => firstKey ?? []))];
  const keys = ancestorsOf(plan, ids, graph.edges);
  const price = (count: number): string => (service ? ` · ${sumWords(count, service)}` : '');
  const items: MenuItem[] = [
    {
      title: `${ids.length === 1 ? 'Run to here' : `Run these ${ids.length} nodes`} · ${keys.size === 0 ? 'nothing to make' : shortCount(countWanted(plan, lookup, keys), service)}`,
      icon: <Play size={size} />,
      disabled: keys.size === 0,
      act: () => shell.make(keys, { title: ids.length === 1 ? 'Run to here' : `Run these ${ids.length} nodes` }),
    },
  ];

  const planned = ids.length === 1 && node !== undefined ? plan.nodes.get(node) : undefined;
  const one = planned && planned.tasks.length > 1 ? (planned.tasks[shown] ?? planned.tasks[0]) : undefined;
  if (one?.key && !one.idle) {
    const only = new Set([one.key]);
    const { toPay, underway, toSave } = countWanted(plan, lookup, only);
    if (toPay + underway + toSave > 0)
      items.push({
        title: `Make the one shown · ${shortCount(countWanted(plan, lookup, only), service)}`,
        icon: <CirclePlay size={size} />,
        act: () => shell.make(only, { title: 'Make the one shown' }),
      });
  }
  if (firstKeys.length > 0)
    items.push({
      title: `New take of ${firstKeys.length === 1 ? 'this edit' : `all ${plural(firstKeys.length, 'edit')}`}${price(firstKeys.length)}`,
      detail: `Makes ${firstKeys.length === 1 ? 'it' : 'them'} once more. What was made is kept.`,
      icon: <RotateCcw size={size} />,
      act: () => shell.newTake(firstKeys, { said: true }),
    });
  if (one?.firstKey && !one.idle && planned?.type?.uses === 'edits') {
    const { firstKey } = one;
    items.push({
      title: `New take of the one shown${price(1)}`,
      icon: <RotateCcw size={size} />,
      act: () => shell.newTake([firstKey], { said: true }),
    });
  }
  const sweep = node !== undefined && planned ? nearestSweep(plan, graph, node) : null;
  if (sweep && node !== undefined)
    items.push({
      title: 'Make more seeds…',
      icon: <Plus size={size} />,
      act: () => shell.show({ type: 'more-seeds', node }),
    });

  const { edits: all, made, toPay } = countOwn(plan, lookup, ids);
  const what = ids.length === 1 ? 'This node' : `These ${ids.length} nodes`;
  const left = toPay === 0 ? null : `${toPay.toLocaleString('en')} to ${service?.kind === 'offline' ? 'make' : 'pay'}`;
  const words = [plural(all, 'edit'), made > 0 ? `${made.toLocaleString('en')} made` : null, left].filter(Boolean);
  return { heading: all === 0 ? null : `${what}: ${words.join(', ')}${toPay > 0 ? price(toPay) : ''}`, items };
}
