import { useMemo } from 'react';
import { axisColours } from '../../graphs/axis-colours.ts';
import { axisTitle, type Axis } from '../../graphs/axes.ts';
import { edgeId } from '../../graphs/graph.ts';
import { useDocument, useEditor, usePlans, useReadOnly } from '../use-editor.ts';
import styles from './AxesField.module.css';
import type { ControlProps } from './FieldRow.tsx';

/** Which of the arriving axes a node takes away: all of them, or those that are chosen. */
export default function AxesField({ id, field, input }: ControlProps) {
  const { document, nodeTypes } = useEditor();
  const readOnly = useReadOnly();
  const graph = useDocument((state) => state.graph);
  const node = graph.nodes[id];
  const port = nodeTypes.get(node?.type ?? '')?.gathers?.port ?? '';
  const from = graph.edges[edgeId({ node: id, port })]?.from.node;
  const axes = usePlans(({ plan }) => (from === undefined ? none : (plan.nodes.get(from)?.axes ?? none)));
  const colours = useMemo(() => axisColours(graph, nodeTypes), [graph, nodeTypes]);
  const over = (node?.params[field.name] ?? []) as readonly string[];
  const gone = over.filter((name) => !axes.some((axis) => isOf(axis, name)));
  const set = (value: readonly string[]): void =>
    document.change({ type: 'setParam', node: id, name: field.name, value });
  const toggle = (axis: Axis, isChosen: boolean): void =>
    set(isChosen ? over.filter((name) => !isOf(axis, name)) : [...over, axis.members[0]!.node]);

  if (axes.length === 0 && gone.length === 0)
    return (
      <p className={styles.empty} id={input}>
        {from === undefined ? 'Shown once pictures are connected.' : 'What comes in has no axis.'}
      </p>
    );
  return (
    <div className={`${styles.axes} nodrag`} id={input} role="group" aria-label={field.title} title={field.description}>
      <button
        type="button"
        className={styles.axis}
        aria-pressed={over.length === 0}
        disabled={readOnly}
        onClick={() => set([])}
      >
        All
      </button>
      {axes.map((axis) => {
        const isChosen = over.some((name) => isOf(axis, name));
        return (
          <button
            key={axis.id}
            type="button"
            className={styles.axis}
            aria-pressed={isChosen}
            disabled={readOnly}
            style={{ '--axis': `var(--axis-${colours.get(axis.id) ?? 7})` } as Record<string, string>}
            onClick={() => toggle(axis, isChosen)}
          >
            <i aria-hidden />
            <span>{axisTitle(axis)}</span>
            <small>{axis.length}</small>
          </button>
        );
      })}
      {gone.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.axis}
          data-gone
          aria-pressed
          disabled={readOnly}
          title="This axis does not arrive any more. Press to take it off the list."
          onClick={() => set(over.filter((other) => other !== name))}
        >
          <span>{graph.nodes[name]?.title ?? nodeTypes.get(graph.nodes[name]?.type ?? '')?.title ?? 'Gone'}</span>
        </button>
      ))}
    </div>
  );
}

const none: readonly Axis[] = [];

const isOf = ({ members }: Axis, name: string): boolean => members.some(({ node }) => node === name);
