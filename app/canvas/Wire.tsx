import { BaseEdge, getBezierPath, Position, type ConnectionLineComponentProps, type EdgeProps } from '@xyflow/react';
import { Fragment, memo } from 'react';
import type { Axis } from '../../graphs/axes.ts';
import { usePlans } from '../use-editor.ts';
import { axesInWords, useAxisColours } from './axis-look.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import { PORT_RADIUS } from './size.ts';
import { useView } from './view.ts';
import styles from './Wire.module.css';

/** An edge, in the colour of its kind; with the extent of the sweep that it carries. */
export const Wire = memo(function Wire(props: EdgeProps<FlowEdge>) {
  const { id, source, sourceX, sourceY, targetX, targetY, data, selected } = props;
  const axes = usePlans((state) => state.plan.nodes.get(source)?.axes);
  // React Flow ends an edge at the outer side of a port's hit area: go on to the dot in its middle.
  const [path, x, y] = getBezierPath({
    sourceX: sourceX - PORT_RADIUS,
    sourceY,
    targetX: targetX + PORT_RADIUS,
    targetY,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  });
  return (
    <g className={styles.wire} data-kind={data?.kind} data-selected={selected || undefined}>
      <BaseEdge id={id} path={path} interactionWidth={18} />
      {axes && axes.length > 0 && <Extent axes={axes} x={x} y={y} />}
    </g>
  );
});

/** `4 × 3`, each number with the dot of its axis; the names stand in the tooltip. */
function Extent({ axes, x, y }: { axes: readonly Axis[]; x: number; y: number }) {
  const colours = useAxisColours(axes);
  return (
    <text className={styles.extent} x={x} y={y} textAnchor="middle" dominantBaseline="central">
      <title>{axesInWords(axes)}</title>
      {axes.map((axis, i) => (
        <Fragment key={axis.id}>
          {i > 0 && (axes.length > 2 ? '\u200a×\u200a' : ' × ')}
          <tspan style={{ fill: colours[i] }}>●</tspan>
          {`\u2009${axis.length.toLocaleString('en')}`}
        </Fragment>
      ))}
    </text>
  );
}

/** The edge that is being drawn. */
export function LooseWire(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, connectionStatus } = props;
  const kind = useView((state) => state.end?.kind);
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  });
  return (
    <g className={styles.loose} data-kind={kind} data-status={connectionStatus ?? undefined}>
      <path d={path} />
    </g>
  );
}
