import { X } from 'lucide-react';
import { lazy, memo, Suspense, useId } from 'react';
import { valueWords } from '../../graphs/axes.ts';
import { edgeId, type PortRef } from '../../graphs/graph.ts';
import type { InputPort } from '../../graphs/ports.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import { ChoiceField, SwitchField } from './ChoiceField.tsx';
import type { Field } from './fields.ts';
import styles from './Field.module.css';
import { FileNameField } from './FileNameField.tsx';
import { NumberField } from './NumberField.tsx';
import { PictureField } from './PictureField.tsx';
import { Port } from './Port.tsx';
import { TextField } from './TextField.tsx';
import { useView } from './view.ts';

/** One parameter: its name, its control, or where its value comes from; and what is wrong with it. */
export const FieldRow = memo(function FieldRow({
  id,
  field,
  port,
}: {
  id: string;
  field: Field;
  port?: InputPort | undefined;
}) {
  const input = useId();
  const edge = useDocument((state) => (port ? state.graph.edges[edgeId({ node: id, port: field.name })] : undefined));
  const problem = usePlans(
    (state) => state.plan.nodes.get(id)?.errors.find((error) => error.port === field.name)?.message,
  );
  if (field.control === 'unknown') return null;
  const Control = controls[field.control];
  return (
    <div
      className={styles.row}
      data-secondary={(field.secondary && !port) || undefined}
      data-inline={(field.secondary && port !== undefined) || undefined}
      data-control={field.control}
      data-description={hasFrame(field) ? (field.description ?? '') : undefined}
    >
      {port && <Port side="input" name={field.name} kind={port.kind} title={field.title} />}
      {!hasFrame(field) && (
        <label className={styles.label} htmlFor={input} data-description={field.description ?? ''}>
          {field.title}
        </label>
      )}
      {edge ? (
        <Wired id={id} from={edge.from} name={field.name} edge={edge.id} />
      ) : (
        <Suspense fallback={<div className={styles.loading} />}>
          <Control id={id} field={field} input={input} problem={problem} />
        </Suspense>
      )}
      {problem && !hasFrame(field) && (
        <p className={styles.problem} id={`${input}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
});

export type ControlProps = {
  readonly id: string;
  readonly field: Field;
  /** The control's id on the page, for its label. */
  readonly input: string;
  readonly problem: string | undefined;
};

const controls = {
  textarea: TextField,
  text: TextField,
  'file-name': FileNameField,
  seed: NumberField,
  number: NumberField,
  switch: SwitchField,
  choice: ChoiceField,
  picture: PictureField,
  seeds: lazy(() => import('./SeedsField.tsx')),
  pictures: lazy(() => import('./PicturesField.tsx')),
  table: lazy(() => import('./TableField.tsx')),
  axes: lazy(() => import('./AxesField.tsx')),
};

/** Controls with a frame of their own, which says what it is and what is missing. */
const hasFrame = ({ control }: Field): boolean =>
  control === 'picture' || control === 'pictures' || control === 'table';

/** A value that comes along an edge: from where, and which one at the point that is shown. */
function Wired({ id, from, name, edge }: { id: string; from: PortRef; name: string; edge: string }) {
  const { document, nodeTypes } = useEditor();
  const source = useDocument(({ graph }) => {
    const node = graph.nodes[from.node];
    return node ? (node.title ?? nodeTypes.get(node.type)?.title ?? node.type) : from.node;
  });
  const current = useView((state) => state.current.get(id) ?? 0);
  const value = usePlans((state) => {
    const task = at(state.plan.nodes.get(id)?.tasks, current);
    // While something else is missing here there are no tasks, but what comes along this edge may be known.
    const known = task ? task.known[name] : at(state.plan.nodes.get(from.node)?.tasks, 0)?.outputs?.[from.port];
    return known === undefined || known === null || typeof known === 'object' ? '' : valueWords(known);
  });
  return (
    <div className={styles.wired}>
      <span className={styles.wiredValue}>{value}</span>
      <span className={styles.wiredFrom}>from {source}</span>
      <button
        type="button"
        className={`${styles.wiredCut} nodrag`}
        aria-label={`Disconnect from ${source}`}
        title="Disconnect"
        onClick={() => document.change({ type: 'remove', edges: [edge] })}
      >
        <X size={13} />
      </button>
    </div>
  );
}

function at<T>(list: readonly T[] | undefined, index: number): T | undefined {
  return list?.[index] ?? list?.[0];
}
