import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import type { Kind } from '../../graphs/ports.ts';
import styles from './Port.module.css';

/** The coloured dot at a card's edge. The area that can be hit is larger than the dot. */
export const Port = memo(function Port({
  side,
  name,
  kind,
  title,
}: {
  side: 'input' | 'output';
  name: string;
  kind: Kind | undefined;
  title: string;
}) {
  return (
    <Handle
      type={side === 'input' ? 'target' : 'source'}
      position={side === 'input' ? Position.Left : Position.Right}
      id={name}
      className={styles.port}
      data-kind={kind}
      title={kind ? `${title} (${kind})` : title}
    />
  );
});
