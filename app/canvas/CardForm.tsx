import { memo } from 'react';
import { edgeId } from '../../graphs/graph.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import type { InputPort } from '../../graphs/ports.ts';
import { useDocument, usePlans } from '../use-editor.ts';
import styles from './Card.module.css';
import { fieldsOf, isShown } from './fields.ts';
import { FieldRow } from './FieldRow.tsx';
import { Port } from './Port.tsx';
import { useOutputs } from './use-outputs.ts';

/** Ports and parameters of a card, all of it from the node type's definition. */
export const CardForm = memo(function CardForm({ id, type }: { id: string; type: NodeType }) {
  const all = fieldsOf(type);
  const names = new Set(all.map(({ name }) => name));
  const hidden = useDocument(({ graph }) =>
    all.flatMap((field) => (isShown(field, graph.nodes[id]?.params) ? [] : [field.name])).join(' '),
  ).split(' ');
  const fields = all.filter(({ name }) => !hidden.includes(name));
  const inputs = Object.entries(type.inputs).filter(([name]) => !names.has(name));
  const outputs = Object.entries(useOutputs(id, type));
  // What can come along an edge needs a row of its own, with its port at the card's side.
  const compact = fields.filter((field) => field.secondary && !Object.hasOwn(type.inputs, field.name));
  return (
    <>
      <div className={styles.ports}>
        <div>
          {inputs.map(([name, port]) => (
            <InputRow key={name} id={id} name={name} port={port} />
          ))}
        </div>
        <div>
          {outputs.map(([name, { kind, title }]) => (
            <div key={name} className={styles.portRow}>
              <span className={styles.portNameRight}>{title ?? name}</span>
              <Port side="output" name={name} kind={kind} title={title ?? name} />
            </div>
          ))}
        </div>
      </div>
      {fields
        .filter((field) => !compact.includes(field))
        .map((field) => (
          <FieldRow key={field.name} id={id} field={field} port={type.inputs[field.name]} />
        ))}
      {compact.length > 0 && (
        <div className={styles.secondary}>
          {compact.map((field) => (
            <FieldRow key={field.name} id={id} field={field} />
          ))}
        </div>
      )}
    </>
  );
});

function InputRow({ id, name, port }: { id: string; name: string; port: InputPort }) {
  const connected = useDocument((state) => state.graph.edges[edgeId({ node: id, port: name })] !== undefined);
  const problem = usePlans((state) => state.plan.nodes.get(id)?.errors.find((error) => error.port === name)?.message);
  return (
    <div className={styles.portRow} data-connected={connected || undefined}>
      <Port side="input" name={name} kind={port.kind} title={port.title ?? name} />
      <span className={styles.portName}>{port.title ?? name}</span>
      {problem && (
        <span className={styles.portProblem} title={problem}>
          {port.required && !connected ? 'connect one' : problem}
        </span>
      )}
    </div>
  );
}
