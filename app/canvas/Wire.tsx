import { BaseEdge, getBezierPath, Position, type ConnectionLineComponentProps, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { extentOf } from '../../graphs/axes.ts';
import { usePlans } from '../use-editor.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import { PORT_RADIUS } from './size.ts';
import { useView } from './view.ts';
import styles from './Wire.module.css';

/** An edge, in the colour of its kind; with the extent of the sweep that it carries. */
export const Wire = memo(function Wire(props: EdgeProps<FlowEdge>) {
  const { id, source, sourceX, sourceY, targetX, targetY, data, selected } = props;
  const extent = usePlans((state) => extentOf(state.plan.nodes.get(source)?.axes ?? []));
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
      {extent && (
        <text className={styles.extent} x={x} y={y} textAnchor="middle" dominantBaseline="central">
          {extent}
        </text>
      )}
    </g>
  );
});

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
