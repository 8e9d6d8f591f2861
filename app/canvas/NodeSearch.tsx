import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Position } from '../../graphs/graph.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import { useEditor } from '../use-editor.ts';
import { CategoryIcon } from './CardHeader.tsx';
import { searchTypes, type LooseEnd } from './fitting.ts';
import { Backdrop, useStayInside } from './Popup.tsx';
import styles from './Popup.module.css';
import { useCanvas } from './view.ts';

/** Adds a node by name; after an edge was dropped on empty space, only those that fit it, and connects it. */
export function NodeSearch(props: { at: Position; end: LooseEnd | null; placed: boolean; onClose: () => void }) {
  const { at, end, placed, onClose } = props;
  const { nodeTypes } = useEditor();
  const { commands } = useCanvas();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const box = useStayInside(at);
  const found = useMemo(() => searchTypes(nodeTypes, words, end), [nodeTypes, words, end]);

  function choose(type: NodeType | undefined): void {
    if (!type) return;
    onClose();
    const place = commands.toGraph(at);
    const id = commands.addNode({ type, end, ...(placed ? { at: { x: place.x, y: place.y - 20 } } : {}) });
    if (id !== null) commands.reveal(id);
  }

  return (
    <Backdrop onClose={onClose}>
      <div ref={box} className={styles.search} role="dialog" aria-label="Add a node">
        <div className={styles.searchField}>
          <Search size={15} aria-hidden />
          <input
            autoFocus
            value={words}
            placeholder={end ? `A node for this ${end.kind}` : 'Add a node'}
            role="combobox"
            aria-expanded
            aria-controls="node-search-list"
            aria-activedescendant={found[chosen] ? `node-search-${found[chosen].type}` : undefined}
            aria-label="Search nodes"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setWords(event.target.value);
              setChosen(0);
            }}
            onKeyDown={(event) => {
              const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
              if (step && found.length > 0) setChosen((chosen + step + found.length) % found.length);
              else if (event.key === 'Enter') choose(found[chosen]);
              else if (event.key === 'Escape' || event.key === 'Tab') onClose();
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          />
        </div>
        <div id="node-search-list" role="listbox" aria-label="Nodes" className={styles.found}>
          {found.map((type, i) => (
            <div
              key={type.type}
              id={`node-search-${type.type}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              className={styles.foundItem}
              onPointerMove={() => setChosen(i)}
              onClick={() => choose(type)}
              onKeyDown={undefined}
              ref={i === chosen ? scrollIntoView : undefined}
            >
              <CategoryIcon category={type.category} />
              <span className={styles.foundTitle}>{type.title}</span>
              <span className={styles.foundCategory}>{type.category}</span>
              <span className={styles.foundText}>{type.description}</span>
            </div>
          ))}
          {found.length === 0 && <p className={styles.heading}>No node is called that.</p>}
        </div>
      </div>
    </Backdrop>
  );
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
