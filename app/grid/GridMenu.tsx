import {
  Braces,
  CircleHelp,
  ClipboardCopy,
  Columns2,
  Download,
  EyeOff,
  Expand,
  FileDown,
  FileImage,
  History,
  ImagePlus,
  Play,
  Plus,
  RotateCcw,
  SquareCheck,
  Strikethrough,
} from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { Position } from '../../graphs/graph.ts';
import { Menu, type MenuItem } from '../canvas/Menu.tsx';
import { plural, priceWords } from '../panels/run-words.ts';
import { useServer } from '../use-editor.ts';
import { MOST_COMPARED, type GridActions } from './actions.ts';
import type { Spot } from './grid-keys.ts';
import { pointIdOf, pointOf, titledPoint, type GridChoice, type GridLayout } from './grid-layout.ts';

const icon = { size: 14, 'aria-hidden': true } as const;

type CellProps = {
  at: Position;
  tasks: readonly number[];
  /** They are the selection, not only the cell under the pointer. */
  selected: boolean;
  actions: GridActions;
  onSelect: () => void;
  onStrike: () => void;
  onExport: (tasks: readonly number[]) => void;
  onClose: () => void;
};

/** What can be done with a cell, or with all selected ones when it is among them. */
export function CellMenu({ at, tasks, selected, actions, onSelect, onStrike, onExport, onClose }: CellProps) {
  const service = useServer(({ reply }) => reply?.service ?? null);
  const [outlook] = useState(() => actions.outlookOf(tasks));
  const { toPay, underway, failed, made, unknown, alone, pictures } = outlook;
  const [only, ...others] = tasks;
  const one = others.length === 0 ? only : undefined;
  const price = service ? (priceWords(toPay, service) ?? undefined) : undefined;
  const takes = actions.takesOf(tasks);
  const again = service ? priceWords(takes.length, service) : null;
  const items: MenuItem[] = [
    ...(one !== undefined
      ? [{ title: 'Full view', icon: <Expand {...icon} />, keys: 'Enter', act: () => actions.open(one) }]
      : []),
    ...(toPay + underway > 0
      ? [
          {
            title: one !== undefined ? 'Make this one' : `Make these ${tasks.length}`,
            detail: [toPay > 0 ? plural(toPay, 'edit') : null, price].filter(Boolean).join(', '),
            icon: <Play {...icon} />,
            keys: 'M',
            act: () => actions.make(tasks),
          },
        ]
      : []),
    ...(failed > 0
      ? [
          {
            title: failed === 1 ? 'Retry' : `Retry ${failed}`,
            icon: <RotateCcw {...icon} />,
            keys: 'R',
            act: () => actions.retry(tasks),
          },
        ]
      : []),
    ...(unknown && one !== undefined
      ? [{ title: 'Decide what became of it…', icon: <CircleHelp {...icon} />, act: () => actions.decide(one) }]
      : []),
    ...(takes.length > 0 && made > 0
      ? [
          {
            title: takes.length === 1 ? 'New take' : `New take of ${takes.length} edits`,
            detail:
              again === 'free' ? 'What was made is kept.' : `${again ?? 'Paid for again'}. What was made is kept.`,
            icon: <RotateCcw {...icon} />,
            keys: 'T',
            act: () => actions.newTake(takes, { said: again !== null }),
          },
        ]
      : []),
    ...(one !== undefined && actions.seedSweep() !== null
      ? [{ title: 'Make more seeds…', icon: <Plus {...icon} />, act: actions.moreSeeds }]
      : []),
    'line',
    {
      title: selected ? 'Take out of the selection' : 'Select',
      icon: <SquareCheck {...icon} />,
      keys: 'Space',
      act: onSelect,
    },
    {
      title: alone === tasks.length ? 'Put back' : 'Strike out',
      detail: alone === tasks.length ? undefined : 'It is not made any more, until it is put back.',
      icon: <Strikethrough {...icon} />,
      keys: 'X',
      act: onStrike,
    },
    ...(pictures > 0
      ? [
          'line' as const,
          ...(tasks.length <= MOST_COMPARED
            ? [
                {
                  title: one !== undefined ? 'Compare with…' : `Compare these ${tasks.length}`,
                  icon: <Columns2 {...icon} />,
                  keys: 'C',
                  act: () => actions.compare(tasks),
                },
              ]
            : []),
          {
            title: pictures === 1 ? 'Use as input' : `Use ${pictures} as inputs`,
            detail: 'A picture of its own on the canvas.',
            icon: <ImagePlus {...icon} />,
            keys: 'I',
            act: () => actions.useAsInput(tasks),
          },
          ...(one !== undefined
            ? [
                {
                  title: 'Save with its details',
                  detail: 'The file knows how it was made.',
                  icon: <Download {...icon} />,
                  keys: 'S',
                  act: () => actions.save(one, false),
                },
                { title: 'Save without details', icon: <FileImage {...icon} />, act: () => actions.save(one, true) },
              ]
            : [{ title: 'Export…', icon: <FileDown {...icon} />, act: () => onExport(tasks) }]),
        ]
      : []),
    ...(one !== undefined
      ? [
          'line' as const,
          ...(made > 0
            ? [{ title: 'Earlier takes and settings…', icon: <History {...icon} />, act: () => actions.history(one) }]
            : []),
          {
            title: 'Copy settings',
            icon: <ClipboardCopy {...icon} />,
            keys: 'Ctrl+C',
            act: () => actions.copyText(one),
          },
          { title: 'Copy settings as JSON', icon: <Braces {...icon} />, act: () => actions.copyJson(one) },
        ]
      : []),
  ];
  const heading = one === undefined ? `${tasks.length} cells` : actions.labelOf(one).slice(0, 120);
  return createPortal(
    <Menu at={at} label="Cell" {...(heading ? { heading } : {})} items={items} onClose={onClose} />,
    document.body,
  );
}

