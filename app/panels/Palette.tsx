import { useMemo, useState, type CSSProperties } from 'react';
import type { NodeType } from '../../graphs/node-type.ts';
import type { Kind } from '../../graphs/ports.ts';
import { useEditor } from '../use-editor.ts';
import { DRAGGED_NODE, kindsOf, paletteGroups } from './palette-items.ts';
import styles from './Palette.module.css';
import { SearchField } from './SearchField.tsx';
import { Samples } from './Samples.tsx';
import { useShell } from './shell.ts';

/** Everything that can stand on the canvas. A press or Enter adds it in the middle, a drag where it is dropped. */
export function Palette({ onAdded }: { onAdded?: () => void }) {
  const { nodeTypes } = useEditor();
  const [search, setSearch] = useState('');
  const groups = useMemo(() => paletteGroups(nodeTypes, search), [nodeTypes, search]);
  return (
    <div className={styles.palette}>
      <SearchField label="Find a node" value={search} onChange={setSearch} className={styles.search} />
      <div className={styles.scroll}>
        {groups.map(({ category, types }) => (
          <section key={category} aria-label={category}>
            <h2 className={styles.heading}>{category}</h2>
            <ul className={styles.list}>
              {types.map((type) => (
                <li key={type.type}>
                  <PaletteItem type={type} onAdded={onAdded} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className={styles.none}>No node is called “{search}”.</p>}
        {search === '' && <Samples onAdded={onAdded} />}
      </div>
    </div>
  );
}

function PaletteItem({ type, onAdded }: { type: NodeType; onAdded: (() => void) | undefined }) {
  const { canvas } = useShell();
  const { inputs, outputs } = useMemo(() => kindsOf(type), [type]);
  return (
    <button
      type="button"
      className={styles.item}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED_NODE, type.type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => {
        canvas()?.addNode(type.type);
        onAdded?.();
      }}
    >
      <span className={styles.ports} aria-hidden>
        <Dots kinds={inputs} />
        <Dots kinds={outputs} />
      </span>
      <span className={styles.text}>
        <strong>{type.title}</strong>
        <span>{type.description}</span>
      </span>
    </button>
  );
}

function Dots({ kinds }: { kinds: readonly Kind[] }) {
  return (
    <span>
      {kinds.map((kind) => (
        <i key={kind} style={{ '--kind': `var(--kind-${kind})` } as CSSProperties} />
      ))}
    </span>
  );
}
