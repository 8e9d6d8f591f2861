import { kindOfOutput } from '../../graphs/connect.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import styles from './TemplatesDialog.module.css';

const WIDTH = 304;
const HEIGHT = 220;

/** A graph in outline: boxes and threads, no words. */
export function GraphSketch({ graph, nodeTypes }: { graph: Graph; nodeTypes: NodeTypes }) {
  const nodes = Object.values(graph.nodes);
  const xs = nodes.map(({ position }) => position.x);
  const ys = nodes.map(({ position }) => position.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left + WIDTH, Math.max(...ys) - top + HEIGHT];
  return (
    <svg className={styles.sketch} viewBox={`${left - 20} ${top - 20} ${width + 40} ${height + 40}`} aria-hidden>
      {Object.values(graph.edges).map(({ id, from, to }) => {
        const a = graph.nodes[from.node]!.position;
        const b = graph.nodes[to.node]!.position;
        const [x1, y1, x2, y2] = [a.x + WIDTH, a.y + HEIGHT / 3, b.x, b.y + HEIGHT / 3];
        const kind = kindOfOutput(graph, nodeTypes, from);
        return (
          <path
            key={id}
            d={`M${x1} ${y1}C${x1 + 80} ${y1} ${x2 - 80} ${y2} ${x2} ${y2}`}
            fill="none"
            stroke={`var(--kind-${kind ?? 'image'})`}
            strokeWidth={9}
          />
        );
      })}
      {nodes.map(({ id, position }) => (
        <rect key={id} x={position.x} y={position.y} width={WIDTH} height={HEIGHT} rx={28} />
      ))}
    </svg>
  );
}
