import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { NodeType } from '../../graphs/node-type.ts';
import { late } from '../panels/late.tsx';
import { useDocument, useEditor } from '../use-editor.ts';
import styles from './Card.module.css';
import { CardErrors, CardNote } from './CardErrors.tsx';
import { CardForm } from './CardForm.tsx';
import { CardHeader } from './CardHeader.tsx';
import { fieldWith, pictureFieldOf } from './fields.ts';
import { Grip } from './Grip.tsx';
import { Port } from './Port.tsx';
import { Results } from './Results.tsx';
import { CARD_WIDTH } from './size.ts';
import { useOutputs } from './use-outputs.ts';
import { useView } from './view.ts';

const PickPart = late(() => import('../pick/PickPart.tsx'), { quiet: true });
const HandedOn = late(() => import('./HandedOn.tsx'), { quiet: true });

/** One node, near enough to be worked with. Each part of it reads only what it shows. */
export const Card = memo(function Card({ id }: { id: string }) {
  const { nodeTypes } = useEditor();
  const typeName = useDocument((state) => state.graph.nodes[id]?.type);
  const width = useDocument((state) => state.graph.nodes[id]?.width) ?? CARD_WIDTH;
  const collapsed = useView((state) => state.collapsed.has(id));
  if (typeName === undefined) return null;
  const type = nodeTypes.get(typeName);
  return (
    <article
      className={styles.card}
      style={{ width }}
      data-category={type?.category}
      data-collapsed={collapsed || undefined}
    >
      <CardHeader id={id} type={type} typeName={typeName} />
      {!type ? (
        <UnknownCard id={id} />
      ) : collapsed ? (
        <FoldedPorts id={id} type={type} />
      ) : (
        <>
          <CardForm id={id} type={type} />
          <CardNote id={id} type={type} />
          <CardErrors id={id} type={type} />
          {type.picks && <PickPart id={id} />}
          {type.gathers && !type.picks && <HandedOn id={id} />}
          {showsResults(type) && <Results id={id} type={type} />}
        </>
      )}
      {!collapsed && <Grip id={id} width={width} />}
    </article>
  );
});

/** A node type that holds its picture as a parameter shows it there. */
function showsResults(type: NodeType): boolean {
  if (type.uses) return true;
  if (type.picks) return false;
  return (
    !pictureFieldOf(type) &&
    !fieldWith(type, 'pictures') &&
    Object.values(type.outputs).some(({ kind }) => kind === 'image')
  );
}

/** All ports at the two ends of the header. */
function FoldedPorts({ id, type }: { id: string; type: NodeType }) {
  const outputs = useOutputs(id, type);
  return (
    <div className={styles.folded} aria-hidden>
      {Object.entries(type.inputs).map(([name, { kind, title }]) => (
        <Port key={name} side="input" name={name} kind={kind} title={title ?? name} />
      ))}
      {Object.entries(outputs).map(([name, { kind, title }]) => (
        <Port key={name} side="output" name={name} kind={kind} title={title ?? name} />
      ))}
    </div>
  );
}

/** A node of a type that is not known here: inert, with its data kept, and its ports as far as edges name them. */
function UnknownCard({ id }: { id: string }) {
  const params = useDocument((state) => state.graph.nodes[id]?.params);
  const inputs = useDocument(
    useShallow(({ graph }) => Object.values(graph.edges).flatMap(({ to }) => (to.node === id ? [to.port] : []))),
  );
  const outputs = useDocument(
    useShallow(({ graph }) => [
      ...new Set(Object.values(graph.edges).flatMap(({ from }) => (from.node === id ? [from.port] : []))),
    ]),
  );
  return (
    <div className={styles.unknown}>
      {inputs.map((name) => (
        <div key={name} className={styles.portRow}>
          <Port side="input" name={name} kind={undefined} title={name} />
          <span className={styles.portName}>{name}</span>
        </div>
      ))}
      {outputs.map((name) => (
        <div key={name} className={styles.portRow}>
          <span className={styles.portNameRight}>{name}</span>
          <Port side="output" name={name} kind={undefined} title={name} />
        </div>
      ))}
      <p>This node type is not known here. Its data is kept and saved again as it is.</p>
      <pre className="nowheel nodrag">{JSON.stringify(params, null, 1)}</pre>
    </div>
  );
}
