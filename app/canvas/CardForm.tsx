import { memo } from 'react';
import { edgeId } from '../../graphs/graph.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import type { InputPort } from '../../graphs/ports.ts';
import { useDocument, usePlans } from '../use-editor.ts';
import styles from './Card.module.css';
import { fieldsOf } from './fields.ts';
import { FieldRow } from './FieldRow.tsx';
import { Port } from './Port.tsx';

/** Ports and parameters of a card, all of it from the node type's definition. */
export const CardForm = memo(function CardForm({ id, type }: { id: string; type: NodeType }) {
  const fields = fieldsOf(type);
  const names = new Set(fields.map(({ name }) => name));
  const inputs = Object.entries(type.inputs).filter(([name]) => !names.has(name));
  const outputs = Object.entries(type.outputs);
  const secondary = fields.filter((field) => field.secondary);
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
        .filter((field) => !field.secondary)
        .map((field) => (
          <FieldRow key={field.name} id={id} field={field} port={type.inputs[field.name]} />
        ))}
      {secondary.length > 0 && (
        <div className={styles.secondary}>
          {secondary.map((field) => (
            <FieldRow key={field.name} id={id} field={field} port={type.inputs[field.name]} />
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
