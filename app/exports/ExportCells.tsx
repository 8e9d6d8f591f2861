import { useMemo, useState } from 'react';
import { axisTitle, type Axis } from '../../graphs/axes.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import { usualChoice } from '../grid/grid-layout.ts';
import form from '../panels/form.module.css';
import ui from '../panels/ui.module.css';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import styles from './ExportDialog.module.css';
import { ExportForm, type Wanted } from './ExportForm.tsx';
import { Segments } from './ExportOptions.tsx';
import { gatherCells } from './gather.ts';
import { nowWords } from './now-words.ts';
import type { ExportGrid } from './wire.ts';

type Which = 'all' | 'made' | 'selected';

type CellsProps = {
  node: string | null;
  cells?: readonly number[] | undefined;
  rows?: string | null | undefined;
  columns?: string | null | undefined;
  onClose: () => void;
};

/** Which cells of which node are to be exported, and how they lie. */
export function ExportCells({ node: asked, cells, rows, columns, onClose }: CellsProps) {
  const editor = useEditor();
  const plan = usePlans((state) => state.plan);
  const knownVersion = usePlans((state) => state.knownVersion);
  const { graph, title } = useDocument((state) => state);
  const nodes = useMemo(
    () => [...plan.nodes.values()].filter(({ type, tasks }) => tasks.length > 0 && type && showsPictures(type)),
    [plan],
  );
  const [node, setNode] = useState(asked);
  const [date] = useState(nowWords);
  const planned =
    nodes.find(({ id }) => id === node) ?? nodes.findLast(({ type }) => type?.uses === 'edits') ?? nodes.at(-1);
  const subjectOf = (id: string): string => graph.nodes[id]?.title ?? plan.nodes.get(id)?.type?.title ?? id;
  const hasSelection = cells !== undefined && cells.length > 0 && planned?.id === asked;
  const [which, setWhich] = useState<Which>(hasSelection ? 'selected' : 'all');
  const axes = planned?.axes ?? noAxes;
  const usual = usualChoice(axes);
  const [wished, setWished] = useState<{ rows?: string | null; columns?: string | null }>({ rows, columns });
  const lies = fitting(axes, { ...usual, ...defined(wished) });

  function gather(some: Partial<Wanted> = {}): ExportGrid | null {
    if (!planned) return null;
    return gatherCells({
      title,
      node: planned.id,
      subject: subjectOf(planned.id),
      plan,
      lookup: editor.plans.lookup,
      viewOf: (key) => editor.runs.viewOf(key),
      nodeTypes: editor.nodeTypes,
      takes: graph.takes,
      which: which === 'selected' && hasSelection ? cells : which === 'made' ? 'made' : 'all',
      ...lies,
      date,
      ...some,
    });
  }

  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the plan's texts change only with these
  const grid = useMemo(() => gather(), [planned, which, lies.rows, lies.columns, knownVersion, title, cells, date]);
  const total = planned?.tasks.length ?? 0;
  const choose = (side: 'rows' | 'columns', id: string | null): void => {
    const other = side === 'rows' ? 'columns' : 'rows';
    setWished({ ...lies, [side]: id, ...(id !== null && lies[other] === id ? { [other]: lies[side] } : {}) });
  };

  return (
    <ExportForm
      grid={grid}
      gather={gather}
      graph={() => editor.document.get()}
      onClose={onClose}
      nothing="No node of this graph has pictures to export yet. Add an edit and run it."
    >
      {nodes.length > 1 && planned && (
        <label className={styles.row}>
          <span className={form.label}>Node</span>
          <select className={ui.input} value={planned.id} onChange={(event) => setNode(event.currentTarget.value)}>
            {nodes.map(({ id, tasks }) => (
              <option key={id} value={id}>
                {subjectOf(id)} ({tasks.length})
              </option>
            ))}
          </select>
        </label>
      )}
      <Segments
        title="Cells"
        value={which === 'selected' && !hasSelection ? 'all' : which}
        choices={[
          ['all', `All ${total.toLocaleString('en')}`],
          ['made', 'Only made'],
          ...(hasSelection ? ([['selected', `Selected ${cells.length}`]] as const) : []),
        ]}
        onChoose={setWhich}
      />
      {axes.length > 1 && (
        <>
          <AxisChoice title="Down" axes={axes} value={lies.rows} onChoose={(id) => choose('rows', id)} />
          <AxisChoice title="Across" axes={axes} value={lies.columns} onChoose={(id) => choose('columns', id)} />
        </>
      )}
    </ExportForm>
  );
}

type AxisProps = { title: string; axes: readonly Axis[]; value: string | null; onChoose: (id: string | null) => void };

function AxisChoice({ title, axes, value, onChoose }: AxisProps) {
  return (
    <label className={styles.row}>
      <span className={form.label}>{title}</span>
      <select
        className={ui.input}
        value={value ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value || null)}
      >
        {axes.map((axis) => (
          <option key={axis.id} value={axis.id}>
            {axisTitle(axis)} ({axis.length})
          </option>
        ))}
        <option value="">None: a section for each value</option>
      </select>
    </label>
  );
}

const noAxes: readonly Axis[] = [];

const showsPictures = ({ inputs, outputs }: NodeType): boolean =>
  [...Object.values(outputs), ...Object.values(inputs)].some(({ kind }) => kind === 'image');

const defined = (wished: { rows?: string | null; columns?: string | null }) =>
  Object.fromEntries(Object.entries(wished).filter(([, id]) => id !== undefined));

/** Only axes that are there; one alone runs across. */
function fitting(axes: readonly Axis[], wished: { rows: string | null; columns: string | null }) {
  const known = (id: string | null): string | null => (axes.some((axis) => axis.id === id) ? id : null);
  const rows = known(wished.rows);
  const columns = known(wished.columns) === rows ? null : known(wished.columns);
  if (axes.length === 1) return { rows: null, columns: axes[0]!.id };
  return { rows, columns };
}
