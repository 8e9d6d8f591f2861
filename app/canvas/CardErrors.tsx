import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { NodeType } from '../../graphs/node-type.ts';
import { useDocument, usePlans, useReadOnly } from '../use-editor.ts';
import styles from './Card.module.css';
import { fieldWith, pictureFieldOf } from './fields.ts';
import { useCanvas } from './view.ts';

/** What the plan finds wrong with the node as a whole; what is wrong with one value stands at that value. */
export function CardErrors({ id, type }: { id: string; type: NodeType }) {
  const { commands } = useCanvas();
  const readOnly = useReadOnly();
  const errors = usePlans(
    useShallow((state) => {
      const all = state.plan.nodes.get(id)?.errors ?? loopErrors(state.plan.errors, id);
      return all.filter(({ port }) => !hasPlace(type, port));
    }),
  );
  const picture = pictureFieldOf(type) ?? fieldWith(type, 'pictures') ?? fieldWith(type, 'table');
  const empty = useDocument((state) => (picture ? isEmpty(state.graph.nodes[id]?.params[picture.name]) : false));
  // The empty frame says itself what is missing.
  if (errors.length === 0 || empty) return null;
  return (
    <ul className={styles.errors}>
      {errors.map(({ code, message }) => (
        <li key={message}>
          {message}
          {code === 'axis-length' && !readOnly && (
            <button type="button" className={`${styles.unlink} nodrag`} onClick={() => commands.unlink([id])}>
              Unlink
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What is worth knowing of a node's values, though nothing is wrong with them. */
export function CardNote({ id, type }: { id: string; type: NodeType }) {
  const params = useDocument((state) => (type.note ? state.graph.nodes[id]?.params : undefined));
  const note = useMemo(() => {
    const parsed = params && type.params.safeParse(params);
    return parsed?.success ? type.note!(parsed.data) : null;
  }, [params, type]);
  return note ? <p className={styles.told}>{note}</p> : null;
}

/** A node on a loop is not planned at all: the plan itself tells of it. */
function loopErrors<E extends { node: string }>(errors: readonly E[], id: string): E[] {
  return errors.length === 0 ? [] : errors.filter(({ node }) => node === id);
}

function hasPlace(type: NodeType, port: string | undefined): boolean {
  return port !== undefined && (Object.hasOwn(type.inputs, port) || Object.hasOwn(type.params.shape, port));
}

/** No picture, no pictures, or a table without rows. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value !== null && typeof value === 'object' && 'rows' in value) return isEmpty(value.rows);
  return !value;
}