type HeaderProps = {
  at: Position;
  spot: Spot;
  layout: GridLayout;
  choice: GridChoice;
  tasks: readonly number[];
  actions: GridActions;
  onChoose: (choice: GridChoice) => void;
  onSelect: () => void;
  onStrike: () => void;
  onClose: () => void;
};

/** What can be done with a row or a column. */
export function HeaderMenu(props: HeaderProps) {
  const { at, spot, layout, choice, tasks, actions, onChoose, onSelect, onStrike, onClose } = props;
  const service = useServer(({ reply }) => reply?.service ?? null);
  const [{ toPay, underway }] = useState(() => actions.outlookOf(tasks));
  const isColumn = spot.row < 0;
  const axis = isColumn ? layout.columnAxis : layout.rowAxis;
  const index = isColumn ? layout.columns[spot.column] : layout.rows[spot.row];
  if (!axis || index === undefined) return null;
  const { struck } = pointOf(axis, index);
  const what = isColumn ? 'column' : 'row';
  const price = service ? priceWords(toPay, service) : null;
  const shown = isColumn ? layout.columns : layout.rows;
  const items: MenuItem[] = [
    ...(toPay + underway > 0
      ? [
          {
            title: `Make this ${what}`,
            detail: [toPay > 0 ? plural(toPay, 'edit') : null, price].filter(Boolean).join(', '),
            icon: <Play {...icon} />,
            keys: 'M',
            act: () => actions.make(tasks),
          },
        ]
      : []),
    ...(axis.members.some((member) => member.node === actions.seedSweep())
      ? [{ title: 'Make more seeds…', icon: <Plus {...icon} />, act: actions.moreSeeds }]
      : []),
    { title: `Select this ${what}`, icon: <SquareCheck {...icon} />, keys: 'Space', act: onSelect },
    {
      title: struck ? 'Put back' : `Strike out this ${what}`,
      detail: struck ? undefined : 'Nothing is made of it any more, in any node, until it is put back.',
      icon: <Strikethrough {...icon} />,
      keys: 'X',
      act: onStrike,
    },
    {
      title: 'Hide it here',
      detail: 'It is made all the same.',
      icon: <EyeOff {...icon} />,
      disabled: shown.length < 2,
      act: () =>
        onChoose({
          ...choice,
          hidden: { ...choice.hidden, [axis.id]: [...(choice.hidden[axis.id] ?? []), pointIdOf(axis, index)] },
        }),
    },
  ];
  return createPortal(
    <Menu
      at={at}
      label={isColumn ? 'Column' : 'Row'}
      heading={titledPoint(axis, index).slice(0, 120)}
      items={items}
      onClose={onClose}
    />,
    document.body,
  );
}
