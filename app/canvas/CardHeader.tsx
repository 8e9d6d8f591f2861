import { ChevronDown, CircleHelp, Ellipsis, ImageIcon, Layers, Link2, Save, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { isLinked } from '../../graphs/graph.ts';
import type { Category, NodeType } from '../../graphs/node-type.ts';
import { useDocument, useEditor } from '../use-editor.ts';
import styles from './Card.module.css';
import { Extents } from './Extents.tsx';
import { cardElement } from './looking.ts';
import { StatusMark } from './StatusMark.tsx';
import { useCanvas, useView } from './view.ts';

const icons: Record<Category, typeof Save> = { Sources: ImageIcon, Edits: WandSparkles, Sweeps: Layers, Results: Save };

export function CategoryIcon({ category, size = 15 }: { category: Category | undefined; size?: number }) {
  const Icon = category ? icons[category] : CircleHelp;
  return (
    <span className={styles.icon} data-category={category} aria-hidden>
      <Icon size={size} strokeWidth={2} />
    </span>
  );
}

export function CardHeader({ id, type, typeName }: { id: string; type: NodeType | undefined; typeName: string }) {
  const { view } = useCanvas();
  const own = useDocument((state) => state.graph.nodes[id]?.title);
  const linked = useDocument((state) => isLinked(state.graph, id));
  const renaming = useView((state) => state.renaming === id);
  const collapsed = useView((state) => state.collapsed.has(id));
  const title = own ?? type?.title ?? typeName;
  return (
    <header className={styles.header}>
      <CategoryIcon category={type?.category} />
      {renaming ? (
        <TitleField id={id} title={title} standard={type?.title ?? typeName} />
      ) : (
        <h3 className={styles.title} title={title} data-rename={id}>
          {title}
        </h3>
      )}
      {linked && <Link2 className={styles.linked} size={14} aria-label="Linked: advances in step with another sweep" />}
      <Extents id={id} />
      <StatusMark id={id} />
      {collapsed && (
        <button
          type="button"
          className={`${styles.headerButton} nodrag`}
          aria-label={`Unfold ${title}`}
          onClick={() => view.toggleCollapsed([id])}
        >
          <ChevronDown size={15} />
        </button>
      )}
      <button
        type="button"
        className={`${styles.headerButton} nodrag`}
        aria-label={`Menu of ${title}`}
        aria-haspopup="menu"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          view.set({ popup: { type: 'menu', at: { x: left, y: bottom + 4 }, node: id } });
        }}
      >
        <Ellipsis size={16} />
      </button>
    </header>
  );
}

function TitleField({ id, title, standard }: { id: string; title: string; standard: string }) {
  const { document } = useEditor();
  const { view } = useCanvas();
  const [text, setText] = useState(title);
  const close = (keep: boolean): void => {
    view.set({ renaming: null });
    if (keep && text.trim() !== title)
      document.change({ type: 'setTitle', node: id, title: text.trim() === standard ? '' : text.slice(0, 200) });
  };
  return (
    <input
      className={`${styles.titleField} nodrag`}
      value={text}
      aria-label="Name of the node"
      data-renaming
      autoFocus
      maxLength={200}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => close(true)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close(event.key === 'Enter');
        cardElement(id)?.focus();
      }}
    />
  );
}
