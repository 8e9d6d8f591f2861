import { useShallow } from 'zustand/react/shallow';
import type { NodeType } from '../../graphs/node-type.ts';
import { useDocument, usePlans } from '../use-editor.ts';
import styles from './Card.module.css';
import { pictureFieldOf } from './fields.ts';

/** What the plan finds wrong with the node as a whole; what is wrong with one value stands at that value. */
export function CardErrors({ id, type }: { id: string; type: NodeType }) {
  const messages = usePlans(
    useShallow((state) => {
      const errors = state.plan.nodes.get(id)?.errors ?? loopErrors(state.plan.errors, id);
      return errors.filter(({ port }) => !hasPlace(type, port)).map(({ message }) => message);
    }),
  );
  const picture = pictureFieldOf(type);
  const empty = useDocument((state) => (picture ? !state.graph.nodes[id]?.params[picture.name] : false));
  // The empty frame says itself what is missing.
  if (messages.length === 0 || empty) return null;
  return (
    <ul className={styles.errors}>
      {messages.map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}

/** A node on a loop is not planned at all: the plan itself tells of it. */
function loopErrors<E extends { node: string }>(errors: readonly E[], id: string): E[] {
  return errors.length === 0 ? [] : errors.filter(({ node }) => node === id);
}

function hasPlace(type: NodeType, port: string | undefined): boolean {
  return port !== undefined && (Object.hasOwn(type.inputs, port) || Object.hasOwn(type.params.shape, port));
}
